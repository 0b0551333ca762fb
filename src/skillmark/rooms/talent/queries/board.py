"""The board of a firm on a day: everybody, every item, and the cell where they meet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from skillmark.errors import NotFound
from skillmark.rooms.holdings import queries as holdings
from skillmark.rooms.holdings.queries import Held
from skillmark.rooms.holdings.rules import Evidence
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.journal.rules import Memory
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.talent import rules
from skillmark.rooms.talent.queries.held import Version, held_by_all, since
from skillmark.rooms.talent.queries.world import Column, PersonLine, Standing, World, demand_day
from skillmark.rooms.talent.rules import Row

NOTHING: Mapping[UUID, list[Evidence]] = {}
"""What somebody holds who holds nothing."""


@dataclass(frozen=True)
class Board:
    """`rows` by person. `known_at` None: everything known now. Nothing of it may be changed: it is shared.

    `sites` and `positions` are names (those of positions by language) by id, of what is in use now.
    """

    on: date
    known_at: datetime | None
    people: tuple[PersonLine, ...]
    columns: tuple[Column, ...]
    rows: Mapping[UUID, Row]
    sites: Mapping[UUID, str] = field(default_factory=dict)
    positions: Mapping[UUID, Mapping[str, str]] = field(default_factory=dict)

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


def board(*, actor: Actor, on: date, known_at: datetime | None = None, version: Version | None = None) -> Board:
    """The firm's board on a day; of a site's supervisor or auditor, that of their people. Raises NotFound for a day that
    an auditor may not ask for.

    `known_at`: what the board said at that moment; None: as it is known now. A number of queries that does not grow, and
    one when nothing was written since the same was asked before. Else only those rows are made anew that rest on something
    else than before. `version`: what `journal.newest` told a moment ago, if it was asked.
    """
    demand_day(actor=actor, on=on)
    version = journal.newest(org_id=actor.org_id) if version is None else version
    key = (actor.org_id, actor.sites, actor.today, on, known_at)  # who a supervisor sees hangs on the day that it is
    return _MEMORY.get(key=key, version=version, make=lambda known: _board(actor, on, known_at, version, known)).board


@dataclass(frozen=True, slots=True)
class _Made:
    """A board, with all that its rows rest on."""

    board: Board
    world: World
    held: Held
    standings: Mapping[UUID, Standing]


MOST = 240_000
"""Cells kept in one process, over all boards: eight of 500 people × 60 items, of about 15 MB each."""

_MEMORY: Memory[Version, _Made] = Memory(most=MOST, weigh=lambda made: sum(len(row.cells) for row in made.board.rows.values()))


def _board(
    actor: Actor, on: date, known_at: datetime | None, version: Version, known: tuple[Version, _Made] | None
) -> _Made:  # fmt: skip
    held = held_by_all(actor=actor, known_at=known_at, version=version)
    # Of a moment that has passed nothing is kept but the board: what was known then is read as one, and seldom asked twice.
    old = known[1] if known is not None and known_at is None else None
    if known is not None and old is not None and not since(actor=actor, old=known[0], new=version).rest:
        return _with(old, held)
    world, standings, lines, rows = World(actor, on, known_at), {}, [], {}
    keeps = old is not None and world.same_rules(old.world)
    for line, hired_on in world.everybody():
        lines.append(line)
        standings[line.id] = standing = world.standing(line.id, hired_on)
        mine = held.get(line.id, NOTHING)
        if old is not None and keeps and old.standings.get(line.id) == standing and old.held.get(line.id, NOTHING) is mine:
            rows[line.id] = old.board.rows[line.id]
        else:
            rows[line.id] = world.row_for(line.id, standing, mine)
    sites = {one.id: one.name for one in people.sites(actor=actor)}
    positions = {one.id: one.names for one in people.positions(actor=actor)}
    made = Board(on, known_at, tuple(lines), world.columns, rows, sites, positions)
    return _Made(made, world, held if known_at is None else {}, standings)


def _with(old: _Made, held: Held) -> _Made:
    """The same board with other rows for those who hold something else: nothing else that it rests on has changed."""
    fresh = {
        person_id: old.world.row_for(person_id, standing, held.get(person_id, NOTHING))
        for person_id, standing in old.standings.items()
        if held.get(person_id, NOTHING) is not old.held.get(person_id, NOTHING)
    }
    return replace(old, board=replace(old.board, rows={**old.board.rows, **fresh}) if fresh else old.board, held=held)


def row_of(*, actor: Actor, person_id: UUID, on: date, known_at: datetime | None = None) -> Row:
    """One person's row on a day. Raises NotFound."""
    demand_day(actor=actor, on=on)
    one = people.person(actor=actor, person_id=person_id)
    held = holdings.evidence(actor=actor, known_at=known_at, person_ids=[one.id])
    return World(actor, on, known_at).row(one.id, one.hired_on, held.get(one.id, {}))
