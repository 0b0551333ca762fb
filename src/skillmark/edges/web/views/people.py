"""The people of a firm: list, search, add one or a pasted list, change, and a page each."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from skillmark.desks import leaving
from skillmark.edges.web import access, persons, proofs
from skillmark.edges.web.forms.people import EditPersonForm, NamesForm, NewPersonForm
from skillmark.edges.web.views import outcome
from skillmark.errors import DomainError
from skillmark.rooms.credentials import queries as credentials
from skillmark.rooms.people import operations, queries, rules
from skillmark.rooms.people.rules.names import fold
from skillmark.rooms.talent import queries as talent


@access.signed_in(action="board.read")
def people(request: access.Request) -> HttpResponse:
    """Everyone, or those whom a search and the filters leave."""
    asked = persons.asked(request.GET)
    found = queries.people(
        actor=request.actor, search=asked.search, part=asked.part, here_on=None if asked.left else request.today
    )
    rows = talent.board(actor=request.actor, on=request.today).rows if asked.state else {}
    names = persons.place_names(actor=request.actor)
    places = persons.places_by_person(actor=request.actor, on=request.today, now=request.now)
    lines = persons.lines(people=found, asked=asked, places=places, names=names, rows=rows)
    shown = {
        "lines": lines,
        "asked": asked,
        "choices": persons.choices(actor=request.actor),
        "orders": persons.orders(asked),
        "may_change": rules.may(request.actor, "people.change"),
    }
    return render(request, "people/people.html", shown)


@access.signed_in(action="people.change")
def new(request: access.Request) -> HttpResponse:
    """Add one person. Where somebody of that name is there already, it is asked whether they are the same."""
    places = persons.choices(actor=request.actor)
    form = NewPersonForm(
        access.posted(request), places=places, site_required=request.actor.sites is not None,
        initial={"language": request.firm.language},
    )  # fmt: skip
    namesakes: list[Any] = []
    if request.method == "POST" and form.is_valid():
        namesakes = queries.namesakes(actor=request.actor, name=form.cleaned_data["name"])
        if not form.doubt(namesakes):
            facts = {key: value for key, value in form.cleaned_data.items() if key != "another"}
            try:
                person = operations.add_person(actor=request.actor, now=request.now, **facts)
            except DomainError as error:
                outcome.put(error=error, form=form, field="name")
            else:
                messages.success(request, _("%(name)s is on your list.") % {"name": person.name})
                return redirect("person", person.id)
    shown = {"form": form, "namesakes": _told_apart(request, namesakes)}
    return render(request, "people/new.html", shown, status=400 if form.errors else 200)


@access.signed_in(action="people.change")
def names(request: access.Request) -> HttpResponse:
    """Add a pasted list of names; those who are there already are shown first."""
    sites = persons.choices(actor=request.actor)["site_id"] if request.actor.sites else []
    form = NamesForm(access.posted(request), sites=sites, initial={"language": request.firm.language})
    known: list[Any] = []
    if request.method == "POST" and form.is_valid():
        typed = {fold(name) for name in form.cleaned_data["names"]}
        known = [one for one in queries.people(actor=request.actor) if typed & set(one.search_name.split(" | "))]
        if not form.doubt(known):
            try:
                added = operations.add_people(
                    actor=request.actor, names=form.cleaned_data["names"], language=form.cleaned_data["language"],
                    site_id=form.cleaned_data.get("site_id"), now=request.now,
                )  # fmt: skip
            except DomainError as error:
                outcome.put(error=error, form=form, field="names")
            else:
                count = len(added)
                said = ngettext("%(count)s person added.", "%(count)s people added.", count)
                messages.success(request, said % {"count": count})
                return redirect("people")
    shown = {"form": form, "namesakes": _told_apart(request, known)}
    return render(request, "people/names.html", shown, status=400 if form.errors else 200)


def _told_apart(request: access.Request, found: list[Any]) -> list[persons.Line]:
    return persons.told_apart(actor=request.actor, people=found, on=request.today, now=request.now)


@access.signed_in(action="board.read")
def person(request: access.Request, person_id: UUID) -> HttpResponse:
    """One person: what they need and hold, where they work, and everything given to them."""
    found = queries.person(actor=request.actor, person_id=person_id)
    given = credentials.proofs(actor=request.actor, person_id=person_id)
    now: datetime = timezone.now()
    history = queries.assignments(actor=request.actor, person_id=person_id)
    shown = {
        "person": found,
        "lines": [proofs.line(issued=issued, now=now) for issued in given],
        "now_at": [one for one in history if one.starts <= request.today and (one.ends is None or one.ends >= request.today)],
        "history": sorted(history, key=lambda one: one.starts, reverse=True),
        "away": [one for one in queries.absences(actor=request.actor, person_id=person_id) if one.ends >= request.today],
        "former": queries.former_names(actor=request.actor, person_id=person_id),
        "joined": queries.merged_of(actor=request.actor, person_id=person_id),
        "leaver": leaving.pack_of(actor=request.actor, person_id=person_id) if found.left_on else None,
        "may_change": rules.may(request.actor, "people.change"),
        "may_give": rules.may(request.actor, "proof.give"),
        "may_delete": rules.may(request.actor, "person.forget"),
    }
    return render(request, "people/person.html", shown)


@access.signed_in(action="people.change")
def edit(request: access.Request, person_id: UUID) -> HttpResponse:
    """Change what is known of a person."""
    found = queries.person(actor=request.actor, person_id=person_id)
    kept = ("name", "number", "hired_on", "phone", "email", "language")
    form = EditPersonForm(access.posted(request), initial={name: getattr(found, name) for name in kept})
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_person(actor=request.actor, person_id=person_id, now=request.now, **form.cleaned_data)
        except DomainError as error:
            outcome.put(error=error, form=form, field="name")
        else:
            messages.success(request, _("Saved."))
            return redirect("person", found.id)
    return render(request, "people/edit.html", {"form": form, "person": found}, status=400 if form.errors else 200)
