"""What is in a person's own space."""

from __future__ import annotations

from typing import TYPE_CHECKING

from skillmark.rooms.credentials import queries as credentials
from skillmark.rooms.people.rules import Actor

if TYPE_CHECKING:
    from skillmark.rooms.credentials.models import Held


def mine(*, actor: Actor) -> list[Held]:
    """Everything that the person keeps, newest first."""
    return credentials.held(actor=actor)
