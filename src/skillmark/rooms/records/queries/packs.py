"""What a firm gave people to take along when they left."""

from __future__ import annotations

from uuid import UUID

from skillmark.errors import NotFound
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records.models import LeaverPack


def pack_of(*, actor: Actor, person_id: UUID) -> LeaverPack | None:
    """The firm's newest pack for a person that was not taken back; None: there is none. Raises NotFound."""
    mine = people.ids_of(actor=actor, person_id=person_id)
    return LeaverPack.objects.filter(org_id=actor.org_id, person_id__in=mine, closed_at=None).first()


def pack(*, actor: Actor, pack_id: UUID) -> LeaverPack:
    """One of the firm's packs. Raises NotFound, also for somebody of another site than the actor's."""
    found = LeaverPack.objects.filter(org_id=actor.org_id, id=pack_id).first()
    if found is None:
        raise NotFound
    people.person(actor=actor, person_id=found.person_id)
    return found
