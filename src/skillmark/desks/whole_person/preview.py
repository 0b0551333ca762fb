"""What is known of a person, counted, so that somebody can look before records are joined or deleted."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from skillmark.rooms.credentials import queries as credentials
from skillmark.rooms.holdings import queries as holdings
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor


@dataclass(frozen=True, slots=True)
class Preview:
    """Counts; `not_kept` are proofs that the person has not taken to their own space, so that only the firm has them."""

    held: int
    photos: int
    sign_offs: int
    places: int
    proofs: int
    not_kept: int


def preview(*, actor: Actor, person_id: UUID) -> Preview:
    """What the actor's firm knows of one person, with everyone joined with them. Raises NotFound."""
    held = holdings.holdings_of(actor=actor, person_id=person_id)
    proofs = credentials.proofs(actor=actor, person_id=person_id)
    return Preview(
        held=len(held),
        photos=sum(len(one.photos.all()) for one in held),
        sign_offs=len(holdings.sign_offs(actor=actor, person_id=person_id)),
        places=len(people.assignments(actor=actor, person_id=person_id)),
        proofs=len(proofs),
        not_kept=sum(one.own_org_id is None for one in proofs),
    )
