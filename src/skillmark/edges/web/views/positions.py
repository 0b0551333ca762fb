"""Positions: what people do here, and which items each needs."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from skillmark.edges.web import access
from skillmark.edges.web.forms import once
from skillmark.edges.web.forms.items import PositionForm
from skillmark.edges.web.views import outcome
from skillmark.errors import DomainError, NotFound
from skillmark.rooms.people import operations, queries
from skillmark.rooms.people import rules as roles
from skillmark.rooms.skills import queries as skills
from skillmark.rooms.skills.rules import label
from skillmark.rooms.talent import queries as talent


@access.signed_in(action="board.read")
def positions(request: access.Request) -> HttpResponse:
    """Every position with how many people hold it today and what it needs."""
    language = _language()
    names = {one.id: label(one.names, language=language) for one in skills.items(actor=request.actor)}
    needs: dict[UUID | None, list[str]] = {}
    for one in talent.requirements(actor=request.actor, on=request.today):
        if one.position_id and one.item_id in names:
            needs.setdefault(one.position_id, []).append(names[one.item_id])
    held: dict[UUID | None, int] = {}
    for place in queries.places(actor=request.actor, on=request.today, known_at=request.now):
        held[place.position_id] = held.get(place.position_id, 0) + 1
    lines = [
        (one, label(one.names, language=language), needs.get(one.id, []), held.get(one.id, 0))
        for one in queries.positions(actor=request.actor)
    ]
    may = roles.may(request.actor, "item.change")
    return render(request, "positions/positions.html", {"lines": lines, "may_change": may})


@access.signed_in(action="item.change")
def new(request: access.Request) -> HttpResponse:
    """Add a position."""
    form = PositionForm(access.posted(request))
    names = [name for one in queries.positions(actor=request.actor) for name in one.names.values()]
    if request.method == "POST" and form.is_valid() and once.is_new(form, names=names):
        try:
            operations.add_position(actor=request.actor, names=_names(form), now=request.now)
        except DomainError as error:
            outcome.put(error=error, form=form, field="name")
        else:
            messages.success(request, _("Added."))
            return redirect("positions")
    return render(request, "positions/edit.html", {"form": form}, status=400 if form.errors else 200)


@access.signed_in(action="item.change")
def edit(request: access.Request, position_id: UUID) -> HttpResponse:
    """Rename a position, or take it out of the list."""
    found = next((one for one in queries.positions(actor=request.actor) if one.id == position_id), None)
    if found is None:
        raise NotFound
    language = _language()
    other = "en" if language == "es" else "es"
    initial = {"name": found.names.get(language) or str(found), "other_name": found.names.get(other, "")}
    form = PositionForm(access.posted(request), initial=initial)
    if request.method == "POST" and "archive" in request.POST:
        operations.archive_position(actor=request.actor, position_id=position_id, now=request.now)
        messages.success(request, _("Taken off the list. Who held it when stays known."))
        return redirect("positions")
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_position(actor=request.actor, position_id=position_id, names=_names(form), now=request.now)
        except DomainError as error:
            outcome.put(error=error, form=form, field="name")
        else:
            messages.success(request, _("Saved."))
            return redirect("positions")
    return render(request, "positions/edit.html", {"form": form, "position": found}, status=400 if form.errors else 200)


def _names(form: PositionForm) -> dict[str, str]:
    language = _language()
    other = "en" if language == "es" else "es"
    return {language: form.cleaned_data["name"], other: form.cleaned_data["other_name"]}


def _language() -> str:
    return "es" if (translation.get_language() or "en").startswith("es") else "en"
