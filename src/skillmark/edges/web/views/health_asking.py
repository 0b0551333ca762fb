"""The restricted part: what is asked for of whom, and who may look."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from skillmark.edges.web import access
from skillmark.edges.web.forms import health as forms
from skillmark.edges.web.views import outcome
from skillmark.edges.web.views.health import name
from skillmark.errors import DomainError, NotFound
from skillmark.rooms.health import operations, queries
from skillmark.rooms.people import queries as people
from skillmark.rooms.skills.rules import label


@access.signed_in(action="board.read")
def new(request: access.Request) -> HttpResponse:
    """Ask for something."""
    _demand_change(request)
    form = _form(request, {"starts": request.today})
    if request.method == "POST" and form.is_valid():
        try:
            operations.add_item(actor=request.actor, now=request.now, **_told(form))
        except DomainError as error:
            outcome.put(error=error, form=form, field=_field(error))
        else:
            messages.success(request, _("Added."))
            return redirect("health")
    return render(request, "health/item.html", {"form": form}, status=400 if form.errors else 200)


@access.signed_in(action="board.read")
def item(request: access.Request, health_item_id: UUID) -> HttpResponse:
    """Ask otherwise, from a day on."""
    _demand_change(request)
    found = queries.item(actor=request.actor, item_id=health_item_id, on=request.today)
    language, other = _languages()
    form = _form(
        request,
        {
            "name": found.names.get(language) or name(found), "other_name": found.names.get(other, ""), "months": found.months,
            "who": forms.EVERYONE if found.everyone else forms.POSITIONS, "source": found.source, "about": found.note,
            "positions": [str(one) for one in found.positions], "starts": request.today,
        },
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_item(actor=request.actor, item_id=health_item_id, now=request.now, **_told(form))
        except DomainError as error:
            outcome.put(error=error, form=form, field=_field(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("health")
    shown = {"form": form, "item": found, "name": name(found)}
    return render(request, "health/item.html", shown, status=400 if form.errors else 200)


@access.signed_in(action="board.read")
def stop(request: access.Request, health_item_id: UUID) -> HttpResponse:
    """No longer ask for it: asked on GET, done on POST."""
    _demand_change(request)
    found = queries.item(actor=request.actor, item_id=health_item_id, on=request.today)
    if request.method == "POST":
        operations.stop_item(actor=request.actor, item_id=health_item_id, starts=request.today, now=request.now)
        messages.success(request, _("No longer asked for. What people have shown stays."))
        return redirect("health")
    return render(request, "health/stop.html", {"item": found, "name": name(found)})


@access.signed_in(action="board.read")
def members(request: access.Request) -> HttpResponse:
    """Who may look, for the owner."""
    return render(request, "health/access.html", {"members": queries.access(actor=request.actor)})


@access.signed_in(action="board.read")
def member(request: access.Request, member_id: UUID) -> HttpResponse:
    """Let one member in, or out again."""
    found = next((one for one in queries.access(actor=request.actor) if one.member_id == member_id), None)
    if found is None or found.rights.let_in:
        raise NotFound
    may = forms.CHANGE if found.rights.change else forms.READ if found.rights.read else forms.NOTHING
    form = forms.HealthAccessForm(access.posted(request), initial={"may": may})
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["may"]
        if chosen != forms.NOTHING:
            change = chosen == forms.CHANGE
            operations.let_in(actor=request.actor, member_id=member_id, change=change, now=request.now)
        elif found.rights.read:
            operations.shut_out(actor=request.actor, member_id=member_id, now=request.now)
        messages.success(request, _("Saved."))
        return redirect("health-access")
    return render(request, "health/member.html", {"form": form, "member": found}, status=400 if form.errors else 200)


def _demand_change(request: access.Request) -> None:
    if not queries.rights(actor=request.actor).change:
        raise NotFound


def _languages() -> tuple[str, str]:
    language = (translation.get_language() or "en")[:2]
    return ("es", "en") if language == "es" else ("en", "es")


def _form(request: access.Request, initial: dict[str, Any]) -> forms.HealthItemForm:
    language = _languages()[0]
    positions = [(str(one.id), label(one.names, language=language)) for one in people.positions(actor=request.actor)]
    return forms.HealthItemForm(access.posted(request), initial=initial, positions=positions)


def _told(form: forms.HealthItemForm) -> dict[str, Any]:
    """What `health.operations.add_item` takes."""
    data = form.cleaned_data
    language, other = _languages()
    everyone = data.get("who", forms.EVERYONE) == forms.EVERYONE
    return {
        "names": {language: data["name"], other: data["other_name"]}, "months": data["months"], "everyone": everyone,
        "position_ids": [] if everyone else [UUID(one) for one in data["positions"]], "source": data["source"],
        "about": data["about"], "starts": data["starts"],
    }  # fmt: skip


def _field(error: DomainError) -> str:
    return "source" if error.code == "health.bad_link" else "about" if error.code.startswith("text.") else "name"
