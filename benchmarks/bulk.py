"""Many files at the command line: one process against two, and how long one file takes from a cold start."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import harness
from harness import material

from credcore.trust import TrustEntry, TrustList, files

FILES = 10_000
COLD = 9
TURNS = 5


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        folder, halves = Path(place, "files"), (Path(place, "first"), Path(place, "second"))
        for made in (folder, *halves):
            made.mkdir()
        _fill(folder)
        for number, file in enumerate(folder.iterdir()):
            os.link(file, halves[number % 2] / file.name)
        trust = Path(place, "ours.json")
        entry = TrustEntry(material.SIGNER.did, str(material.credential()["issuer"]["name"]))
        trust.write_bytes(files.dumps(TrustList("Benchmark", (entry,))))
        command = [sys.executable, "-m", "skillmark", "check", "--offline", "--no-memory", "--json", "--trust", str(trust)]
        ways = [
            [[*command, "--jobs", "1", str(folder)]],
            [[*command, "--jobs", "2", str(folder)]],
            [[*command, "--jobs", "1", str(half)] for half in halves],
        ]
        turns = [[_seconds(*way) for way in ways] for _ in range(TURNS)]
        one, two, apart = map(min, zip(*turns, strict=True))
        cold = min(_seconds([*command, str(folder / "00000.json")]) for _ in range(COLD))
    rows = [
        (f"{FILES:,} mixed files, one process", f"{one:.1f} s", harness.rate(one / FILES), "1.00 ×", ""),
        (f"{FILES:,} mixed files, two processes", f"{two:.1f} s", harness.rate(two / FILES), f"{one / two:.2f} ×", "≥ 1.80 ×"),
        ("two commands of their own, half of the files each", f"{apart:.1f} s", harness.rate(apart / FILES),
         f"{one / apart:.2f} ×", ""),
        ("one file, cold start", f"{cold:.2f} s", "", "", "≤ 0.40 s"),
    ]  # fmt: skip
    about = (
        f"benchmarks/bulk.py: `skillmark check`, wall clock, fastest of {TURNS} runs ({COLD} for the cold start). "
        f"{harness.circumstances()}"
    )
    notes = (
        "Of ten files six are embedded proofs, two tokens, one is altered and one is no proof.",
        "Two commands that know nothing of each other are what the two cores give at most while others use them, too.",
    )
    harness.write("Many files", about=about, head=("what", "time", "files", "speed", "aim"), rows=rows, notes=notes)


def _fill(folder: Path) -> None:
    for number in range(FILES):
        document = material.numbered(number)
        match number % 10:
            case 6 | 7:
                data = material.token(document)
            case 8:
                data = material.signed(document).replace(b"Teamwork", b"Craftwork")
            case 9:
                data = b"Minutes of the meeting of Monday."
            case _:
                data = material.signed(document)
        Path(folder, f"{number:05}.json").write_bytes(data)


def _seconds(*commands: list[str]) -> float:
    """Until all of them have ended."""
    begun = time.perf_counter()
    started = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for command in commands]
    ended = [one.wait() for one in started]
    if not set(ended) <= {0, 1, 3}:
        raise SystemExit(f"the command ended with {ended}")
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
