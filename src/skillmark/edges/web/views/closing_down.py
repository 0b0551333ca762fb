"""Everything of one person as a ZIP, everything of everybody, and the page that says what to do when a firm closes."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from skillmark.desks import closing_down as desk
from skillmark.desks import unclaimed
from skillmark.edges.web import access
from skillmark.edges.web.views import recovery
from skillmark.rooms.credentials import operations, queries
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people import queries as people

MOST = 50  # people in one download: a browser waits for it


@require_safe
@access.signed_in(action="settings.change")
def closing_down(request: access.Request) -> HttpResponse:
    """The steps, each with how far it is."""
    now = timezone.now()
    receivers = desk.receivers(actor=request.actor)
    last = journal.last(org_id=request.actor.org_id, event=operations.EXPORTED)
    shown = {
        "people": len(receivers),
        "proofs": sum(one.proofs for one in receivers),
        "here": len(receivers) <= MOST,
        "exported_at": last.at if last else None,
        "unclaimed": len(unclaimed.waiting(actor=request.actor, now=now)),
        "disputes": len(queries.proofs(actor=request.actor, state="disputed")),
        "paused": len(queries.proofs(actor=request.actor, state="paused")),
        "address": request.firm.base_url.partition("//")[2],
        "recovery": recovery.offered(),
    }
    return render(request, "settings/closing_down.html", shown)


@access.signed_in(action="backup.make")
def everything(request: access.Request) -> HttpResponseBase:
    """Everybody's ZIPs in one ZIP, for a firm of a size that a browser waits for. Noted in the journal, so by POST."""
    receivers = desk.receivers(actor=request.actor)
    if request.method != "POST" or not 0 < len(receivers) <= MOST:
        return redirect("closing-down")
    now = timezone.now()
    count = sum(one.proofs for one in receivers)
    operations.note_export(actor=request.actor, people_count=len(receivers), proofs=count, now=now)
    snapshot = desk.Snapshot(now=now)
    name = f"proofs-{timezone.localdate(now).isoformat()}"
    return _zip(desk.of_everybody(actor=request.actor, receivers=receivers, snapshot=snapshot), name=name)


@require_safe
@access.signed_in(action="proof.give")
def of_person(request: access.Request, person_id: UUID) -> HttpResponseBase:
    """Everything that one person was given, as they may take it along."""
    person = people.person(actor=request.actor, person_id=person_id)
    if not queries.proofs(actor=request.actor, person_id=person.id):
        raise Http404
    snapshot = desk.Snapshot(now=timezone.now())
    name = desk.file_name(text=person.name, id=person.id)
    return _zip(desk.of_one(actor=request.actor, person_id=person.id, snapshot=snapshot), name=name)


def _zip(pieces: Iterator[bytes], *, name: str) -> StreamingHttpResponse:
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=f"{name}.zip") or "",
        "Cache-Control": "no-store",
    }
    return StreamingHttpResponse(pieces, content_type="application/zip", headers=headers)
