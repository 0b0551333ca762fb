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


def lines(*, board: Any, language: str) -> Sequence[Reminder]:
    """At most eight, the most pressing first. Photos that wait to be looked at are not asked for again."""
    found = []
    for person in board.people:
        for column in board.columns:
            cell = board.rows[person.id].cells.get(column.id)
            if cell is None or cell.photo_waits or not _is_due(cell, board.on):
                continue
            said = states.said(cell=cell, on=board.on)
            left = (cell.ends - board.on).days if cell.ends else None
            line = Reminder(
                person,
                label(column.names, language=language),
                column.id,
                said,
                _when(left, said),
                left is None or left <= URGENT,
            )
            found.append((left is None, left or 0, person.name, line))
    found.sort(key=lambda one: one[:3])
    return [one[3] for one in found[:MOST]]


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
