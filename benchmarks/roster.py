"""A list of people who each get a proof: read, tried, signed, placed on a status list, written down and committed."""

from __future__ import annotations

import subprocess
import tempfile
import time
from pathlib import Path

import harness
from harness import firm

PEOPLE = (1_000, 2_000)
AIM = 10_000


def main() -> None:
    rows = []
    with tempfile.TemporaryDirectory() as place:
        environment = firm.set_up(place)
        for number in PEOPLE:
            roster = Path(place, f"{number}.csv")
            roster.write_text("name,level\n" + "".join(f"Person {one} of {number},3\n" for one in range(number)))
            command = [*firm.SKILLMARK, "issue", "--template", "Closing the kitchen line", "--roster", str(roster)]
            begun = time.perf_counter()
            subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            taken = time.perf_counter() - begun
            each = taken / number
            rows.append((f"{number:,} people", f"{taken:.1f} s", harness.rate(each), f"{each * AIM:.0f} s", "≤ 15 s"))
    about = f"benchmarks/roster.py: `skillmark issue --roster`, SQLite, wall clock, one run each. {harness.circumstances()}"
    notes = ("Each person is committed alone, so that a stopped list goes on where it was: that is a write to the disk each.",)
    head = ("what", "time", "proofs", f"so for {AIM:,}", "aim")
    harness.write("A list of people", about=about, head=head, rows=rows, notes=notes)


if __name__ == "__main__":
    main()
