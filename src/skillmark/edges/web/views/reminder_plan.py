"""Reminders that go out by themselves: off until the owner has seen what they would say and switches them on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from skillmark.desks import notices, reminding
from skillmark.edges.web import access, addresses
from skillmark.edges.web.forms.reminders import PlanForm
from skillmark.edges.web.views import outcome
from skillmark.errors import DomainError
from skillmark.rooms.holdings import operations, queries
from skillmark.rooms.holdings.rules import Told
from skillmark.rooms.people import queries as people
from skillmark.rooms.skills.rules import label
from skillmark.rooms.talent import queries as talent

MOST = 12
SAMPLE_DAYS = 30


@dataclass(frozen=True)
class Line:
    """One reminder that would go out with the next round."""

    person: Any
    item: str
    ends: date
    step: int
    reached: bool


@access.signed_in(action="settings.change")
def plan(request: access.Request) -> HttpResponse:
    """What they would say, to whom the next round would write, and the switch."""
    kept = queries.reminder_plan(actor=request.actor)
    names = ("steps", "quiet_from", "quiet_until", "tells_supervisors", "weekly")
    form = PlanForm(access.posted(request), initial={name: getattr(kept, name) for name in names})
    if request.method == "POST" and form.is_valid():
        try:
            operations.switch_reminders_on(actor=request.actor, now=request.now, **form.cleaned_data)
        except DomainError as error:
            outcome.put(error=error, form=form)
        else:
            messages.success(request, _("Saved.") if kept.on_since else _("Reminders go out by themselves from now on."))
            return redirect("reminder-plan")
    lines = _lines(request, kept)
    shown = {
        "form": form,
        "plan": kept,
        "lines": lines[:MOST],
        "more": max(0, len(lines) - MOST),
        "unreached": len({line.person.id for line in lines if not line.reached}),
        "samples": [_sample(request, language) for language in ("en", "es")],
        "is_set_up": notices.is_set_up(),
    }
    return render(request, "reminders/plan.html", shown, status=400 if form.errors else 200)


@require_POST
@access.signed_in(action="settings.change")
def off(request: access.Request) -> HttpResponse:
    """Nothing goes out by itself any more."""
    operations.switch_reminders_off(actor=request.actor, now=request.now)
    messages.success(request, _("Switched off. Nothing goes out by itself."))
    return redirect("reminder-plan")


def _lines(request: access.Request, kept: Any) -> list[Line]:
    language = translation.get_language() or "en"
    board = talent.board(actor=request.actor, on=request.today)
    due = reminding.due_now(actor=request.actor, plan=kept, board=board, now=request.now)
    stopped = queries.said_no(actor=request.actor)
    reached = {one.id for one in people.people(actor=request.actor) if one.email and one.id not in stopped}
    found = [
        Line(one.line, label(one.names, language=language), one.ends, one.step, one.line.id in reached)
        for one in due
        if one.whom is Told.WORKER
    ]
    return sorted(found, key=lambda line: (line.ends, line.person.name))


def _sample(request: access.Request, language: str) -> dict[str, Any]:
    """The e-mail as a worker of that language would get it, about a card of the firm."""
    ends = date.fromordinal(request.today.toordinal() + SAMPLE_DAYS)
    link = addresses.full(request=request, base_url=request.firm.base_url, path="/u/") + "…"
    with translation.override(language):
        item, name = _("Food handler card"), "Rosa"
    wanted = [notices.Wanted(item, ends, link)]
    message = notices.photo_wanted(
        to="", name=name, language=language, firm=request.firm.name, wanted=wanted, on=request.today, stop_link=f"{link}/stop"
    )
    return {"language": language, "message": message}
