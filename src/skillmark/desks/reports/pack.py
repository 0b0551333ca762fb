"""The inspector pack as a table: one row for each person and item, with what is on file and what is missing."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from skillmark.desks import packs
from skillmark.desks.packs import table
from skillmark.desks.reports.shape import Ask, Column, Content, Report
from skillmark.rooms.people.rules import Actor


def build(actor: Actor, ask: Ask) -> Content:
    """Of one item alone where that is asked for. As JSON, with `counts` and `gaps` beside the rows."""
    found = packs.gather(actor=actor, choice=choice(ask), language=ask.language)
    columns = [Column(key, title, share) for key, title, share in table.columns()]
    gaps = [
        {"person": page.person.name, "item": entry.item, "state": entry.cell.state.value, "lacks": list(entry.lacks)}
        for page in found.pages
        for entry in page.gaps
    ]
    counts = {"people": len(found.pages), "complete": len(found.complete), "gaps": len(gaps)}
    body = {"counts": counts, "gaps": gaps}
    return Content(columns, table.rows(pack=found), body)


def choice(ask: Ask) -> packs.Choice:
    """What a report's question means for a pack."""
    return packs.Choice(on=ask.on, known_at=ask.known_at, site_id=ask.site_id, item_ids=(ask.item_id,) if ask.item_id else ())


REPORT = Report(name="pack", title=gettext_lazy("Inspector pack"), build=build, takes=frozenset({"site_id", "item_id"}))
