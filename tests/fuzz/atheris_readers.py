"""Damages good things for as long as you like, guided by what the code does: `python -m tests.fuzz.atheris_readers 60 found`.

The first argument is seconds, the second a folder for what was found (default `build/fuzz`). Anything but one of our own
errors, anything damaged that is called good, a stall of ten seconds or 1 GiB stops it, and the input is kept there:
make a case of the corpus from it, then mend the library.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["credcore"], enable_loader_override=False):
    from credcore.codec import cwt, jose
    from credcore.errors import CredcoreError
    from credcore.proofs import sd_jwt
    from credcore.trust import federation, files, registry
    from tests.core.proofs import NOW
    from tests.fuzz.seeds import Seed, check, is_good, same, seeds

READERS = (
    jose.parse,
    sd_jwt.parse,
    cwt.parse,
    files.parse,
    lambda data: registry.parse(data, name="r", source="s", fetched_at=NOW),
    lambda data: federation.entity_configuration(data, now=NOW),
)
SEEDS = tuple(seed for seed in seeds() if seed.signed_whole)
# One world for all: of two answers at one address, the first.
WORLD = Seed("all", b"", {url: page for seed in reversed(SEEDS) for url, page in seed.pages.items()}, signed_whole=True)
KNOWN = frozenset(report.document for seed in SEEDS for report in check(seed.data, seed=seed))


class DamagedIsGoodError(Exception):
    """Something was called good that nobody signed."""


def look_at(data: bytes) -> None:
    """The first byte chooses the reader; most of them choose a whole check."""
    if data[:1] and data[0] < len(READERS):
        try:
            READERS[data[0]](data[1:])
        except CredcoreError:
            return
    else:
        for report in check(data[1:], seed=WORLD):
            if is_good(report) and not any(same(report.document, as_in=known) for known in KNOWN):
                raise DamagedIsGoodError(report.summary())


def main(arguments: list[str]) -> None:
    """Run until the time is over; ends with exit code 77 or another that is not 0 when something was found."""
    seconds = int(arguments[1]) if len(arguments) > 1 else 60
    kept = Path(arguments[2] if len(arguments) > 2 else "build/fuzz")
    kept.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(SEEDS):
            (Path(folder) / f"{number:04}").write_bytes(b"\xff" + seed.data)
        options = [
            f"-max_total_time={seconds}",
            f"-artifact_prefix={kept}/",
            "-max_len=20000",
            "-timeout=10",
            "-rss_limit_mb=1024",
        ]
        atheris.Setup([arguments[0], *options, folder], look_at)
        atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv)
