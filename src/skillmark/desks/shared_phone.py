"""A phone that several people sign on. Nobody is signed in on it: its session knows who said that it is shared, and who
typed their PIN a moment ago. So every other page is as closed as to a stranger, and only those of signing ask here.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from datetime import datetime
from typing import Any
from uuid import UUID

from skillmark.errors import NotFound
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor, may, pins

Session = MutableMapping[str, Any]
_KEY = "shared_phone"


def start(session: Session, *, by: int, org_id: UUID) -> None:
    """Make it one, of that firm. Whoever said so must be signed out of it before."""
    session[_KEY] = {"by": by, "org": str(org_id), "user": None, "until": 0.0}


def host(session: Session, *, now: datetime) -> Actor | None:
    """Whoever said that this phone is shared; None where it is not, or they have lost their access."""
    return _signer(session, "by", now) if _KEY in session else None


def take(session: Session, *, user_id: int, now: datetime) -> None:
    """Somebody typed their PIN."""
    session[_KEY] = session[_KEY] | {"user": user_id, "until": (now + pins.STAYS_OPEN).timestamp()}


def lock(session: Session) -> None:
    """Hand over: the next one types their PIN."""
    if _KEY in session:
        session[_KEY] = session[_KEY] | {"user": None, "until": 0.0}


def acting(session: Session, *, now: datetime, keeps: bool = True) -> Actor | None:
    """Who has the phone in hand, with their own role and sites; every request that `keeps` it makes it theirs for two more
    minutes.

    None where it is not shared, is locked, or lay untouched for too long; and where the hand that typed the PIN, or the
    one that shared the phone, has lost its access meanwhile.
    """
    user_id = holder(session)
    if host(session, now=now) is None or user_id is None or session[_KEY]["until"] < now.timestamp():
        return None
    actor = _signer(session, "user", now)
    if actor is None:
        lock(session)
        return None
    if keeps:
        take(session, user_id=user_id, now=now)
    return actor


def holder(session: Session) -> int | None:
    """Who had it last and did not hand it over: only they find again what was on the screen when it locked."""
    found: int | None = session.get(_KEY, {}).get("user")
    return found


def _signer(session: Session, whose: str, now: datetime) -> Actor | None:
    kept = session[_KEY]
    try:
        actor = people.actor_for(user_id=kept[whose], now=now, org_id=UUID(kept["org"]))
    except NotFound:
        return None
    return actor if may(actor, "sign_off.make") else None
