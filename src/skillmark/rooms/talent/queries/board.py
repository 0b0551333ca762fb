"""The board of a firm on a day: everybody, every item, and the cell where they meet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from skillmark.errors import NotFound
from skillmark.rooms.holdings import queries as holdings
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.talent import rules
from skillmark.rooms.talent.queries.memory import Memory
from skillmark.rooms.talent.queries.world import Column, PersonLine, World, demand_day
from skillmark.rooms.talent.rules import Row


@dataclass(frozen=True)
class Board:
    """`rows` by person. `known_at` None: everything known now. Nothing of it may be changed: it is shared."""

    on: date
    known_at: datetime | None
    people: tuple[PersonLine, ...]
    columns: tuple[Column, ...]
    rows: Mapping[UUID, Row]

    def counts(self) -> rules.Counts:
        """The numbers on top, counted once."""
        return self._counts

    @cached_property
    def _counts(self) -> rules.Counts:
        return rules.count(rows=(self.rows[one.id] for one in self.people), on=self.on)

    def column(self, item_id: UUID) -> Column:
        """One item. Raises NotFound."""
        for one in self.columns:
            if one.id == item_id:
                return one
        raise NotFound


def board(*, actor: Actor, on: date, known_at: datetime | None = None) -> Board:
    """The firm's board on a day; of a site's supervisor or auditor, that of their people. Raises NotFound for a day that
    an auditor may not ask for.

    `known_at`: what the board said at that moment; None: as it is known now. A number of queries that does not grow, and
    one when nothing was written since the same was asked before.
    """
    demand_day(actor=actor, on=on)
    version = journal.version(org_id=actor.org_id)
    key = (actor.org_id, actor.sites, on, known_at)
    return _MEMORY.get(key=key, version=version, make=lambda: _board(actor, on, known_at))


_MEMORY: Memory[Board] = Memory()


def _board(actor: Actor, on: date, known_at: datetime | None) -> Board:
    world = World(actor, on, known_at)
    held = holdings.evidence(actor=actor, known_at=known_at)
    lines, rows = [], {}
    for line, hired_on in world.everybody():
        lines.append(line)
        rows[line.id] = world.row(line.id, hired_on, held.get(line.id, {}))
    return Board(on, known_at, tuple(lines), world.columns, rows)


def row_of(*, actor: Actor, person_id: UUID, on: date, known_at: datetime | None = None) -> Row:
    """One person's row on a day. Raises NotFound."""
    demand_day(actor=actor, on=on)
    one = people.person(actor=actor, person_id=person_id)
    held = holdings.evidence(actor=actor, known_at=known_at, person_ids=[one.id])
    return World(actor, on, known_at).row(one.id, one.hired_on, held.get(one.id, {}))
