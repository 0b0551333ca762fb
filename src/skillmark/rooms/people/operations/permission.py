"""The one place where a role is asked for."""

from __future__ import annotations

from skillmark.errors import DomainError
from skillmark.rooms.people.rules import Actor, may


class CannotDo(DomainError):
    """The actor's role does not allow this."""


def demand(*, actor: Actor, action: str) -> None:
    """Raise CannotDo `role.not_allowed` unless the actor may."""
    if not may(actor, action):
        raise CannotDo("role.not_allowed")
