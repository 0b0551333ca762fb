"""Reports to save: the Excel, CSV and PDF buttons of the pages."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from skillmark.desks import reports
from skillmark.edges.web import access
from skillmark.errors import NotFound


@require_safe
@access.signed_in(action="board.read")
def report(request: access.Request, name: str, ending: str) -> HttpResponse:
    """`/reports/board.xlsx?on=2026-03-03&site=…&item=…`: the report of the page that it was pressed on."""
    asked = request.GET.get
    ask = reports.Ask(
        on=_day(asked("on"), request.today), site_id=_id(asked("site")), item_id=_id(asked("item")),
        shift_id=_id(asked("shift")),
        language="es" if (translation.get_language() or "en").startswith("es") else "en",
    )  # fmt: skip
    made = reports.printed(name=name, actor=request.actor, ask=ask, format=ending, now=request.now)
    response = HttpResponse(made.body, content_type=made.media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}-{ask.on.isoformat()}.{made.ending}"'
    response["Cache-Control"] = "no-store"
    return response


def _day(text: str | None, today: date) -> date:
    """A day of the address; nothing is today, and nonsense is not there."""
    try:
        return date.fromisoformat(text) if text else today
    except ValueError:
        raise NotFound from None


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise NotFound from None
