"""A calendar at a secret address, for the calendar program of whoever was given it."""

from __future__ import annotations

import hashlib
from typing import cast
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from skillmark.desks import calendars
from skillmark.edges.public import door
from skillmark.errors import NotFound
from skillmark.rooms.holdings import operations
from skillmark.rooms.people import queries as people
from skillmark.rooms.skills import queries as skills
from skillmark.rooms.talent import queries as talent


@require_safe
@door.page
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Everything that ends, as its maker may see it today. A closed or unknown address is not found, and counted."""
    now = timezone.now()
    try:
        found, actor = operations.open_feed(token=token, now=now)
    except NotFound:
        door.count(request, what="code")
        raise Http404 from None
    zone = found.site.time_zone if found.site else people.site(actor=actor).time_zone
    on = (found.org.clock or now).astimezone(ZoneInfo(zone)).date()
    items = {one.id: one.names for one in skills.items(actor=actor)}
    entries = []
    if found.person_id is not None:
        person = people.person(actor=actor, person_id=found.person_id)
        title = person.name.split()[0]
        row = talent.row_of(actor=actor, person_id=person.id, on=on)
        entries = calendars.entries(person_id=person.id, name=title, cells=row.cells, items=items)
    else:
        title = found.site.name if found.site else found.org.name
        board = talent.board(actor=actor, on=on)
        for line in board.people:
            if found.site_id is None or any(place.site_id == found.site_id for place in line.places):
                cells = board.rows[line.id].cells
                entries += calendars.entries(person_id=line.id, name=line.name, cells=cells, items=items)
    body = calendars.calendar(feed_id=found.id, title=title, found=entries, language=found.language, on=on)
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="skillmark.ics"'
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    return cast(HttpResponse, get_conditional_response(request, etag=response["ETag"], response=response))
