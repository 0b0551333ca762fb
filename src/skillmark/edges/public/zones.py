"""In which time zone pages about somebody's own record tell the time: in that of the firm that got to know them last."""

from __future__ import annotations

import uuid
from datetime import tzinfo
from zoneinfo import ZoneInfo

from django.utils import timezone

from skillmark.errors import NotFound
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor, Role, server_for


def zone_of(*, org_id: uuid.UUID) -> tzinfo:
    """The zone of whoever's own space `org_id` is; that of the server where no firm here knows them."""
    known = people.known_as(actor=Actor(org_id=org_id, role=Role.WORKER, name=""))
    if not known:
        return timezone.get_default_timezone()
    newest = max(known, key=lambda one: one.created_at)
    try:
        return ZoneInfo(people.site(actor=server_for(org_id=newest.org_id)).time_zone)
    except NotFound:
        return timezone.get_default_timezone()
