"""Where a person works and when they are not here: another place, days away, and coming back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from skillmark.edges.web import access, persons
from skillmark.edges.web.forms.people import AwayForm, FirstDayForm, MoveForm
from skillmark.edges.web.views import outcome
from skillmark.errors import DomainError
from skillmark.rooms.people import operations, queries, rules


@access.signed_in(action="people.change")
def move(request: access.Request, person_id: UUID) -> HttpResponse:
    """Another position, site, shift or contract from a day on; past days keep the old one."""
    found = queries.person(actor=request.actor, person_id=person_id)
    now_at = [one for one in queries.assignments(actor=request.actor, person_id=found.id) if one.ends is None]
    last = now_at[-1] if now_at else None
    kept = ("position_id", "site_id", "shift_id", "contract")
    initial = {name: getattr(last, name) for name in kept} if last else {}
    form = MoveForm(
        access.posted(request), places=persons.choices(actor=request.actor), site_required=request.actor.sites is not None,
        initial=initial | {"starts": request.today},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            operations.assign(
                actor=request.actor, person_id=found.id, starts=form.cleaned_data["starts"], now=request.now,
                instead=not form.cleaned_data["also"], **form.chosen(),
            )  # fmt: skip
        except DomainError as error:
            outcome.put(error=error, form=form)
        else:
            messages.success(request, _("Saved."))
            return redirect("person-moved" if _has_changed(request, last, form) else "person", found.id)
    return render(request, "people/move.html", {"form": form, "person": found}, status=400 if form.errors else 200)


def _has_changed(request: access.Request, last: Any, form: MoveForm) -> bool:
    """Whether they did something else until now, so that they may be given a proof of it."""
    new = form.chosen()
    had = last is not None and last.position_id is not None and not form.cleaned_data["also"]
    return bool(had and rules.may(request.actor, "proof.give") and new.get("position_id") != last.position_id)


@access.signed_in(action="people.change")
@require_POST
def end(request: access.Request, person_id: UUID, assignment_id: UUID) -> HttpResponse:
    """They no longer do this: today is the last day."""
    found = queries.person(actor=request.actor, person_id=person_id)
    operations.end_assignment(actor=request.actor, assignment_id=assignment_id, last=request.today, now=request.now)
    messages.success(request, _("Ended. Past days keep it."))
    return redirect("person", found.id)


@access.signed_in(action="people.change")
def away(request: access.Request, person_id: UUID) -> HttpResponse:
    """Days on which they are not here. No reason is asked, and none is kept."""
    found = queries.person(actor=request.actor, person_id=person_id)
    form = AwayForm(access.posted(request), initial={"starts": request.today, "ends": request.today})
    if request.method == "POST" and form.is_valid():
        try:
            operations.note_absence(actor=request.actor, person_id=found.id, now=request.now, **form.cleaned_data)
        except DomainError as error:
            outcome.put(error=error, form=form, field="ends")
        else:
            messages.success(request, _("Saved."))
            return redirect("person", found.id)
    return render(request, "people/away.html", {"form": form, "person": found}, status=400 if form.errors else 200)


@access.signed_in(action="people.change")
@require_POST
def back_early(request: access.Request, person_id: UUID, absence_id: UUID) -> HttpResponse:
    """Take days away back."""
    found = queries.person(actor=request.actor, person_id=person_id)
    operations.end_absence(actor=request.actor, absence_id=absence_id, now=request.now)
    messages.success(request, _("Taken back."))
    return redirect("person", found.id)


@access.signed_in(action="people.change")
def come_back(request: access.Request, person_id: UUID) -> HttpResponse:
    """They work here again; next comes where."""
    found = queries.person(actor=request.actor, person_id=person_id)
    form = FirstDayForm(access.posted(request), initial={"first": request.today})
    if request.method == "POST" and form.is_valid():
        try:
            operations.come_back(actor=request.actor, person_id=found.id, now=request.now, **form.cleaned_data)
        except DomainError as error:
            outcome.put(error=error, form=form, field="first")
        else:
            messages.success(request, _("Welcome back. Now say where they work."))
            return redirect("person-move", found.id)
    return render(request, "people/come_back.html", {"form": form, "person": found}, status=400 if form.errors else 200)
