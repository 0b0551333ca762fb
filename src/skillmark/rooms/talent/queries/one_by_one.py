"""What each thing that a person holds is worth by itself: also of items that they do not need."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from skillmark.rooms.holdings import queries as holdings
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.talent.queries.world import World, demand_day
from skillmark.rooms.talent.rules import Cell, Need, status


def worth_of_each(*, actor: Actor, person_id: UUID, on: date, known_at: datetime | None = None) -> dict[UUID, Cell]:
    """By holding: its cell, as if the person held nothing else of the item. Raises NotFound."""
    demand_day(actor=actor, on=on)
    one = people.person(actor=actor, person_id=person_id)
    world = World(actor, on, known_at)
    needs = {need.item_id: replace(need, due_on=None) for need in world.needs_of(one.id, one.hired_on)}
    held = holdings.evidence(actor=actor, known_at=known_at, person_ids=[one.id]).get(one.id, {})
    return {
        evidence.holding_id: status(
            need=needs.get(item_id) or Need(item_id, world.restraints[item_id]), evidence=[evidence], on=on
        )
        for item_id, several in held.items()
        if item_id in world.restraints
        for evidence in several
    }
