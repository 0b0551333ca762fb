"""What somebody who works here lets the firm see of their own page. They see who looked, and when."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from skillmark.desks import sharing
from skillmark.edges.web import access
from skillmark.errors import NotFound
from skillmark.rooms.people import queries as people
from skillmark.rooms.records import operations as records


@access.signed_in(action="check.read")
def shared(request: access.Request, person_id: UUID) -> HttpResponse:
    """Each share with its things, checked at this moment. From the day after the last day on there is no such page."""
    now = timezone.now()
    found = records.look(actor=request.actor, person_id=person_id, on=request.today, now=now)
    shown = {
        "person": people.person(actor=request.actor, person_id=person_id),
        "shares": [
            (one, sharing.lay_out(entries=sharing.read(shown=one, now=now, org_id=request.actor.org_id))) for one in found
        ],
        "checked_at": now,
    }
    return render(request, "people/shared.html", shown)


@access.signed_in(action="check.read")
def file(request: access.Request, person_id: UUID, share_id: UUID, number: int) -> HttpResponse:
    """One signed file of it, exactly as it is shown."""
    found = records.look(actor=request.actor, person_id=person_id, on=request.today, now=timezone.now())
    items = [item for one in found if one.id == share_id for item in one.items if item.number == number and item.held_id]
    if not items:
        raise NotFound
    body, media_type, name = sharing.file_of(item=items[0])
    response = HttpResponse(body, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response
