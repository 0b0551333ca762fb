"""How the benchmarks measure, and where they write.

Everything in one run is measured in turns, and of each the fastest turn counts: on a shared machine the slower ones tell
about the neighbours. Every other turn is so short that many pass undisturbed even where others are busy, and one call before
it puts back into the processor's caches what they have pushed out; the long ones are the fair ones where nobody is. Seconds
are of this process's own work (`process_time`), but for what runs in other processes.
"""

from __future__ import annotations

import gc
import os
import platform
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

RESULTS = Path(__file__).parents[1] / "results.md"
TURNS = 15
"""At least so many for each."""
TURN_SECONDS = (0.0004, 0.02)
SECONDS = 1.0
"""For so long, about, each is asked again and again."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing measured. `aim`: at most (or, with `least`, at least) this ratio to the first line of its table."""

    name: str
    seconds: float
    aim: str = ""


def fastest(*works: Callable[[], object], clock: Callable[[], float] = time.process_time, turns: int = TURNS) -> list[float]:
    """Seconds a call of each, all taken in turns."""
    first = [max(_first(work, clock), 1e-7) for work in works]
    calls = [[max(1, round(length / one)) for one in first] for length in TURN_SECONDS]
    best = [float("inf")] * len(works)
    gc.collect()
    turn, until = 0, time.perf_counter() + SECONDS * len(works)
    while turn < turns or (max(calls[0]) > 1 and time.perf_counter() < until):
        turn += 1
        for place, work in enumerate(works):
            count = calls[turn % len(calls)][place]
            if count > 1:
                work()
            begun = clock()
            for _ in range(count):
                work()
            best[place] = min(best[place], (clock() - begun) / count)
    return best


def _first(work: Callable[[], object], clock: Callable[[], float]) -> float:
    """Of the first few calls the fastest but the very first, which may have to get ready."""
    work()
    taken: list[float] = []
    while not taken or (len(taken) < 10 and sum(taken) < 0.02):
        begun = clock()
        work()
        taken.append(clock() - begun)
    return min(taken)


def write(name: str, *, about: str, head: Sequence[str], rows: Sequence[Sequence[str]], notes: Sequence[str] = ()) -> None:
    """Print a table and put it into its section of the results, in place of the last one."""
    widths = [max(len(row[place]) for row in (head, *rows)) for place in range(len(head))]
    table = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in (head, ["-" * width for width in widths], *rows)
    ]
    text = "\n".join([f"## {name}", "", about, "", *table, "", *(f"- {note}" for note in notes), *([""] if notes else [])])
    print(text)
    whole = RESULTS.read_text() if RESULTS.exists() else "# Results\n"
    section = re.compile(rf"^## {re.escape(name)}\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    whole = section.sub("", whole).rstrip() + "\n\n" + text.rstrip() + "\n"
    RESULTS.write_text(whole)


def circumstances() -> str:
    """On what it was taken, without naming the machine."""
    today = datetime.now(UTC).date().isoformat()
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "?"
    cores = os.cpu_count()
    return f"{today}, CPython {platform.python_version()}, {cores} cores shared with others (load {load} when it ended)."


def rate(seconds: float) -> str:
    """Calls a second, as a person reads them."""
    return f"{1 / seconds:,.0f}/s"


def micro(seconds: float) -> str:
    """Microseconds a call."""
    return f"{seconds * 1e6:,.1f} µs" if seconds < 0.01 else f"{seconds * 1e3:,.0f} ms"


def times(seconds: float, *, base: float) -> str:
    """How often the base goes into it."""
    return f"{seconds / base:,.2f} ×"
