"""Who can do one thing on a day, and who cannot and why."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skillmark.desks import states
from skillmark.desks.reports import board, wording
from skillmark.desks.reports.names import Names
from skillmark.desks.reports.shape import Ask, CannotReport, Column, Content, Report
from skillmark.desks.spreadsheets import Value
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.talent import queries as talent


def build(actor: Actor, ask: Ask) -> Content:
    """One row a person; `group` is here, not_here, with_help or others, in this order."""
    if ask.item_id is None:
        raise CannotReport("report.item_missing")
    names = Names(actor=actor, language=ask.language)
    answer = talent.who_can(
        actor=actor, item_id=ask.item_id, on=ask.on, known_at=ask.known_at, site_id=ask.site_id, shift_id=ask.shift_id
    )
    groups = (
        ("here", _("Can, and is here"), answer.here), ("not_here", _("Can, not here"), answer.not_here),
        ("with_help", _("With help"), answer.with_help), ("others", _("Not today"), answer.others),
    )  # fmt: skip
    rows: list[list[Value]] = []
    people = []
    for group, title, candidates in groups:
        for one in candidates:
            cell = one.cell
            first = names.item(cell.first_id) if cell.first_id else ""
            word = wording.told(cell=cell, on=ask.on, first=first)
            level = str(states.LEVELS.get(cell.level or 0, ""))
            person = board.person_cells(one.person, names=names)
            rows.append([title, *person, level, word, cell.ends, wording.trust(cell=cell)])
            people.append(
                {"group": group, "id": str(one.person.id), "name": one.person.name, "state": cell.state.value,
                 "level": cell.level, "ends": cell.ends.isoformat() if cell.ends else None,
                 "trust": cell.trust.name.lower()}
            )  # fmt: skip
    columns = [
        Column("group", _("Today"), 3), *board.person_columns(), Column("level", _("Level")), Column("state", _("State"), 3),
        Column("ends", _("Expires")), Column("trust", _("How we know"), 3),
    ]  # fmt: skip
    item = {"id": str(ask.item_id), "name": names.item(ask.item_id)}
    return Content(columns, rows, {"item": item, "people": people})


REPORT = Report(
    name="who-can", title=gettext_lazy("Who can do this"), build=build, takes=frozenset({"item_id", "site_id", "shift_id"}),
    needs=frozenset({"item_id"}),
)  # fmt: skip
