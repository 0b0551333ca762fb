"""The people of a firm: list, search, add one or a pasted list, change, and a page each."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from skillmark.edges.web import access, proofs
from skillmark.edges.web.forms.people import NamesForm, PersonForm
from skillmark.edges.web.views import outcome
from skillmark.errors import DomainError
from skillmark.rooms.credentials import queries as credentials
from skillmark.rooms.people import operations, queries


@access.signed_in
def people(request: access.Request) -> HttpResponse:
    """Everyone, or those whose name, phone or e-mail holds what was typed."""
    search = request.GET.get("q", "").strip()
    found = queries.people(actor=request.actor, search=search)
    return render(request, "people/people.html", {"people": found, "search": search})


@access.signed_in(action="people.change")
def new(request: access.Request) -> HttpResponse:
    """Add one person."""
    form = PersonForm(access.posted(request), initial={"language": request.firm.language})
    if request.method == "POST" and form.is_valid():
        try:
            person = operations.add_person(actor=request.actor, now=timezone.now(), **form.cleaned_data)
        except DomainError as error:
            outcome.put(error=error, form=form, field="name")
        else:
            messages.success(request, _("%(name)s is on your list.") % {"name": person.name})
            return redirect("person", person.id)
    return render(request, "people/new.html", {"form": form}, status=400 if form.errors else 200)


@access.signed_in(action="people.change")
def names(request: access.Request) -> HttpResponse:
    """Add a pasted list of names."""
    form = NamesForm(access.posted(request), initial={"language": request.firm.language})
    if request.method == "POST" and form.is_valid():
        try:
            added = operations.add_people(
                actor=request.actor,
                names=form.cleaned_data["names"],
                language=form.cleaned_data["language"],
                now=timezone.now(),
            )
        except DomainError as error:
            outcome.put(error=error, form=form, field="names")
        else:
            count = len(added)
            said = ngettext("%(count)s person added.", "%(count)s people added.", count)
            messages.success(request, said % {"count": count})
            return redirect("people")
    return render(request, "people/names.html", {"form": form}, status=400 if form.errors else 200)


@access.signed_in
def person(request: access.Request, person_id: UUID) -> HttpResponse:
    """One person with everything given to them."""
    found = queries.person(actor=request.actor, person_id=person_id)
    given = credentials.proofs(actor=request.actor, person_id=person_id)
    now: datetime = timezone.now()
    lines = [proofs.line(issued=issued, now=now) for issued in given]
    return render(request, "people/person.html", {"person": found, "lines": lines})


@access.signed_in(action="people.change")
def edit(request: access.Request, person_id: UUID) -> HttpResponse:
    """Change a person's name, phone, e-mail or language."""
    found = queries.person(actor=request.actor, person_id=person_id)
    initial = {"name": found.name, "phone": found.phone, "email": found.email, "language": found.language}
    form = PersonForm(access.posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_person(actor=request.actor, person_id=person_id, now=timezone.now(), **form.cleaned_data)
        except DomainError as error:
            outcome.put(error=error, form=form, field="name")
        else:
            messages.success(request, _("Saved."))
            return redirect("person", person_id)
    return render(request, "people/edit.html", {"form": form, "person": found}, status=400 if form.errors else 200)
