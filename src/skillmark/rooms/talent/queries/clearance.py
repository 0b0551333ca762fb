"""Cleared for work or not, and until when: the only thing that a board knows of anybody's health."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from skillmark.rooms.health.queries import clear_until
from skillmark.rooms.health.rules import ClearUntil
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.talent.queries.world import demand_day


def clearances(*, actor: Actor, on: date, known_at: datetime | None = None) -> dict[UUID, ClearUntil]:
    """By person, of the actor's people: whether they are cleared on the day, and the last day. Never why.

    Somebody of whom nothing is asked is not in it; a firm that asks nothing gets an empty answer, and its board needs no
    such column. `known_at` None: as it is known now. Raises NotFound for a day that an auditor may not ask for.
    """
    demand_day(actor=actor, on=on)
    ids = [one.id for one in people.people(actor=actor, here_on=on)]
    return clear_until(org_id=actor.org_id, person_ids=ids, on=on, known_at=known_at)
