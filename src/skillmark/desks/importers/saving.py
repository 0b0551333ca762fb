"""Save a list that was looked at: what it names first, then its people, fifty at a time, then who needs what.

Stopped at any moment it can be gone on with: rows that are in are left out, and what they name is there already.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from typing import Any, Final
from uuid import UUID

from skillmark.desks.importers import people_lists
from skillmark.desks.importers.known import supported
from skillmark.desks.importers.people_lists import NOBODY, POSITIONS, Looked
from skillmark.desks.importers.roster import PLACES, Card, Field, PlannedRow, State, kind_of_sheet
from skillmark.desks.importers.roster.plain import plain
from skillmark.rooms.holdings import queries as holdings
from skillmark.rooms.holdings.rules import Evidence
from skillmark.rooms.imports import operations, queries
from skillmark.rooms.imports.operations import CannotImport
from skillmark.rooms.imports.rules import CHUNK, CardStep, Step
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor

_FACTS: Final = {
    Field.NAME: "name", Field.EMPLOYEE_NUMBER: "number", Field.PHONE: "phone", Field.EMAIL: "email",
    Field.LANGUAGE: "language", Field.HIRED: "hired_on", Field.LEFT: "left_on",
}  # fmt: skip
_DAYS: Final = frozenset({Field.HIRED, Field.LEFT})
Tell = Callable[[int, int], bool]
"""Called after each chunk with (last row that is in, last row there is); False stops there."""


def save(*, actor: Actor, import_id: UUID, now: datetime, on: date, tell: Tell = lambda done, total: True) -> Any:
    """Save, or go on where it stopped; the import, whose state tells whether all is in.

    Raises NotFound, CannotRead, CannotImport (`import.nothing`, `import.owner_adds`, `import.closed`, what the plan says),
    CannotDo.
    """
    looked = people_lists.look(actor=actor, import_id=import_id, now=now, on=on)
    plan = looked.plan
    if plan.errors:
        raise CannotImport(plan.errors[0])
    rows = [row for row in plan.rows if row.state in {State.NEW, State.CHANGED}]
    if not rows and looked.run.state == "open":
        raise CannotImport("import.nothing")
    if (plan.new_items or plan.new_places) and not people_lists.may_add(actor):
        raise CannotImport("import.owner_adds")
    total = max((row.number for row in plan.rows), default=0)
    if looked.run.state == "open":
        people_lists.decide(
            actor=actor, import_id=import_id, answers=looked.answers, needs=looked.needs, sheet=looked.sheet, now=now
        )  # fmt: skip
    operations.begin_saving(actor=actor, import_id=import_id, total=total, now=now)
    ids = _define(actor, looked, now, on)
    steps = (_step(row, looked, ids) for row in rows if row.number > looked.run.done)
    while chunk := list(islice(steps, CHUNK)):
        done = operations.save_steps(actor=actor, import_id=import_id, steps=chunk, now=now, today=on)
        if not tell(done, total):
            return queries.one(actor=actor, import_id=import_id)
    tell(total, total)
    return _finish(actor, looked, now, on)


def _define(actor: Actor, looked: Looked, now: datetime, on: date) -> Mapping[str, UUID]:
    """Add what the list names and the firm lacks. By `item:name` or `field:plain name`: its id."""
    common = {"actor": actor, "import_id": looked.run.id, "now": now}
    ids = {}
    for name, leveled in looked.plan.new_items.items():
        kind = "skill" if leveled else "card"
        ids[f"item:{name}"] = operations.add_item(kind=kind, name=name, leveled=leveled, starts=on, **common)
    for which, names in looked.plan.new_places.items():
        add = operations.add_position if which is Field.POSITION else operations.add_site
        for name in names:
            ids[f"{which}:{plain(name)}"] = add(name=name, **common)
    return ids


def _step(row: PlannedRow, looked: Looked, ids: Mapping[str, UUID]) -> Step:
    """What the row writes, with ids in place of names."""
    kind, _, who = row.key.partition(":")
    person_id = UUID(who) if kind == "person" else None
    of_row = int(who) if kind == "row" and int(who) != row.number else 0
    facts: dict[str, str | date] = {
        _FACTS[which]: date.fromisoformat(value) if which in _DAYS else value
        for which, value in row.sets.items()
        if which in _FACTS
    }
    if person_id is None and not of_row:
        facts["name"] = row.name
    hired = row.sets.get(Field.HIRED, "")
    position, site, shift = (_place(which, row, ids) for which in PLACES)
    return Step(
        row=row.number, person_id=person_id, of_row=of_row, facts=facts, position_id=position, site_id=site, shift_id=shift,
        starts=date.fromisoformat(hired) if hired else None,
        cards=tuple(_card_step(card, person_id, looked, ids) for card in row.adds),
    )  # fmt: skip


def _place(which: Field, row: PlannedRow, ids: Mapping[str, UUID]) -> UUID | None:
    value = row.sets.get(which, "")
    if not value:
        return None
    if not value.startswith("+"):
        return UUID(value)
    return ids[f"{which}:{plain(value[1:])}"]


def _card_step(card: Card, person_id: UUID | None, looked: Looked, ids: Mapping[str, UUID]) -> CardStep:
    item_id = ids[f"item:{card.item[1:]}"] if card.item.startswith("+") else UUID(card.item)
    held = looked.firm.held.get(person_id, {}).get(item_id, ()) if person_id else ()
    corrects = next((old.holding_id for old in reversed(held) if _corrects(card, old)), None)
    return CardStep(item_id, card.obtained, card.expires, card.no_end, card.number, card.level, corrects)


def _corrects(card: Card, old: Evidence) -> bool:
    """Whether the list says of the same card something else, and not of a newer one. What was checked is never corrected."""
    if supported(old):
        return False
    if card.obtained and old.obtained:
        return card.obtained == old.obtained
    return old.ends is None or (card.expires is not None and card.expires < old.ends)


def _finish(actor: Actor, looked: Looked, now: datetime, on: date) -> Any:
    """Say who needs the new items, remember the columns, and close."""
    import_id = looked.run.id
    made = queries.items_made(actor=actor, import_id=import_id)
    needs = queries.one(actor=actor, import_id=import_id).answers.get("needs", {})
    for name, item_id in made.items():
        for position_id in _who_needs(actor, needs.get(name, NOBODY), item_id, now, on):
            operations.require(
                actor=actor, import_id=import_id, item_id=item_id, position_id=position_id, starts=on, now=now
            )  # fmt: skip
    counts = {**queries.made_by(actor=actor, import_id=import_id), "left": looked.plan.count(State.PROBLEM)}
    return operations.finish(
        actor=actor, import_id=import_id, counts=counts, kind=kind_of_sheet(looked.layout.headings),
        columns=people_lists.column_memory(looked.plan.columns, made), now=now,
    )  # fmt: skip


def _who_needs(actor: Actor, who: str, item_id: UUID, now: datetime, on: date) -> Sequence[UUID | None]:
    """The positions that need an item, `[None]` for everyone."""
    if who == NOBODY:
        return []
    if who == POSITIONS:
        having = set(holdings.evidence(actor=actor, item_ids=[item_id]))
        places = people.places(actor=actor, on=on, known_at=now)
        found = {place.position_id for place in places if place.person_id in having and place.position_id}
        if found:
            return sorted(found, key=str)
    return [None]
