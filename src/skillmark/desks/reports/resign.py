"""Sign again: who was signed off on an older revision of what they follow, and until when that still counts."""

from __future__ import annotations

from datetime import UTC, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skillmark.desks import states
from skillmark.desks.reports import board
from skillmark.desks.reports.names import Names
from skillmark.desks.reports.shape import Ask, Column, Content, Report
from skillmark.desks.spreadsheets import Value
from skillmark.rooms.holdings import queries as holdings
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.skills import queries as skills
from skillmark.rooms.talent.rules import State

_STATES = frozenset({State.REVISION_GRACE, State.REVISION_OLD})


def build(actor: Actor, ask: Ask) -> Content:
    """One row for each person and item; `until` is the last day on which the old sign-off counts."""
    found, names = board.found(actor=actor, ask=ask), Names(actor=actor, language=ask.language)
    cells = [
        (line, item_id, cell)
        for line in found.people
        for item_id, cell in found.rows[line.id].cells.items()
        if cell.state in _STATES
    ]
    held = holdings.holdings_by_id(actor=actor, holding_ids=[cell.holding_id for *_, cell in cells if cell.holding_id])
    known_at = ask.known_at or datetime.max.replace(tzinfo=UTC)
    rules = skills.rules_of(actor=actor, on=ask.on, known_at=known_at)
    codes = {one.id: one.code for one in skills.documents(actor=actor)}
    restraints = {column.id: column.restraint for column in found.columns}
    rows: list[list[Value]] = []
    for line, item_id, cell in cells:
        document_id = rules[item_id].document_id
        in_force = [one.code for one in restraints[item_id].revisions if one.effective_from <= ask.on]
        signed_on = held[cell.holding_id].revision if cell.holding_id in held else ""
        rows.append(
            [*board.person_cells(line, names=names), names.item(item_id), codes.get(document_id, "") if document_id else "",
             signed_on, in_force[-1] if in_force else "", states.said(cell=cell, on=ask.on).word, cell.grace_until]
        )  # fmt: skip
    columns = [
        *board.person_columns(), Column("item", _("Item"), 3), Column("document", _("Instruction")),
        Column("signed_on", _("Signed off on"), 1), Column("in_force", _("Now"), 1), Column("state", _("State")),
        Column("until", _("Counts until")),
    ]  # fmt: skip
    return Content(columns, rows)


REPORT = Report(name="resign", title=gettext_lazy("Sign again"), build=build)
