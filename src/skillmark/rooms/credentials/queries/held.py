"""What a person keeps in their own space, opened with its key."""

from __future__ import annotations

from uuid import UUID

from skillmark.errors import NotFound
from skillmark.rooms.credentials.models import Held
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.signing import operations as signing


def held(*, actor: Actor) -> list[Held]:
    """Everything in the actor's own space, newest first, each with its `document`. Raises CannotSign `sign.outer_key`."""
    found = list(Held.objects.filter(org_id=actor.org_id))
    if found:
        sealer = signing.sealer(org_id=actor.org_id)
        for one in found:
            one.document = sealer.unseal(one.sealed)
    return found


def held_one(*, actor: Actor, held_id: UUID) -> Held:
    """One thing in the actor's own space, with its `document`. Raises NotFound, CannotSign `sign.outer_key`."""
    found = Held.objects.filter(org_id=actor.org_id, id=held_id).first()
    if found is None:
        raise NotFound
    return opened(found)


def opened(held: Held) -> Held:
    """The row with its `document`. Only for this room."""
    held.document = signing.sealer(org_id=held.org_id).unseal(held.sealed)
    return held
