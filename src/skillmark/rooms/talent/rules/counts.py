"""The numbers on top of the board."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from skillmark.rooms.talent.rules.board import Row
from skillmark.rooms.talent.rules.status import Cell, State

STEPS = (7, 30, 60, 90)


@dataclass(frozen=True, slots=True)
class Counts:
    """Cells by what is to do about them. `within` counts those that end in at most 7, 30, 60 and 90 days; they nest.

    `to_check` are in date, but not checked as the rule asks; `no_date` lack the date on which they end.
    """

    people: int
    ready: int
    expired: int
    missing: int
    within: dict[int, int]
    to_check: int
    no_date: int
    revision: int
    cells: int
    compliant: int


def ends_within(cell: Cell, *, on: date, days: int) -> bool:
    """Whether it is in date, however well it was checked, and ends in at most `days` days."""
    left = _days_left(cell, on)
    return left is not None and left <= days


def _days_left(cell: Cell, on: date) -> int | None:
    """Of what is in date and ends."""
    if cell.ends is None or cell.ends < on or cell.state in {State.NOT_YET_VALID, State.EXEMPT}:
        return None
    return (cell.ends - on).days


def count(*, rows: Iterable[Row], on: date) -> Counts:
    """Count musts and good-to-haves alike; exempt cells are outside `cells`."""
    people = ready = cells = compliant = 0
    by: dict[State, int] = dict.fromkeys(State, 0)
    within = dict.fromkeys(STEPS, 0)
    for row in rows:
        people += 1
        ready += row.ready
        for cell in row.cells.values():
            by[cell.state] += 1
            if cell.state is not State.EXEMPT:
                cells += 1
                compliant += cell.compliant
            left = _days_left(cell, on)
            if left is not None and left <= STEPS[-1]:
                for step in STEPS:
                    within[step] += left <= step
    return Counts(
        people=people, ready=ready, expired=by[State.EXPIRED], missing=by[State.MISSING], within=within,
        to_check=by[State.BELOW_TRUST], no_date=by[State.END_UNKNOWN],
        revision=by[State.REVISION_OLD] + by[State.REVISION_GRACE], cells=cells, compliant=compliant,
    )  # fmt: skip
