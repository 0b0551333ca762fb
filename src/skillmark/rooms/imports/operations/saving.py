"""Write what a list says, with a note of each change: what was not there, and what it was before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from skillmark.rooms.holdings import operations as holdings
from skillmark.rooms.holdings import queries as holdings_queries
from skillmark.rooms.imports.models import Import, ImportChange
from skillmark.rooms.imports.operations.opening import CannotImport, locked
from skillmark.rooms.imports.rules import CHUNK, CardStep, Kind, State, Step
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries as people_queries
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.skills import operations as skills
from skillmark.rooms.talent import operations as talent


@transaction.atomic
def add_item(*, actor: Actor, import_id: UUID, kind: str, name: str, leveled: bool, now: datetime, starts: date) -> UUID:
    """An item that the list names and the firm lacks. Raises NotFound, CannotImport, CannotDo, CannotChangeItem."""
    run = _saving(actor, import_id)
    made = skills.add_item(
        actor=actor, kind=kind, names={_language(actor): name}, leveled=leveled, starts=starts, now=now
    )  # fmt: skip
    ImportChange.objects.create(run=run, row=0, kind=Kind.ITEM_ADDED, subject_id=made.id, after={"name": name})
    return made.id


@transaction.atomic
def add_position(*, actor: Actor, import_id: UUID, name: str, now: datetime) -> UUID:
    """A position that the list names. Raises as `add_item`, CannotPlace."""
    run = _saving(actor, import_id)
    made = people.add_position(actor=actor, names={_language(actor): name}, now=now)
    ImportChange.objects.create(run=run, row=0, kind=Kind.POSITION_ADDED, subject_id=made.id, after={"name": name})
    return made.id


@transaction.atomic
def add_site(*, actor: Actor, import_id: UUID, name: str, now: datetime) -> UUID:
    """A site that the list names. Raises as `add_item`, CannotPlace."""
    run = _saving(actor, import_id)
    made = people.add_site(actor=actor, name=name, now=now)
    ImportChange.objects.create(run=run, row=0, kind=Kind.SITE_ADDED, subject_id=made.id, after={"name": name})
    return made.id


@transaction.atomic
def require(
    *, actor: Actor, import_id: UUID, item_id: UUID, starts: date, now: datetime, position_id: UUID | None = None
) -> None:  # fmt: skip
    """Say that everyone, or a position, needs an item of the list. Raises NotFound, CannotImport, CannotDo."""
    run = _saving(actor, import_id)
    target = "position" if position_id else "everyone"
    made = talent.require(actor=actor, item_id=item_id, target=target, position_id=position_id, starts=starts, now=now)
    ImportChange.objects.create(run=run, row=0, kind=Kind.REQUIRED, subject_id=made.id, after={"name": str(made.item)})


@transaction.atomic
def save_steps(*, actor: Actor, import_id: UUID, steps: Sequence[Step], now: datetime, today: date) -> int:
    """Write up to 50 rows, all or none, and note how far the import is. Rows that are in already are left out.

    Returns the last row that is in. Raises NotFound, CannotImport (`import.closed`, `import.chunk`), CannotDo, and what
    the rooms say of a person, place or card.
    """
    if len(steps) > CHUNK:
        raise CannotImport("import.chunk")
    run = _saving(actor, import_id)
    steps = [step for step in steps if step.row > run.done]
    if not steps:
        return run.done
    added = _people(actor, run, steps, now)
    _changed(actor, run, steps, now)
    _placed(actor, run, steps, added, now, today)
    _cards(actor, run, steps, added, now)
    run.done = max(step.row for step in steps)
    run.save(update_fields=["done"])
    return run.done


def _people(actor: Actor, run: Import, steps: Sequence[Step], now: datetime) -> dict[int, UUID]:
    """The new people, and by row the id of everyone whom this import has added."""
    new = [step for step in steps if step.person_id is None and not step.of_row]
    ids = people.add_many(
        actor=actor, people=[step.facts for step in new], language=people_queries.organisation(actor=actor).language, now=now
    )
    ImportChange.objects.bulk_create(
        ImportChange(run=run, row=step.row, kind=Kind.PERSON_ADDED, subject_id=id_, person_id=id_, after=_plain(step.facts))
        for step, id_ in zip(new, ids, strict=True)
    )
    earlier = {step.of_row for step in steps if step.of_row}
    found = ImportChange.objects.filter(run=run, kind=Kind.PERSON_ADDED, row__in=earlier)
    return dict(found.values_list("row", "subject_id")) | {step.row: id_ for step, id_ in zip(new, ids, strict=True)}


def _changed(actor: Actor, run: Import, steps: Sequence[Step], now: datetime) -> None:
    for step in steps:
        if step.person_id is not None and step.facts:
            before = people.change_facts(actor=actor, person_id=step.person_id, facts=step.facts, now=now)
            ImportChange.objects.create(
                run=run, row=step.row, kind=Kind.PERSON_CHANGED, subject_id=step.person_id, person_id=step.person_id,
                before=_plain(before), after=_plain(step.facts),
            )  # fmt: skip


def _placed(
    actor: Actor, run: Import, steps: Sequence[Step], added: Mapping[int, UUID], now: datetime, today: date
) -> None:  # fmt: skip
    """New people are placed together; somebody who is somewhere already moves, and the rest of their place stays."""
    new = [step for step in steps if step.places and step.person_id is None and not step.of_row]
    rows = [
        people.Placing(added[step.row], step.starts or today, step.position_id, step.site_id, step.shift_id) for step in new
    ]
    made = list(zip(new, people.place_many(actor=actor, rows=rows, now=now), strict=True))
    for step in steps:
        if step.places and (step.person_id is not None or step.of_row):
            person_id = _person(step, added)
            now_there = [
                one
                for one in people_queries.assignments(actor=actor, person_id=person_id)
                if one.starts <= today and (one.ends is None or one.ends >= today)
            ]
            last = now_there[-1] if now_there else None
            moved = people.assign(
                actor=actor, person_id=person_id, starts=today, now=now,
                position_id=step.position_id or (last.position_id if last else None),
                site_id=step.site_id or (last.site_id if last else None),
                shift_id=step.shift_id or (last.shift_id if last else None),
                contract=last.contract if last else "",
            )  # fmt: skip
            made.append((step, moved.id))
    ImportChange.objects.bulk_create(
        ImportChange(run=run, row=step.row, kind=Kind.ASSIGNED, subject_id=id_, person_id=_person(step, added))
        for step, id_ in made
    )


def _cards(actor: Actor, run: Import, steps: Sequence[Step], added: Mapping[int, UUID], now: datetime) -> None:
    said = [(step, _person(step, added), card) for step in steps for card in step.cards]
    new = [(step, person_id, card) for step, person_id, card in said if card.corrects is None]
    changes: list[tuple[Step, UUID, Kind, UUID, dict[str, str]]] = []
    recorded = holdings.record_many(
        actor=actor, rows=[(person_id, card.item_id, _facts(card)) for _, person_id, card in new], now=now
    )
    for (step, person_id, _), holding in zip(new, recorded, strict=True):
        changes.append((step, person_id, Kind.HOLDING_RECORDED, holding.id, {}))
    for step, person_id, card in said:
        if card.corrects is not None:
            old = holdings_queries.holding(actor=actor, holding_id=card.corrects)
            facts = _facts(card, old)
            made = holdings.correct(actor=actor, holding_id=old.id, facts=facts, now=now, because=run.name)
            changes.append((step, person_id, Kind.HOLDING_CORRECTED, made.id, {"holding": str(old.id)}))
    ImportChange.objects.bulk_create(
        ImportChange(run=run, row=step.row, kind=kind, subject_id=id_, person_id=person_id, before=before)
        for step, person_id, kind, id_, before in changes
    )


def _person(step: Step, added: Mapping[int, UUID]) -> UUID:
    return step.person_id or added[step.of_row or step.row]


def _facts(card: CardStep, old: Any = None) -> holdings.Facts:
    """What the list says; what it does not say stays as it was."""
    kept = {name: getattr(old, name) for name in holdings.Facts.__dataclass_fields__ if name != "no_end"} if old else {}
    said = {
        "obtained": card.obtained, "ends": card.ends, "number": card.number, "level": card.level, "starts": card.obtained,
    }  # fmt: skip
    facts = {**kept, **{name: value for name, value in said.items() if value}}
    if card.no_end:
        facts["ends"] = None
    return holdings.Facts(**facts, no_end=card.no_end)


def _saving(actor: Actor, import_id: UUID) -> Import:
    people.demand(actor=actor, action="import.make")
    run = locked(actor=actor, import_id=import_id)
    if run.state != State.SAVING:
        raise CannotImport("import.closed")
    return run


def _language(actor: Actor) -> str:
    return people_queries.organisation(actor=actor).language


def _plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    """As JSON: days as ISO 8601."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in facts.items()}
