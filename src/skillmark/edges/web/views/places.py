"""Sites and shifts: list, add, change, take off the list."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from skillmark.edges.web import access, persons
from skillmark.edges.web.forms import once
from skillmark.edges.web.forms.places import WEEKDAYS, ShiftForm, SiteForm
from skillmark.edges.web.views import outcome
from skillmark.errors import DomainError, NotFound
from skillmark.rooms.people import operations, queries


@access.signed_in(action="settings.change")
def sites(request: access.Request) -> HttpResponse:
    """Every site with how many people work there today."""
    counted: dict[UUID | None, set[UUID]] = {}
    for place in queries.places(actor=request.actor, on=request.today, known_at=request.now):
        counted.setdefault(place.site_id, set()).add(place.person_id)
    lines = [(one, len(counted.get(one.id, ()))) for one in queries.sites(actor=request.actor)]
    return render(request, "settings/sites.html", {"lines": lines})


@access.signed_in(action="settings.change")
def site_new(request: access.Request) -> HttpResponse:
    """Add a site."""
    initial = {"time_zone": request.site.time_zone, "date_order": request.site.date_order}
    form = SiteForm(access.posted(request), initial=initial)
    names = [one.name for one in queries.sites(actor=request.actor)]
    if request.method == "POST" and form.is_valid() and once.is_new(form, names=names):
        try:
            operations.add_site(actor=request.actor, now=request.now, **form.cleaned_data)
        except DomainError as error:
            outcome.put(error=error, form=form, field="name")
        else:
            messages.success(request, _("Added."))
            return redirect("sites")
    return render(request, "settings/site.html", {"form": form}, status=400 if form.errors else 200)


@access.signed_in(action="settings.change")
def site(request: access.Request, site_id: UUID) -> HttpResponse:
    """Change a site, or take it off the list once nobody works there."""
    found = _one(queries.sites(actor=request.actor), site_id)
    if request.method == "POST" and "archive" in request.POST:
        operations.archive_site(actor=request.actor, site_id=found.id, now=request.now)
        messages.success(request, _("Taken off the list. Who worked there when stays known."))
        return redirect("sites")
    initial = {name: getattr(found, name) for name in ("name", "time_zone", "date_order")}
    form = SiteForm(access.posted(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_site(actor=request.actor, site_id=found.id, now=request.now, **form.cleaned_data)
        except DomainError as error:
            outcome.put(error=error, form=form, field="name")
        else:
            messages.success(request, _("Saved."))
            return redirect("sites")
    return render(request, "settings/site.html", {"form": form, "place": found}, status=400 if form.errors else 200)


@access.signed_in(action="item.change")
def shifts(request: access.Request) -> HttpResponse:
    """Every shift with its hours and days."""
    names = dict(WEEKDAYS)
    lines = [(one, ", ".join(str(names[day]) for day in one.weekdays)) for one in queries.shifts(actor=request.actor)]
    return render(request, "settings/shifts.html", {"lines": lines})


@access.signed_in(action="item.change")
def shift_new(request: access.Request) -> HttpResponse:
    """Add a shift."""
    sites_ = persons.choices(actor=request.actor)["site_id"]
    form = ShiftForm(access.posted(request), sites=sites_, initial={"weekdays": list("12345")})
    if request.method == "POST" and form.is_valid():
        try:
            operations.add_shift(actor=request.actor, now=request.now, **form.cleaned_data)
        except DomainError as error:
            outcome.put(error=error, form=form, field="name")
        else:
            messages.success(request, _("Added."))
            return redirect("shifts")
    return render(request, "settings/shift.html", {"form": form}, status=400 if form.errors else 200)


@access.signed_in(action="item.change")
def shift(request: access.Request, shift_id: UUID) -> HttpResponse:
    """Change a shift, or take it off the list."""
    found = _one(queries.shifts(actor=request.actor), shift_id)
    if request.method == "POST" and "archive" in request.POST:
        operations.archive_shift(actor=request.actor, shift_id=found.id, now=request.now)
        messages.success(request, _("Taken off the list. Who worked on it when stays known."))
        return redirect("shifts")
    initial = {name: getattr(found, name) for name in ("name", "starts_at", "ends_at", "site_id")}
    sites_ = persons.choices(actor=request.actor)["site_id"]
    form = ShiftForm(access.posted(request), sites=sites_, initial=initial | {"weekdays": list(found.weekdays)})
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_shift(actor=request.actor, shift_id=found.id, now=request.now, **form.cleaned_data)
        except DomainError as error:
            outcome.put(error=error, form=form, field="name")
        else:
            messages.success(request, _("Saved."))
            return redirect("shifts")
    return render(request, "settings/shift.html", {"form": form, "place": found}, status=400 if form.errors else 200)


def _one(found: list[Any], wanted: UUID) -> Any:
    for one in found:
        if one.id == wanted:
            return one
    raise NotFound
