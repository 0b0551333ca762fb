"""A list of people on its way into the firm: opened, looked at, saved. What it says is worked out by `roster`."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from skillmark.desks.importers import keeping, known
from skillmark.desks.importers.roster import (
    Answers,
    CannotRead,
    Column,
    Field,
    Layout,
    Order,
    Plan,
    Table,
    from_json,
    kind_of_sheet,
    lay_out,
    plan,
)
from skillmark.desks.importers.roster.plain import plain
from skillmark.rooms.imports import operations, queries
from skillmark.rooms.imports.rules import State
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor, may

EVERYONE, POSITIONS, NOBODY = "everyone", "positions", "nobody"
NEEDS = (EVERYONE, POSITIONS, NOBODY)


@dataclass(frozen=True, slots=True)
class Looked:
    """A list as it stands. `labels`: names of items, positions, sites, shifts and people by id. `needs`: for each new item,
    who shall need it. `same_file` is an earlier import of the very same file."""

    run: Any  # imports' Import
    answers: Answers
    sheets: tuple[str, ...]
    sheet: int
    layout: Layout
    plan: Plan
    firm: known.Firm
    needs: Mapping[str, str]
    same_file: Any = None

    @property
    def labels(self) -> Mapping[str, str]:
        return self.firm.labels


def open_list(*, actor: Actor, name: str, tables: Sequence[Table], data: bytes, now: datetime, on: date) -> Any:
    """Keep a list that was read, to look at it. Raises CannotRead, CannotImport, CannotDo."""
    kept = keeping.readable(tables, on=on)
    digest = hashlib.sha256(data).hexdigest()
    return operations.open_import(actor=actor, name=name, sha256=digest, sheets=keeping.pack(kept), now=now)


def look(*, actor: Actor, import_id: UUID, now: datetime, on: date) -> Looked:
    """What saving would do with the answers given so far. Raises NotFound; CannotRead `sheet.forgotten` once its cells are."""
    run = queries.one(actor=actor, import_id=import_id)
    if not run.sheets:
        raise CannotRead("sheet.forgotten")
    tables = keeping.unpack(bytes(run.sheets))
    sheet = min(int(run.answers.get("sheet", _fullest(tables))), len(tables) - 1)
    layout = lay_out(tables[sheet], on=on)
    answers = from_json(run.answers)
    if run.state != State.OPEN:  # rows that are in already are the people they have become
        added = queries.persons_by_row(actor=actor, import_id=run.id)
        answers = replace(answers, rows={**answers.rows, **{row: f"person:{id_}" for row, id_ in added.items()}})
    firm = known.read(actor=actor, now=now, on=on)
    planned = plan(
        layout, known=firm.known, on=on, answers=answers, order=Order(people.site(actor=actor).date_order),
        remembered=queries.remembered(actor=actor, kind=kind_of_sheet(layout.headings)),
    )  # fmt: skip
    needs = _needs(planned, run.answers.get("needs", {}))
    earlier = queries.earlier(actor=actor, sha256=run.sha256) if run.state == State.OPEN else None
    names = tuple(table.name for table in tables)
    return Looked(run, answers, names, sheet, layout, planned, firm, needs, earlier)


def decide(
    *, actor: Actor, import_id: UUID, answers: Answers, needs: Mapping[str, str], sheet: int, now: datetime
) -> None:  # fmt: skip
    """Keep the answers. Raises NotFound, CannotImport, CannotDo."""
    kept = {**answers.as_json(), "needs": {name: who for name, who in needs.items() if who in NEEDS}, "sheet": sheet}
    operations.decide(actor=actor, import_id=import_id, answers=kept, now=now)


def may_add(actor: Actor) -> bool:
    """Whether what the list names and the firm lacks (items, positions, sites) may be added by the actor."""
    return may(actor, "item.change") and may(actor, "settings.change")


def column_memory(columns: Sequence[Column], made: Mapping[str, UUID]) -> dict[str, str]:
    """What to remember: plain heading → target; a new item is remembered by the id that it has got."""
    memory = {}
    for column in columns:
        target = column.target
        if target.item.startswith("+") and target.item[1:] in made:
            target = replace(target, item=str(made[target.item[1:]]))
        if (heading := plain(column.heading)) and column.why not in keeping.NEVER_KEPT:
            memory[heading] = target.key
    return memory


def _fullest(tables: Sequence[Table]) -> int:
    """The sheet with the most people is the one that is meant, until another is chosen."""
    return max(range(len(tables)), key=lambda at: (len(tables[at].lines), -at))


def _needs(planned: Plan, chosen: Mapping[str, str]) -> dict[str, str]:
    """For each new item who shall need it: as chosen, else all, or the positions that have it when not all do."""
    needs = {}
    placed = any(column.target.field is Field.POSITION for column in planned.columns)
    people_in_list = {row.key for row in planned.rows if row.name}
    for name in planned.new_items:
        having = {row.key for row in planned.rows if any(card.item == f"+{name}" for card in row.adds)}
        some = placed and len(having) < len(people_in_list)
        usual = POSITIONS if some else EVERYONE
        needs[name] = chosen[name] if chosen.get(name) in NEEDS else usual
    return needs
