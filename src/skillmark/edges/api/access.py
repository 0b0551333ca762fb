"""Who asks: a program, with a token that an owner made on the settings page."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from skillmark.errors import NotFound
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.journal.rules import Memory
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor


class Asked(HttpRequest):
    """A request that came with a token that works. `auth` is whom the token stands for."""

    auth: Actor


# A program may ask a hundred times a second. Whom its token stands for changes with what is written in the journal, which
# counts at once, and with the day, which begins with a minute wherever the firm is.
_KNOWN: Memory[tuple[journal.Position, datetime], Actor] = Memory(most=256)


class BearerToken(HttpBearer):
    """`Authorization: Bearer smk_…`."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """The actor, or None: then the answer is 401."""
        now, position = timezone.now(), journal.position()
        version = (position, now.replace(second=0, microsecond=0)) if position is not None else None
        try:
            return _KNOWN.get(
                key=hashlib.sha256(token.encode()).digest(),
                version=version,
                make=lambda _before: people.actor_for_token(token=token, now=now),
            )
        except NotFound:
            return None
