"""A person's record as a whole: join two of one person, take them apart, part two people of one name, delete one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from skillmark.desks import whole_person
from skillmark.edges.web import access, persons, wording
from skillmark.edges.web.forms.people import DeleteForm, PartForm
from skillmark.edges.web.views import outcome
from skillmark.errors import DomainError, NotFound
from skillmark.rooms.holdings import queries as holdings
from skillmark.rooms.people import operations, queries
from skillmark.rooms.skills.rules import label


@access.signed_in(action="people.change")
def join(request: access.Request, person_id: UUID) -> HttpResponse:
    """Who else is this person? Those of a like name come first; a search finds the rest."""
    found = queries.person(actor=request.actor, person_id=person_id)
    search = request.GET.get("q", "").strip()
    alike = queries.people(actor=request.actor, search=search or found.name.split()[0])
    others = [one for one in alike if one.id != found.id][:50]
    shown = {
        "person": found, "search": search,
        "lines": persons.told_apart(actor=request.actor, people=others, on=request.today, now=request.now),
    }  # fmt: skip
    return render(request, "people/join.html", shown)


@access.signed_in(action="people.change")
def join_with(request: access.Request, person_id: UUID, other_id: UUID) -> HttpResponse:
    """What comes together: shown on GET, done on POST."""
    keep = queries.person(actor=request.actor, person_id=person_id)
    other = queries.person(actor=request.actor, person_id=other_id)
    if request.method == "POST":
        operations.merge(actor=request.actor, keep_id=keep.id, other_id=other.id, now=request.now)
        messages.success(request, _("Joined. You can take them apart again at any time, on this page."))
        return redirect("person", keep.id)
    shown = {
        "keep": keep,
        "other": other,
        "both": [(one, whole_person.preview(actor=request.actor, person_id=one.id)) for one in (keep, other)],
    }
    return render(request, "people/join_with.html", shown)


@access.signed_in(action="people.change")
@require_POST
def apart(request: access.Request, person_id: UUID, other_id: UUID) -> HttpResponse:
    """Undo a joining: each has again what was noted under it."""
    keep = queries.person(actor=request.actor, person_id=person_id)
    if other_id not in {one.id for one in queries.merged_of(actor=request.actor, person_id=keep.id)}:
        raise NotFound
    other = operations.unmerge(actor=request.actor, other_id=other_id, now=request.now)
    messages.success(request, _("Taken apart. %(name)s is on the list again.") % {"name": other.name})
    return redirect("person", keep.id)


@access.signed_in(action="people.change")
def part(request: access.Request, person_id: UUID) -> HttpResponse:
    """Two people stood under one name: choose what belongs to the other one."""
    found = queries.person(actor=request.actor, person_id=person_id)
    held = holdings.holdings_of(actor=request.actor, person_id=found.id)
    language = persons.language()
    offered = [(str(one.id), _held_in_words(one, language)) for one in held]
    form = PartForm(access.posted(request), held=offered, initial={"name": found.name})
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        try:
            other = whole_person.part(
                actor=request.actor, person_id=found.id, name=wanted["name"], number=wanted["number"],
                holding_ids=[UUID(one) for one in wanted["holding_ids"]], now=request.now,
            )  # fmt: skip
        except DomainError as error:
            outcome.put(error=error, form=form, field="holding_ids")
        else:
            messages.success(request, _("Two people now. To undo it, join them again."))
            return redirect("person", other.id)
    return render(
        request, "people/part.html", {"form": form, "person": found, "held": held}, status=400 if form.errors else 200
    )


def _held_in_words(holding: Any, language: str) -> str:
    parts = [label(holding.item.names, language=language), holding.giver, holding.number]
    if holding.ends is not None:
        parts.append(_("until %(day)s") % {"day": wording.day(day=holding.ends)})
    return " · ".join(part for part in parts if part)


@access.signed_in(action="person.forget")
def delete(request: access.Request, person_id: UUID) -> HttpResponse:
    """Delete a person for good. The name must be typed; there is no way back."""
    found = queries.person(actor=request.actor, person_id=person_id)
    form = DeleteForm(access.posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            whole_person.forget(actor=request.actor, person_id=found.id, now=request.now, **form.cleaned_data)
        except DomainError as error:
            outcome.put(error=error, form=form, field="typed_name")
        else:
            messages.success(request, _("Deleted. Nothing of this person is kept here any more."))
            return redirect("people")
    shown = {"form": form, "person": found, "known": whole_person.preview(actor=request.actor, person_id=found.id)}
    return render(request, "people/delete.html", shown, status=400 if form.errors else 200)
