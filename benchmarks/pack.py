"""The inspector pack: gathered, printed and packed, against reading its files and doing nothing with them."""

from __future__ import annotations

import tempfile
import time
from typing import Any

import harness
from harness import crew

SIZES = ((20, 12, 240), (500, 12, 3_000))  # people, items that each needs, photos


def main() -> None:
    rows = []
    with tempfile.TemporaryDirectory() as place:
        crew.start(place)
        for people, items, photos in SIZES:
            owner = crew.make(name=f"Pack {people}", people=people, items=items, held=items, kind="card")
            rows += _measured(owner, people, crew.photograph(owner, most=photos))
    about = f"benchmarks/pack.py: SQLite, in one process, wall clock, one run each. {harness.circumstances()}"
    notes = (
        "Each person needs 12 items with five years of history; photos are 1200 × 800 pixels. The files leave "
        "while they are read, the paper comes last.",
    )
    head = ("what", "gathered", "first byte", "in all", "reading the files alone", "size", "aim")
    harness.write("The inspector pack", about=about, head=head, rows=rows, notes=notes)


def _measured(owner: Any, people: int, photos: int) -> list[tuple[str, ...]]:
    from skillmark.desks import packs
    from skillmark.desks.packs import bodies

    begun = time.perf_counter()
    pack = packs.gather(actor=owner, choice=packs.Choice(on=crew.TODAY), language="en")
    gathered = time.perf_counter() - begun
    pieces = packs.Parcel(actor=owner, pack=pack, made_at=crew.NOW, language="en").chunks()
    size = len(next(pieces))
    first = time.perf_counter() - begun
    size += sum(len(piece) for piece in pieces)
    whole = time.perf_counter() - begun
    begun = time.perf_counter()
    for _ in bodies.read(actor=owner, files=pack.files):
        pass
    reading = time.perf_counter() - begun
    times = tuple(f"{one:.2f} s" for one in (gathered, first, whole, reading))
    aim = "≤ 60 s" if people == 20 else ""
    return [(f"{people} people, {photos:,} photos", *times, f"{size / 1e6:.0f} MB", aim)]


if __name__ == "__main__":
    main()
