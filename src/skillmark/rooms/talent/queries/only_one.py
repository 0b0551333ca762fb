"""What hangs on one person: items that exactly one person holds, and who is nearest to being the second."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from skillmark.rooms.people.rules import Actor
from skillmark.rooms.skills import queries as skills
from skillmark.rooms.talent.queries import able
from skillmark.rooms.talent.queries.held import held_by_all
from skillmark.rooms.talent.queries.world import PersonLine, World, demand_day
from skillmark.rooms.talent.rules import Cell, State
from skillmark.rooms.talent.rules.status import ORDER


@dataclass(frozen=True, slots=True)
class OnlyOne:
    """An item that `person` alone holds. `trainee` comes nearest, with their `trainee_cell`; None: nobody has begun."""

    item: Any  # skills' Item
    person: PersonLine
    cell: Cell
    trainee: PersonLine | None
    trainee_cell: Cell | None


def only_one(*, actor: Actor, on: date, known_at: datetime | None = None) -> list[OnlyOne]:
    """Every item that exactly one of the actor's people holds on a day, in the order of the items; items with levels at
    level alone or above. Nearest below: the highest level, then the least that is missing, then the name.

    A number of queries that does not grow. Raises NotFound as `board`.
    """
    demand_day(actor=actor, on=on)
    world = World(actor, on, known_at)
    items = {one.id: one for one in skills.items(actor=actor)}
    needs = able.asked(world=world, items=items.values())
    held = held_by_all(actor=actor, known_at=known_at)
    holders: dict[UUID, list[tuple[PersonLine, Cell]]] = {}
    others: dict[UUID, list[tuple[PersonLine, Cell]]] = {}
    for line, row in able.rows(world=world, held=held, needs=needs):
        for item_id, cell in row.cells.items():
            if able.counts(cell):
                holders.setdefault(item_id, []).append((line, cell))
            elif cell.state not in {State.MISSING, State.EXEMPT, State.DUE_LATER}:
                others.setdefault(item_id, []).append((line, cell))
    found = []
    for item_id, item in items.items():
        if len(holders.get(item_id, ())) == 1:
            [(line, cell)] = holders[item_id]
            trainee, trainee_cell = min(others.get(item_id, ()), key=_nearness, default=(None, None))
            found.append(OnlyOne(item, line, cell, trainee, trainee_cell))
    return found


def _nearness(one: tuple[PersonLine, Cell]) -> tuple[int, int, str]:
    line, cell = one
    return -(cell.level or 0), ORDER[cell.state], line.name
