"""The board of a firm on a day: everybody, every item, and the cell where they meet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
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
    one when nothing was written since the same was asked before. Where only the evidence of some people has changed since,
    only their rows are made anew.
    """
    demand_day(actor=actor, on=on)
    version = journal.newest(org_id=actor.org_id)
    key = (actor.org_id, actor.sites, on, known_at)
    return _MEMORY.get(key=key, version=version, make=lambda known: _board(actor, on, known_at, version, known)).board


@dataclass(frozen=True, slots=True)
class _Made:
    """A board, with what is needed to make single rows of it anew."""

    board: Board
    world: World
    hired: Mapping[UUID, date | None]
    merged: Mapping[UUID, UUID]


_MEMORY: Memory[tuple[int, ...], _Made] = Memory()


def _board(
    actor: Actor, on: date, known_at: datetime | None, version: tuple[int, ...], known: tuple[tuple[int, ...], _Made] | None
) -> _Made:
    if known is not None and known_at is None:
        old, made = known
        # Where the newest entry of that time is no longer among the newest, not all that was written since is.
        if not old or old[0] in version:
            touched = rules.touched(journal.told(org_id=actor.org_id, ids=set(version) - set(old)))
            if touched is not None:
                return _some_anew(actor, made, touched)
    world = World(actor, on, known_at)
    held = holdings.evidence(actor=actor, known_at=known_at)
    hired, lines, rows = {}, [], {}
    for line, hired_on in world.everybody():
        lines.append(line)
        hired[line.id] = hired_on
        rows[line.id] = world.row(line.id, hired_on, held.get(line.id, {}))
    merged = people.merged(actor=actor, known_at=known_at)
    return _Made(Board(on, known_at, tuple(lines), world.columns, rows), world, hired, merged)


def _some_anew(actor: Actor, made: _Made, touched: frozenset[UUID]) -> _Made:
    """The same board with other rows for those whose evidence has changed: nothing else that it rests on has."""
    ids = {made.merged.get(one, one) for one in touched} & made.board.rows.keys()
    if not ids:
        return made
    held = holdings.evidence(actor=actor, person_ids=ids)
    fresh = {one: made.world.row(one, made.hired[one], held.get(one, {})) for one in ids}
    return replace(made, board=replace(made.board, rows={**made.board.rows, **fresh}))


def row_of(*, actor: Actor, person_id: UUID, on: date, known_at: datetime | None = None) -> Row:
    """One person's row on a day. Raises NotFound."""
    demand_day(actor=actor, on=on)
    one = people.person(actor=actor, person_id=person_id)
    held = holdings.evidence(actor=actor, known_at=known_at, person_ids=[one.id])
    return World(actor, on, known_at).row(one.id, one.hired_on, held.get(one.id, {}))
