"""Who asks: a program, with a token that an owner made on the settings page."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from skillmark.errors import NotFound
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor


class Asked(HttpRequest):
    """A request that came with a token that works. `auth` is whom the token stands for."""

    auth: Actor


class BearerToken(HttpBearer):
    """`Authorization: Bearer smk_…`."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """The actor, or None: then the answer is 401."""
        try:
            return people.actor_for_token(token=token, now=timezone.now())
        except NotFound:
            return None
