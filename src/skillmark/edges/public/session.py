"""A worker's own session: who has opened their page in this browser, and for how long it stays open."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from skillmark.edges.public.devices import kind_of_device
from skillmark.edges.public.zones import zone_of
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor, Role
from skillmark.rooms.records import operations as records
from skillmark.rooms.records import queries, rules

KEY = "record"
BESIDE = ("my-answer", "leaver", "passkey.make")
"""What a person had begun while the page was open or about to be: it goes when they close it, before the next one comes."""
WAITING = "my-answer-link"
"""A question that was opened before the page was: it waits until the page is open, and goes when it is closed."""
COPY = "my-copy"
"""The cookie of a device that keeps a copy to read without a network: the number of the opening in which it was kept."""


def enter(request: HttpRequest, *, actor: Actor, way: str, now: datetime) -> None:
    """Open the page of `actor`'s own space here; `way`: slip, passkey, recovery or claim.

    A page that was open here before is closed. A new session id keeps an older, planted one from riding along.
    """
    waits = "" if KEY in request.session else request.session.get(WAITING, "")
    close(request, now=now)
    if waits:
        request.session[WAITING] = waits
    opening = records.note_opening(actor=actor, way=way, device=kind_of_device(request), now=now)
    request.session[KEY] = {
        "org": str(actor.org_id), "name": actor.name, "opening": str(opening),
        "opened": now.timestamp(), "until": (now + rules.STAYS_OPEN).timestamp(), "zone": str(zone_of(org_id=actor.org_id)),
    }  # fmt: skip


def whose(request: HttpRequest) -> uuid.UUID | None:
    """Whose page was open here last, as this browser remembers, also when its time is over; None: nobody's."""
    kept = request.session.get(KEY)
    return uuid.UUID(kept["org"]) if kept else None


def current(request: HttpRequest, *, now: datetime) -> Actor | None:
    """Whose page is open here, or None. Every visit keeps it open for another while; ended from elsewhere, it is closed."""
    kept = request.session.get(KEY)
    if not kept:
        return None
    actor = _actor(kept)
    if kept["until"] < now.timestamp() or not records.note_visit(actor=actor, opening_id=_opening(kept), now=now):
        leave(request)
        return None
    kept["until"] = (now + rules.STAYS_OPEN).timestamp()
    request.session.modified = True
    return actor


def opening(request: HttpRequest) -> uuid.UUID | None:
    """The number of the opening in this browser."""
    kept = request.session.get(KEY)
    return _opening(kept) if kept else None


def next_page(request: HttpRequest) -> str:
    """The name of the page to go to once it was opened: the question that waits, if one does."""
    return "my-answer" if request.session.get(WAITING) else "my-page"


def zone(request: HttpRequest) -> tzinfo:
    """In which zone the page that is open here tells the time."""
    kept = request.session.get(KEY) or {}
    return ZoneInfo(kept["zone"]) if "zone" in kept else timezone.get_default_timezone()  # without: of an older version


def is_fresh(request: HttpRequest, *, now: datetime) -> bool:
    """Whether the page was opened here just now, by whoever has it in hand: only they make new ways in."""
    kept = request.session.get(KEY)
    return kept is not None and datetime.fromtimestamp(kept["opened"], UTC) > now - rules.FRESH_FOR


def leave(request: HttpRequest) -> None:
    """Forget here whose page was open, and what they had begun. A supervisor who is signed in on the same tablet stays
    signed in."""
    for name in (KEY, WAITING, *BESIDE):
        request.session.pop(name, None)
    request.session.cycle_key()


def forget_everywhere(*, org_id: uuid.UUID) -> None:
    """No browser's session names this page any more: it was erased."""
    people.forget_in_sessions(key=KEY, org_id=org_id)


def close(request: HttpRequest, *, now: datetime) -> None:
    """Close the page that is open here, if one is, and leave."""
    kept = request.session.get(KEY)
    if kept and records.note_visit(actor=_actor(kept), opening_id=_opening(kept), now=now):
        number = _opening(kept)
        if number != copy_number(request):  # the copy on one's own phone outlives the visit
            records.end_opening(actor=_actor(kept), opening_id=number, now=now)
    leave(request)


def copy_number(request: HttpRequest) -> uuid.UUID | None:
    """The number under which this device keeps a copy, if it says that it does."""
    try:
        return uuid.UUID(request.COOKIES.get(COPY, ""))
    except ValueError:
        return None


def has_copy(request: HttpRequest, *, actor: Actor) -> bool:
    """Whether this device keeps a copy of this person's page, and may go on keeping it."""
    number = copy_number(request)
    return number is not None and queries.keeps_copy(actor=actor, opening_id=number)


def remember_copy(response: HttpResponse, *, number: uuid.UUID) -> None:
    """Only on the pages of the worker's own page, and out of reach of scripts."""
    response.set_cookie(
        COPY, str(number), max_age=rules.COPY_FORGOTTEN_AFTER, path="/w", secure=settings.SESSION_COOKIE_SECURE,
        httponly=True, samesite="Lax",
    )  # fmt: skip


def forget_copy(response: HttpResponse) -> None:
    response.delete_cookie(COPY, path="/w", samesite="Lax")


def _actor(kept: dict[str, str]) -> Actor:
    return Actor(org_id=uuid.UUID(kept["org"]), role=Role.WORKER, name=kept["name"])


def _opening(kept: dict[str, str]) -> uuid.UUID:
    return uuid.UUID(kept["opening"]) if "opening" in kept else uuid.UUID(int=0)  # of an older version: stands no more
