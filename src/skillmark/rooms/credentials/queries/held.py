"""What a person keeps in their own space."""

from __future__ import annotations

from uuid import UUID

from skillmark.errors import NotFound
from skillmark.rooms.credentials.models import Held
from skillmark.rooms.people.rules import Actor


def held(*, actor: Actor) -> list[Held]:
    """Everything in the actor's own space, newest first."""
    return list(Held.objects.filter(org_id=actor.org_id))


def held_one(*, actor: Actor, held_id: UUID) -> Held:
    """One thing in the actor's own space. Raises NotFound."""
    found = Held.objects.filter(org_id=actor.org_id, id=held_id).first()
    if found is None:
        raise NotFound
    return found
