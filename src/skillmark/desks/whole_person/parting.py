"""Two people stood under one name: what belongs to the other one goes to a record of their own."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from skillmark.errors import DomainError
from skillmark.rooms.holdings import operations as holdings
from skillmark.rooms.holdings import queries as held
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries
from skillmark.rooms.people.rules import Actor

if TYPE_CHECKING:
    from skillmark.rooms.people.models import Person


class CannotPart(DomainError):
    """Two people cannot be taken apart like this."""


@transaction.atomic
def part(*, actor: Actor, person_id: UUID, name: str, number: str, holding_ids: Collection[UUID], now: datetime) -> Person:
    """Add the other person, who works at the same site, and move what is theirs. Joining the two takes it back.

    Raises NotFound (also for what the first person does not hold), CannotPart `part.nothing`, CannotChangePerson, CannotDo.
    """
    first = queries.person(actor=actor, person_id=person_id)
    theirs = {one.id for one in held.holdings_of(actor=actor, person_id=first.id)}
    if not holding_ids:
        raise CannotPart("part.nothing")
    if set(holding_ids) - theirs:
        raise queries.NotFound
    at = [one.site_id for one in queries.assignments(actor=actor, person_id=first.id) if one.ends is None and one.site_id]
    site_id = next((one for one in at if not actor.sites or one in actor.sites), None)
    other = people.add_person(actor=actor, name=name, number=number, language=first.language, site_id=site_id, now=now)
    for holding_id in holding_ids:
        holdings.move(actor=actor, holding_id=holding_id, person_id=other.id, now=now)
    return other
