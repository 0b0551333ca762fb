"""How people stand in some items on a day: those who need one, and those who hold one without being asked to."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from skillmark.rooms.people.rules import Actor
from skillmark.rooms.skills import queries as skills
from skillmark.rooms.talent.queries import able
from skillmark.rooms.talent.queries.board import Board
from skillmark.rooms.talent.queries.held import held_by_all
from skillmark.rooms.talent.queries.world import Column, World, demand_day
from skillmark.rooms.talent.rules import Need


def standing(*, actor: Actor, on: date, item_ids: Collection[UUID], known_at: datetime | None = None) -> Board:
    """As `board`, of these items alone; also of people who hold one without having to. Raises NotFound as `board`."""
    demand_day(actor=actor, on=on)
    world = World(actor, on, known_at)
    items = [one for one in skills.items(actor=actor) if one.id in item_ids and one.id in world.restraints]
    columns = tuple(Column(one.id, one.names, one.kind, world.restraints[one.id], one.leveled) for one in items)
    shown = {one.id for one in columns}
    bearing = {one for item_id in shown for one in world.bearing_on(item_id)}
    held = held_by_all(actor=actor, known_at=known_at, item_ids=bearing)
    extra = {need.item_id: need for need in able.asked(world=world, items=items)}
    lines, rows = [], {}
    for line, hired_on in world.everybody():
        mine = held.get(line.id, {})
        needs: dict[UUID, Need] = {need.item_id: need for need in world.needs_of(line.id, hired_on) if need.item_id in shown}
        for item_id in mine:
            if item_id in extra:
                needs.setdefault(item_id, extra[item_id])
        if needs:
            lines.append(line)
            ordered = [needs[one.id] for one in columns if one.id in needs]
            rows[line.id] = world.row(line.id, hired_on, mine, needs=ordered)
    return Board(on, known_at, tuple(lines), columns, rows)
