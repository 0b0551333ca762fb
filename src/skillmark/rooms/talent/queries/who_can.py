"""Who can do something on a day: those who are qualified and here, those who are not here, and those who lack something."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from skillmark.errors import NotFound
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.skills import queries as skills
from skillmark.rooms.talent.queries.able import ALONE
from skillmark.rooms.talent.queries.held import held_by_all
from skillmark.rooms.talent.queries.world import PersonLine, World, demand_day
from skillmark.rooms.talent.rules import Cell, Need, State


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody, with the cell of what was asked for. `here`: on the site and shift that was asked for, and not away."""

    person: PersonLine
    cell: Cell
    here: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """Each part by name. `with_help` can do it at a level below alone; `others` cannot today, each cell tells why."""

    item_id: UUID
    on: date
    here: tuple[Candidate, ...]
    not_here: tuple[Candidate, ...]
    with_help: tuple[Candidate, ...]
    others: tuple[Candidate, ...]


def who_can(
    *, actor: Actor, item_id: UUID, on: date, known_at: datetime | None = None, site_id: UUID | None = None,
    shift_id: UUID | None = None,
) -> Answer:  # fmt: skip
    """Who may do what an item is about, on a day, of the actor's people. Also those who need not have it are asked.

    Only what counts on the day is counted: in date, checked as the rule asks, on the document in force. Raises NotFound.
    """
    item = skills.item(actor=actor, item_id=item_id)
    demand_day(actor=actor, on=on)
    world = World(actor, on, known_at)
    restraint = world.restraints.get(item_id)
    if restraint is None:
        raise NotFound
    bearing = world.bearing_on(item_id)
    held = held_by_all(actor=actor, known_at=known_at, item_ids=bearing)
    asked = Need(item_id, restraint, must=False, level=ALONE if item.leveled else None)
    found: dict[str, list[Candidate]] = {"here": [], "not_here": [], "with_help": [], "others": []}
    for line, hired_on in world.everybody():
        mine = held.get(line.id, {})
        if bearing.isdisjoint(mine) and not world.needs(line.id, hired_on, item_id):
            continue
        cell = world.row(line.id, hired_on, mine, needs=[asked]).cells[item_id]
        here = not line.absent and _is_at(line, site_id, shift_id)
        found[_group(cell, here)].append(Candidate(line, cell, here))
    return Answer(item_id, on, *(tuple(found[name]) for name in ("here", "not_here", "with_help", "others")))


def _group(cell: Cell, here: bool) -> str:
    if cell.compliant and cell.state is not State.DUE_LATER:
        return "here" if here else "not_here"
    return "with_help" if cell.state is State.BELOW_LEVEL and cell.level == ALONE - 1 and here else "others"


def _is_at(line: PersonLine, site_id: UUID | None, shift_id: UUID | None) -> bool:
    if site_id is None and shift_id is None:
        return True
    return any(site_id in {None, place.site_id} and shift_id in {None, place.shift_id} for place in line.places)
