"""Reports: what the pages show, for other programs. The board and who-can have addresses of their own, too."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Schema

from skillmark.desks import reports
from skillmark.edges.api import clock
from skillmark.edges.api.access import Asked
from skillmark.rooms.people import operations

router = Router(tags=["Reports"])


class AskIn(Schema):
    """The day that is asked about, without it today; `known_at`: only what was written down by then."""

    as_of: date | None = None
    known_at: datetime | None = None
    site_id: UUID | None = None
    language: Literal["en", "es"] = "en"


class ReportAskIn(AskIn):
    """`item_id` for who-can and pack, `shift_id` for who-can and cover."""

    item_id: UUID | None = None
    shift_id: UUID | None = None
    format: Literal["json", "csv", "xlsx", "pdf", "zip", "table"] = "json"


class ReportOut(Schema):
    """A report that there is. `takes` are the parameters that it looks at beside the day, `needs` those that must be sent."""

    name: str
    title: str
    takes: list[str]
    needs: list[str]
    formats: list[str]


class CountsOut(Schema):
    """Cells by what is to do about them; `due_…` nest. `to_check`: in date, but not checked as the rule asks."""

    expired: int
    missing: int
    due_30: int
    due_60: int
    due_90: int
    to_check: int
    no_date: int
    people: int
    ready: int


class CellOut(Schema):
    """How one person stands in one item. `state` is met, met_soon, revision_grace, grace, due_later, exempt, needs_first,
    below_trust, end_unknown, disputed, below_level, revision_old, not_yet_valid, expired or missing."""

    item: str
    item_id: UUID
    state: str
    ends: date | None
    trust: str
    reason: str | None
    late: bool
    compliant: bool
    must: bool
    level: int | None


class PersonOut(Schema):
    id: UUID
    name: str
    positions: list[str]
    site: str
    ready: bool
    cells: list[CellOut]


class BoardOut(Schema):
    report: str
    as_of: date
    known_at: datetime | None
    firm: str
    counts: CountsOut
    people: list[PersonOut]


class CandidateOut(Schema):
    """`group` is here (can, on this site and shift, not away), not_here, with_help or others; `state` tells why."""

    group: str
    id: UUID
    name: str
    state: str
    level: int | None
    ends: date | None
    trust: str


class NamedOut(Schema):
    id: UUID
    name: str


class WhoCanOut(Schema):
    report: str
    as_of: date
    known_at: datetime | None
    firm: str
    item: NamedOut
    people: list[CandidateOut]


@router.get("/reports", response=list[ReportOut])
def list_reports(request: Asked) -> list[dict[str, object]]:
    """The reports that there are."""
    operations.demand(actor=request.auth, action="board.read")
    return [
        {"name": one.name, "title": str(one.title), "takes": sorted(one.takes), "needs": sorted(one.needs),
         "formats": list(reports.PACK_FORMATS if one.name == "pack" else reports.FORMATS)}
        for one in reports.REPORTS.values()
    ]  # fmt: skip


@router.get("/reports/{name}", response={200: dict})
def read_report(request: Asked, name: str, ask: Query[ReportAskIn]) -> HttpResponse:
    """One report as JSON or as a file: CSV and Excel, where no cell becomes a formula; PDF; the pack as ZIP with its files."""
    asked = _ask(request, ask, item_id=ask.item_id, shift_id=ask.shift_id)
    made = reports.printed(name=name, actor=request.auth, ask=asked, format=ask.format, now=clock.moment(request.auth))
    response = HttpResponse(made.body, content_type=made.media_type)
    if ask.format != "json":
        response["Content-Disposition"] = f'attachment; filename="{name}-{asked.on.isoformat()}.{made.ending}"'
    return response


@router.get("/board", response=BoardOut)
def read_board(request: Asked, ask: Query[AskIn]) -> object:
    """Everybody, every item they need, and how they stand on a day. The same as `/reports/board`."""
    return _body(request, "board", _ask(request, ask))


@router.get("/who-can", response=WhoCanOut)
def read_who_can(request: Asked, item_id: UUID, ask: Query[AskIn], shift_id: UUID | None = None) -> object:
    """Who may do what an item is about, and who may not and why. The same as `/reports/who-can`."""
    return _body(request, "who-can", _ask(request, ask, item_id=item_id, shift_id=shift_id))


def _ask(request: Asked, ask: AskIn, *, item_id: UUID | None = None, shift_id: UUID | None = None) -> reports.Ask:
    return reports.Ask(
        on=clock.day(request.auth, ask.as_of), known_at=ask.known_at, site_id=ask.site_id, item_id=item_id, shift_id=shift_id,
        language=ask.language,
    )  # fmt: skip


def _body(request: Asked, name: str, ask: reports.Ask) -> object:
    made = reports.render(table=reports.make(name=name, actor=request.auth, ask=ask), format="json")
    found: object = json.loads(made.body)
    return found
