"""Record, correct, withdraw and move holdings, and note that one is disputed. Nothing is overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.db import transaction

from skillmark.errors import DomainError, NotFound
from skillmark.rooms.holdings import queries
from skillmark.rooms.holdings.models import Holding
from skillmark.rooms.holdings.operations.carrying import carry_over
from skillmark.rooms.holdings.operations.noting import note as write
from skillmark.rooms.holdings.operations.standing import standing
from skillmark.rooms.holdings.rules import EndState
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries as people_queries
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.people.rules.facts import demand_facts
from skillmark.rooms.skills import queries as skills

CHUNK = 50


class CannotRecord(DomainError):
    """What was typed about a holding cannot be kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is said of a holding. Days are dates; `level` 1 to 4; `no_end`: it counts for good.

    Without `ends` and `no_end` the end is not known, unless the item's rule works it out.
    """

    obtained: date | None = None
    starts: date | None = None
    ends: date | None = None
    no_end: bool = False
    level: int | None = None
    hours: Decimal | None = None
    giver: str = ""
    number: str = ""
    method: str = ""
    revision: str = ""
    trained_on: date | None = None
    evaluated_on: date | None = None
    evaluator: str = ""
    language_taught: str = ""
    understanding: str = ""
    note: str = ""


@transaction.atomic
def record(
    *, actor: Actor, person_id: UUID, item_id: UUID, now: datetime, facts: Facts, source: str = "typed", request_key: str = ""
) -> Holding:  # fmt: skip
    """Keep that a person holds an item. Nothing about it is checked yet: it reads "said by the person".

    The same `request_key` keeps it once, however often it is sent. Raises CannotRecord (`holding.ends_before_start`,
    `holding.two_ends`, `holding.level`, `holding.hours`, `holding.too_long`; `holding.request_reused` where the key came
    with something else before), people's CannotWrite where a note holds more than facts, NotFound, CannotDo.
    """
    people.demand(actor=actor, action="evidence.change")
    person = people_queries.person(actor=actor, person_id=person_id)
    item = skills.item(actor=actor, item_id=item_id)
    columns = {"person_id": person.id, "item_id": item.id, **_columns(facts, person.name)}
    made, new = Holding.objects.get_or_create(
        # The number comes out of the key, so that two requests at once meet in the database.
        id=uuid5(actor.org_id, f"holding:{request_key}") if request_key else uuid4(),
        defaults={"org_id": actor.org_id, "source": source, "recorded_at": now, "recorded_by": actor.label, **columns},
    )
    if not new:
        if any(getattr(made, name) != value for name, value in columns.items()):
            raise CannotRecord("holding.request_reused")
        return made
    write(actor=actor, subject=person.id, event="holding.recorded", data=_labels(made), now=now)
    return made


def record_many(
    *, actor: Actor, rows: Iterable[tuple[UUID, UUID, Facts]], now: datetime, source: str = "import"
) -> list[Holding]:
    """Keep many (person id, item id, facts), 50 in a transaction: a few statements instead of several for each.

    Raises as `record`, before anything of the chunk is kept. One journal entry a chunk.
    """
    people.demand(actor=actor, action="evidence.change")
    wanted = list(rows)
    persons = people_queries.names_of(actor=actor, person_ids={person for person, _, _ in wanted})
    items = {one.id for one in skills.items(actor=actor)}
    made: list[Holding] = []
    for at in range(0, len(wanted), CHUNK):
        chunk = wanted[at : at + CHUNK]
        if any(person not in persons or item not in items for person, item, _ in chunk):
            raise NotFound
        built = [
            Holding(
                org_id=actor.org_id, person_id=person, item_id=item, source=source, recorded_at=now,
                recorded_by=actor.label, **_columns(facts, persons[person]),
            )
            for person, item, facts in chunk
        ]  # fmt: skip
        with transaction.atomic():
            made += Holding.objects.bulk_create(built)
            write(actor=actor, subject=actor.org_id, event="holdings.recorded", data={"count": str(len(built))}, now=now)
    return made


@transaction.atomic
def correct(*, actor: Actor, holding_id: UUID, now: datetime, facts: Facts, because: str = "") -> Holding:
    """Replace what is said of a holding. The old row stays as what was known until now.

    Photos and notes go along; look-ups and good signatures only where dates, giver, number and level stay as they were.

    Raises NotFound (also when it was replaced meanwhile), CannotRecord as `record`, CannotDo.
    """
    people.demand(actor=actor, action="evidence.change")
    old = queries.holding(actor=actor, holding_id=holding_id)
    _close(old, now=now, because=because)
    made = Holding.objects.create(
        org_id=actor.org_id, person_id=old.person_id, item_id=old.item_id, source=old.source, recorded_at=now,
        recorded_by=actor.label, supersedes=old, disputed_at=old.disputed_at, dispute_ended_at=old.dispute_ended_at,
        **_columns(facts, old.person.name),
    )  # fmt: skip
    carry_over(old=old, made=made)
    write(actor=actor, subject=old.person_id, event="holding.corrected", data=_labels(made), now=now)
    return made


@transaction.atomic
def withdraw(*, actor: Actor, holding_id: UUID, because: str, now: datetime) -> None:
    """Close a holding that was recorded by mistake. Raises CannotRecord `holding.reason_missing`, NotFound, CannotDo."""
    people.demand(actor=actor, action="evidence.change")
    if not because.strip():
        raise CannotRecord("holding.reason_missing")
    old = queries.holding(actor=actor, holding_id=holding_id)
    demand_facts(text=because, names=[old.person.name])
    _close(old, now=now, because=because)
    write(actor=actor, subject=old.person_id, event="holding.withdrawn", data=_labels(old) | {"why": because[:300]}, now=now)


@transaction.atomic
def move(*, actor: Actor, holding_id: UUID, person_id: UUID, now: datetime) -> Holding:
    """Record a holding under the right person: it was put down for somebody else. Raises NotFound, CannotDo."""
    people.demand(actor=actor, action="evidence.change")
    old = queries.holding(actor=actor, holding_id=holding_id)
    person = people_queries.person(actor=actor, person_id=person_id)
    _close(old, now=now, because="moved")
    made = _again(old, actor=actor, now=now, person_id=person.id)
    write(actor=actor, subject=person.id, event="holding.moved", data=_labels(made) | {"to": person.name}, now=now)
    return made


@transaction.atomic
def dispute(*, actor: Actor, holding_id: UUID, now: datetime) -> None:
    """Note that somebody says this is wrong: it does not count until settled. Raises NotFound, CannotDo.

    A question that was settled once may come up again: the row is then written anew, so that the first stays known.
    """
    people.demand(actor=actor, action="evidence.change")
    old = standing(actor=actor, holding_id=holding_id)
    if old.disputed_at is not None and old.dispute_ended_at is None:
        return
    if old.disputed_at is not None:
        _close(old, now=now, because="disputed again")
        _again(old, actor=actor, now=now, disputed_at=now, dispute_ended_at=None)
    else:
        Holding.objects.filter(id=old.id).update(disputed_at=now)
    write(actor=actor, subject=old.person_id, event="holding.disputed", data=_labels(old), now=now)


@transaction.atomic
def end_dispute(*, actor: Actor, holding_id: UUID, now: datetime) -> None:
    """Note that the question is settled and the record stands. Raises NotFound, CannotDo."""
    people.demand(actor=actor, action="evidence.change")
    old = standing(actor=actor, holding_id=holding_id)
    if Holding.objects.filter(id=old.id, dispute_ended_at=None).exclude(disputed_at=None).update(dispute_ended_at=now):
        write(actor=actor, subject=old.person_id, event="holding.dispute_ended", data=_labels(old), now=now)


def _again(old: Holding, *, actor: Actor, now: datetime, **changed: Any) -> Holding:
    """The same said once more, but for what changed."""
    fields = {name: getattr(old, name) for name in Facts.__dataclass_fields__ if name != "no_end"}
    kept = {"person_id": old.person_id, "disputed_at": old.disputed_at, "dispute_ended_at": old.dispute_ended_at}
    made = Holding.objects.create(
        org_id=actor.org_id, item_id=old.item_id, source=old.source, end_state=old.end_state, recorded_at=now,
        recorded_by=actor.label, supersedes=old, **fields, **{**kept, **changed},
    )  # fmt: skip
    carry_over(old=old, made=made)
    return made


def facts_in(*, held: Holding) -> Facts:
    """What is said of a holding, to be changed in parts."""
    columns = {name: getattr(held, name) for name in Facts.__dataclass_fields__ if name != "no_end"}
    return Facts(**columns, no_end=held.end_state == EndState.NO_END)


def _close(old: Holding, *, now: datetime, because: str) -> None:
    closed = Holding.objects.filter(id=old.id, superseded_at=None).update(superseded_at=now, closed_because=because[:300])
    if not closed:
        raise NotFound  # somebody else corrected it a moment ago


def _columns(facts: Facts, name: str) -> Mapping[str, Any]:
    """A Facts of somebody of that name as the columns of a row. Raises CannotRecord, CannotWrite."""
    if facts.ends is not None and facts.no_end:
        raise CannotRecord("holding.two_ends")
    starts = facts.starts or facts.obtained
    if facts.ends is not None and starts is not None and facts.ends < starts:
        raise CannotRecord("holding.ends_before_start")
    if facts.level is not None and not 1 <= facts.level <= 4:
        raise CannotRecord("holding.level")
    if facts.hours is not None and not 0 < facts.hours < 10_000:
        raise CannotRecord("holding.hours")
    texts = {column: " ".join(getattr(facts, column).split()) for column in _TEXTS}
    if any(len(text) > _TEXTS[column] for column, text in texts.items()):
        raise CannotRecord("holding.too_long")
    for column in ("note", "understanding"):
        demand_facts(text=texts[column], names=[name])
    end_state = EndState.DATED if facts.ends else EndState.NO_END if facts.no_end else EndState.NOT_KNOWN
    plain = {column: getattr(facts, column) for column in ("obtained", "ends", "level", "hours", "trained_on", "evaluated_on")}
    return {**plain, **texts, "starts": starts, "end_state": end_state}


_TEXTS = {
    "giver": 200, "number": 80, "method": 20, "revision": 20, "evaluator": 200, "language_taught": 5, "understanding": 300,
    "note": 1000,
}  # fmt: skip


def _labels(one: Holding) -> dict[str, str]:
    return {"item": str(one.item), "ends": one.ends.isoformat() if one.ends else "", "holding": str(one.id)}
