"""Who can do it now: by task, site, shift and day. One field, or one scan."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation

from skillmark.desks import states
from skillmark.edges.web import access, finding
from skillmark.rooms.people import queries as people
from skillmark.rooms.skills import queries as skills
from skillmark.rooms.skills.rules import label
from skillmark.rooms.talent import queries as talent


@access.signed_in(action="board.read")
def who_can(request: access.Request) -> HttpResponse:
    """The people who may do what was asked for, and on request those who may not, and why."""
    language = "es" if (translation.get_language() or "en").startswith("es") else "en"
    items = skills.items(actor=request.actor)
    asked = finding.asked(
        text=request.GET.get("q", ""), items=items, aliases=skills.aliases(actor=request.actor),
        sites=people.sites(actor=request.actor), shifts=people.shifts(actor=request.actor),
    )  # fmt: skip
    chosen = _chosen(request.GET.get("item"), items) or asked.item
    site_id = _uuid(request.GET.get("site")) or asked.site_id
    shift_id = _uuid(request.GET.get("shift")) or asked.shift_id
    on = _day(request.GET.get("on"), request.today)
    shown: dict[str, Any] = {
        "asked": request.GET.get("q", ""), "near": [(one.id, label(one.names, language=language)) for one in asked.near],
        "items": [(one.id, label(one.names, language=language)) for one in items],
        "sites": [(one.id, one.name) for one in people.sites(actor=request.actor)],
        "shifts": [(one.id, one.name) for one in people.shifts(actor=request.actor)],
        "site_id": site_id, "shift_id": shift_id, "on": on, "item": chosen,
        "name": label(chosen.names, language=language) if chosen else "", "as_of": timezone.localtime(request.now),
    }  # fmt: skip
    if chosen is not None:
        answer = talent.who_can(actor=request.actor, item_id=chosen.id, on=on, site_id=site_id, shift_id=shift_id)
        names = {one.id: label(one.names, language=language) for one in people.positions(actor=request.actor)}
        groups = ("here", "not_here", "with_help", "others")
        shown |= {group: [_line(one, names, on) for one in getattr(answer, group)] for group in groups}
    return render(request, "who_can/who_can.html", shown)


def _line(one: talent.Candidate, names: dict[UUID, str], on: date) -> dict[str, Any]:
    place = next((names[place.position_id] for place in one.person.places if place.position_id in names), "")
    cell = one.cell
    return {
        "person": one.person,
        "place": place,
        "said": states.said(cell=cell, on=on, needed_level=3),
        "level": states.LEVELS.get(cell.level or 0, ""),
        "trust": states.trust_in_words(trust=cell.trust, giver=cell.giver, own=cell.own),
    }


def _chosen(text: str | None, items: list[Any]) -> Any:
    return next((one for one in items if str(one.id) == text), None)


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


def _day(text: str | None, today: date) -> date:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return today
