"""Only one: what hangs on a single person, and who could be the second."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skillmark.desks import states
from skillmark.desks.reports import wording
from skillmark.desks.reports.names import Names
from skillmark.desks.reports.shape import Ask, Column, Content, Report
from skillmark.desks.spreadsheets import Value
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.skills.rules import label
from skillmark.rooms.talent import queries as talent
from skillmark.rooms.talent.rules import Cell


def build(actor: Actor, ask: Ask) -> Content:
    """One row for each item that exactly one person holds."""
    names = Names(actor=actor, language=ask.language)
    rows: list[list[Value]] = []
    for one in talent.only_one(actor=actor, on=ask.on, known_at=ask.known_at):
        if ask.site_id is not None and all(place.site_id != ask.site_id for place in one.person.places):
            continue
        rows.append(
            [label(one.item.names, language=ask.language), str(states.KINDS[one.item.kind]), one.person.name,
             ", ".join(names.sites(one.person)), _level(one.cell), one.cell.ends, one.trainee.name if one.trainee else "",
             _standing(one.trainee_cell, ask)]
        )  # fmt: skip
    columns = [
        Column("item", _("Item"), 3), Column("kind", _("Kind")), Column("only", _("Only one"), 3), Column("site", _("Site")),
        Column("level", _("Level")), Column("ends", _("Expires")), Column("trainee", _("Could be next"), 3),
        Column("trainee_state", _("Now"), 3),
    ]  # fmt: skip
    return Content(columns, rows)


def _level(cell: Cell) -> str:
    return str(states.LEVELS.get(cell.level or 0, ""))


def _standing(cell: Cell | None, ask: Ask) -> str:
    if cell is None:
        return ""
    return _level(cell) or wording.told(cell=cell, on=ask.on)


REPORT = Report(name="only-one", title=gettext_lazy("Only one person"), build=build)
