"""Whom Home offers to remind: what ended, ends soon or lacks a date, the longest overdue first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from skillmark.desks import states
from skillmark.rooms.skills.rules import label
from skillmark.rooms.talent.rules import Cell, State, ends_within

MOST = 8
AT_ONCE = 200
"""For so many cards a preview is made at once: more, nobody reads."""
URGENT = 14
"""Days before the end from which a line is ticked already."""


@dataclass(frozen=True)
class Reminder:
    """One person and one card. `when` is told in days."""

    person: Any
    item: str
    item_id: UUID
    said: states.Said
    when: str
    urgent: bool


@dataclass(frozen=True)
class Due:
    """A card that somebody should hand in anew; `left` in days, None where nothing ends."""

    person: Any
    column: Any
    cell: Cell
    left: int | None


def due(*, board: Any) -> list[Due]:
    """Every card to ask for, the most pressing first. Photos that wait to be looked at are not asked for again."""
    found = []
    for person in board.people:
        for column in board.columns:
            cell = board.rows[person.id].cells.get(column.id)
            if cell is not None and not cell.photo_waits and _is_due(cell, board.on):
                found.append(Due(person, column, cell, (cell.ends - board.on).days if cell.ends else None))
    return sorted(found, key=lambda one: (one.left is None, one.left or 0, one.person.name))


def lines(*, every: Sequence[Due], on: date, language: str) -> Sequence[Reminder]:
    """The first eight, as Home shows them."""
    return [_line(one, on, language) for one in every[:MOST]]


def _line(one: Due, on: date, language: str) -> Reminder:
    said = states.said(cell=one.cell, on=on)
    urgent = one.left is None or one.left <= URGENT
    return Reminder(one.person, label(one.column.names, language=language), one.column.id, said, _when(one.left, said), urgent)


def _is_due(cell: Cell, on: date) -> bool:
    return cell.state in {State.EXPIRED, State.MISSING, State.GRACE} or ends_within(cell, on=on, days=30)


def _when(left: int | None, said: states.Said) -> str:
    if left is None:
        return said.word
    if left < 0:
        return ngettext("%(days)s day ago", "%(days)s days ago", -left) % {"days": -left}
    if left == 0:
        return _("Today")
    return ngettext("%(days)s day left", "%(days)s days left", left) % {"days": left}
