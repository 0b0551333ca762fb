"""The restricted part: people, what they have shown, and the papers. Without the permission every page is not found.

The guard lets every role through (`board.read`), so that nobody can tell this part from an address that does not exist.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from skillmark.desks.restricted_pack import restricted_pack
from skillmark.edges.web import access
from skillmark.edges.web.forms.health import HealthPackForm, HealthRecordForm
from skillmark.edges.web.views import outcome
from skillmark.errors import DomainError, NotFound
from skillmark.rooms.health import operations, queries
from skillmark.rooms.people import queries as people
from skillmark.rooms.skills.rules import label

_FIELDS = {"health.in_future": "obtained", "health.ends_before": "ends", "health.note_too_long": "about"}


@access.signed_in(action="board.read")
def everyone(request: access.Request) -> HttpResponse:
    """Everybody, cleared or not, and what is asked for."""
    parts = queries.overview(actor=request.actor, on=request.today, now=request.now)
    items = [(one, name(one)) for one in queries.items(actor=request.actor, on=request.today)]
    shown = {"people": parts, "items": items, "rights": queries.rights(actor=request.actor)}
    return _private(render(request, "health/health.html", shown))


@access.signed_in(action="board.read")
def person(request: access.Request, person_id: UUID) -> HttpResponse:
    """One person's part, and the form for something more that they have shown."""
    rights = queries.rights(actor=request.actor)
    items = [(str(one.item_id), name(one)) for one in queries.items(actor=request.actor, on=request.today)]
    form = HealthRecordForm(access.posted(request), request.FILES or None, items=items)
    if request.method == "POST" and form.is_valid():
        try:
            operations.record(
                actor=request.actor, person_id=person_id, item_id=UUID(form.cleaned_data["item"]), today=request.today,
                now=request.now, file=form.paper(), **_told(form),
            )  # fmt: skip
        except DomainError as error:
            _put(error, form)
        else:
            messages.success(request, _("Saved and locked away."))
            return redirect("health-person", person_id)
    part = queries.of_person(actor=request.actor, person_id=person_id, on=request.today, now=request.now)
    lines = [(line, name(line.terms)) for line in part.lines]
    shown = {"part": part, "lines": lines, "form": form if items and rights.change else None, "rights": rights}
    return _private(render(request, "health/person.html", shown, status=400 if form.errors else 200))


@access.signed_in(action="board.read")
def record(request: access.Request, health_record_id: UUID) -> HttpResponse:
    """Put right what was noted."""
    rights = queries.rights(actor=request.actor)
    person_id, old = queries.record(actor=request.actor, record_id=health_record_id, now=request.now)
    if not rights.change:
        return redirect("health-person", person_id)
    initial = {"obtained": old.shown.obtained, "ends": old.shown.ends, "about": old.note}
    form = HealthRecordForm(access.posted(request), request.FILES or None, items=(), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            operations.correct(
                actor=request.actor, record_id=health_record_id, today=request.today, now=request.now, file=form.paper(),
                **_told(form),
            )  # fmt: skip
        except DomainError as error:
            _put(error, form)
        else:
            messages.success(request, _("Put right. What was there before stays in the records."))
            return redirect("health-person", person_id)
    shown = {"form": form, "old": old, "person_id": person_id}
    return _private(render(request, "health/record.html", shown, status=400 if form.errors else 200))


@access.signed_in(action="board.read")
def withdraw(request: access.Request, health_record_id: UUID) -> HttpResponse:
    """Take back what was noted by mistake: asked on GET, done on POST."""
    if request.method == "POST":
        person_id = operations.withdraw(actor=request.actor, record_id=health_record_id, now=request.now)
        messages.success(request, _("Taken back. It no longer counts."))
        return redirect("health-person", person_id)
    person_id, _old = queries.record(actor=request.actor, record_id=health_record_id, now=request.now)
    return _private(render(request, "health/withdraw.html", {"person_id": person_id}))


@access.signed_in(action="board.read")
def file(request: access.Request, health_file_id: UUID) -> HttpResponse:
    """A paper as it was handed in, to be saved: it is never shown inside a page."""
    found = queries.file(actor=request.actor, file_id=health_file_id, now=request.now)
    ending = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}[found.kind]
    word = _("paper")
    headers = {"Content-Disposition": f'attachment; filename="{word}.{ending}"'}
    return _private(HttpResponse(found.body, content_type=found.kind, headers=headers))


@access.signed_in(action="board.read")
def pack(request: access.Request) -> HttpResponse:
    """The restricted part of an inspector pack: whom and as of which day, then one file to save, apart from the pack."""
    if not queries.rights(actor=request.actor).read:
        raise NotFound
    everybody = [(str(one.id), one.name) for one in people.people(actor=request.actor)]
    form = HealthPackForm(request.GET or None, initial={"on": request.today}, people=everybody)
    if not form.is_valid():
        return render(request, "health/pack.html", {"form": form}, status=400 if form.errors else 200)
    body = restricted_pack(
        actor=request.actor, person_ids=[UUID(one) for one in form.cleaned_data["person"]], on=form.cleaned_data["on"],
        now=request.now, language=translation.get_language() or "en",
    )  # fmt: skip
    headers = {"Content-Disposition": f'attachment; filename="restricted-{form.cleaned_data["on"]:%Y-%m-%d}.zip"'}
    return _private(HttpResponse(body, content_type="application/zip", headers=headers))


def name(terms: Any) -> str:
    """What an item is called in the reader's language."""
    return label(terms.names, language=translation.get_language() or "en")


def _told(form: HealthRecordForm) -> dict[str, Any]:
    return {one: form.cleaned_data[one] for one in ("obtained", "ends", "about")}


def _put(error: DomainError, form: HealthRecordForm) -> None:
    field = _FIELDS.get(error.code) or ("file" if error.code.startswith("health.file") else "about")
    outcome.put(error=error, form=form, field=field)


def _private(response: HttpResponse) -> HttpResponse:
    """Neither the browser nor anything on the way keeps a copy."""
    response.headers["Cache-Control"] = "no-store, private"
    return response
