"""Expiries: what ends within 30, 60 and 90 days, the nearest first."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skillmark.desks.reports import board, wording
from skillmark.desks.reports.names import Names
from skillmark.desks.reports.shape import Ask, Column, Content, Report
from skillmark.desks.spreadsheets import Value
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.talent import rules

STEPS = (30, 60, 90)


def build(actor: Actor, ask: Ask) -> Content:
    """One row for each cell that still counts and ends within 90 days. `within` is the step that it falls into."""
    found, names = board.found(actor=actor, ask=ask), Names(actor=actor, language=ask.language)
    rows: list[list[Value]] = []
    for line in found.people:
        for item_id, cell in found.rows[line.id].cells.items():
            if cell.ends is None or not rules.ends_within(cell, on=ask.on, days=STEPS[-1]):
                continue
            left = (cell.ends - ask.on).days
            within = next(step for step in STEPS if left <= step)
            person = board.person_cells(line, names=names)
            rows.append([cell.ends, left, within, *person, names.item(item_id), wording.trust(cell=cell)])
    rows.sort(key=lambda row: (str(row[0]), str(row[3])))
    columns = [
        Column("ends", _("Expires")), Column("days", _("Days left"), 1), Column("within", _("Within days"), 1),
        *board.person_columns(), Column("item", _("Item"), 3), Column("trust", _("How we know"), 3),
    ]  # fmt: skip
    return Content(columns, rows)


REPORT = Report(name="expiries", title=gettext_lazy("Expires soon"), build=build)
