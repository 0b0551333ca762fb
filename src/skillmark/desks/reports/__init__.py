"""Every report that the pages, the command line and programs may ask for: one file each, printed by shared renderers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils import translation

from skillmark.desks import packs
from skillmark.desks.reports import board, cover, expiries, matrix, only_one, pack, resign, who_can
from skillmark.desks.reports.rendering import FORMATS, Rendered, render
from skillmark.desks.reports.shape import Ask, CannotReport, Column, Report, Table
from skillmark.errors import NotFound
from skillmark.rooms.people import operations
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor

__all__ = [
    "FORMATS", "PACK_FORMATS", "REPORTS", "Ask", "CannotReport", "Column", "Rendered", "Report", "Table", "make", "printed",
    "render",
]  # fmt: skip
PACK_FORMATS = (*FORMATS, "zip")
"""The pack can also be had as a whole, with its files."""

REPORTS: Mapping[str, Report] = {
    one.REPORT.name: one.REPORT for one in (board, matrix, cover, who_can, only_one, expiries, resign, pack)
}


def make(*, name: str, actor: Actor, ask: Ask) -> Table:
    """One report of what the actor may see. A site's supervisor gets their people, an auditor their days.

    Raises NotFound (no such report, site or item, or a day that is not theirs), CannotReport (`report.item_missing`),
    CannotDo.
    """
    operations.demand(actor=actor, action="board.read")
    report = REPORTS.get(name)
    if report is None:
        raise NotFound
    if ask.site_id is not None and ask.site_id not in {one.id for one in people.sites(actor=actor, archived=True)}:
        raise NotFound
    firm = people.organisation(actor=actor)
    with translation.override(ask.language):
        content = report.build(actor, ask)
        return Table(report.name, str(report.title), firm.name, ask, content.columns, content.rows, content.body)


def printed(*, name: str, actor: Actor, ask: Ask, format: str, now: datetime) -> Rendered:
    """A report in one of `FORMATS`; the pack as PDF is its paper, and as zip all of it, made at `now`. Raises as `make`."""
    if name != pack.REPORT.name or format not in {"pdf", "zip"}:
        if format not in FORMATS:
            raise NotFound
        return render(table=make(name=name, actor=actor, ask=ask), format=format)
    found = packs.gather(actor=actor, choice=pack.choice(ask), language=ask.language)
    parcel = packs.Parcel(actor=actor, pack=found, made_at=now, language=ask.language)
    if format == "pdf":
        return Rendered(parcel.paper(), "application/pdf", "pdf")
    return Rendered(parcel.whole(), "application/zip", "zip")
