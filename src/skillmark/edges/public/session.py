"""A worker's own session: who has opened their page in this browser, and for how long it stays open."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.http import HttpRequest

from skillmark.rooms.people.rules import Actor, Role

KEY = "record"
STAYS_OPEN = timedelta(minutes=30)  # phones and tablets are lent: the page closes by itself


def enter(request: HttpRequest, *, actor: Actor, now: datetime) -> None:
    """Open the page of `actor`'s own space here. A new session id keeps an older, planted one from riding along."""
    request.session.cycle_key()
    request.session[KEY] = {"org": str(actor.org_id), "name": actor.name, "until": (now + STAYS_OPEN).timestamp()}


def current(request: HttpRequest, *, now: datetime) -> Actor | None:
    """Whose page is open here, or None. Every visit keeps it open for another while."""
    kept = request.session.get(KEY)
    if not kept:
        return None
    if kept["until"] < now.timestamp():
        leave(request)
        return None
    kept["until"] = (now + STAYS_OPEN).timestamp()
    request.session.modified = True
    return Actor(org_id=uuid.UUID(kept["org"]), role=Role.WORKER, name=kept["name"])


def leave(request: HttpRequest) -> None:
    """Close the page here. A supervisor who is signed in on the same tablet stays signed in."""
    request.session.pop(KEY, None)
    request.session.cycle_key()
