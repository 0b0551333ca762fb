"""Reading is an act here: whoever sees a record, a list or a file leaves an entry in the journal, in the same breath.

The entry says who looked at whose part, and nothing of what is in it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from skillmark.errors import NotFound
from skillmark.rooms.health import rules
from skillmark.rooms.health.models import HealthFile, HealthRecord
from skillmark.rooms.health.queries.clearance import positions_on, records_of, terms_on
from skillmark.rooms.health.queries.permission import demand_read
from skillmark.rooms.health.queries.vault import Vault, vault_of
from skillmark.rooms.health.rules import ClearUntil, Shown, Terms
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor


@dataclass(frozen=True, slots=True)
class Record:
    """Something that a person has shown, as an allowed reader sees it."""

    id: UUID
    shown: Shown
    note: str
    file_id: UUID | None
    recorded_at: datetime
    recorded_by: str


@dataclass(frozen=True, slots=True)
class Line:
    """One item on a person's page. `best` is what counts, or counted last; `records` all of them, newest first."""

    terms: Terms
    needed: bool
    best: Record | None
    counts: bool
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class PersonHealth:
    """The restricted part of one person."""

    person: Any  # people's Person
    clear: ClearUntil | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file as it was handed in."""

    name: str
    kind: str
    body: bytes


def items(*, actor: Actor, on: date) -> list[Terms]:
    """What is asked for on a day, by name. Raises NotFound without the permission. Tells of no person: no entry."""
    demand_read(actor=actor)
    vault = vault_of(org_id=actor.org_id)
    found = terms_on(vault=vault, on=on, known_at=None).values() if vault else ()
    return sorted((one for one in found if one.asked), key=lambda one: str(one.names))


def item(*, actor: Actor, item_id: UUID, on: date) -> Terms:
    """One item as it is asked for on a day. Raises NotFound."""
    found = next((one for one in items(actor=actor, on=on) if one.item_id == item_id), None)
    if found is None:
        raise NotFound
    return found


@transaction.atomic
def overview(*, actor: Actor, on: date, now: datetime) -> list[tuple[Any, ClearUntil | None]]:
    """(person, cleared or not; None where nothing is asked) for all whom the actor may see, by name. Raises NotFound."""
    demand_read(actor=actor)
    everyone = people.people(actor=actor, here_on=on)
    parts = _parts(actor=actor, everyone=everyone, on=on)
    _note(actor, "health.list.read", actor.org_id, {}, now)
    return [(part.person, part.clear) for part in parts]


@transaction.atomic
def of_person(*, actor: Actor, person_id: UUID, on: date, now: datetime) -> PersonHealth:
    """A person's restricted part. Raises NotFound."""
    demand_read(actor=actor)
    one = people.person(actor=actor, person_id=person_id)
    [part] = _parts(actor=actor, everyone=[one], on=on)
    _note(actor, "health.record.read", one.id, {"name": one.name}, now)
    return part


@transaction.atomic
def for_pack(*, actor: Actor, person_ids: Collection[UUID], on: date, now: datetime) -> list[PersonHealth]:
    """The restricted parts of several people as of a day, for a pack's separate restricted file, in the order asked.

    Raises NotFound without the permission, or when one of them is not the actor's to see.
    """
    demand_read(actor=actor)
    everyone = [people.person(actor=actor, person_id=one) for one in person_ids]
    parts = _parts(actor=actor, everyone=everyone, on=on)
    for one in everyone:
        _note(actor, "health.record.packed", one.id, {"name": one.name}, now)
    return parts


@transaction.atomic
def record(*, actor: Actor, record_id: UUID, now: datetime) -> tuple[UUID, Record]:
    """(person id, one record that is not closed). Raises NotFound."""
    demand_read(actor=actor)
    row, opened = open_record(actor=actor, record_id=record_id)
    person = people.person(actor=actor, person_id=row.person_id)
    _note(actor, "health.record.read", person.id, {"name": person.name}, now)
    return person.id, opened


@transaction.atomic
def file(*, actor: Actor, file_id: UUID, now: datetime) -> StoredFile:
    """A file of somebody whom the actor may see. Raises NotFound."""
    demand_read(actor=actor)
    row = HealthFile.objects.filter(org_id=actor.org_id, id=file_id).first()
    vault = vault_of(org_id=actor.org_id)
    if row is None or vault is None:
        raise NotFound
    person = people.person(actor=actor, person_id=row.person_id)
    _note(actor, "health.file.read", person.id, {"name": person.name}, now)
    return StoredFile(*vault.file(row))


def open_record(*, actor: Actor, record_id: UUID) -> tuple[HealthRecord, Record]:
    """A row of the actor's firm that is not closed, and what is in it, for this room's own use. Raises NotFound."""
    row = HealthRecord.objects.filter(org_id=actor.org_id, id=record_id, superseded_at=None).first()
    vault = vault_of(org_id=actor.org_id)
    if row is None or vault is None:
        raise NotFound
    people.person(actor=actor, person_id=row.person_id)  # of another site: not there
    return row, _opened(vault, row)


def _parts(*, actor: Actor, everyone: list[Any], on: date) -> list[PersonHealth]:
    if (actor.read_from and on < actor.read_from) or (actor.read_until and on > actor.read_until):
        raise NotFound  # an auditor may ask for some days only
    vault = vault_of(org_id=actor.org_id)
    if vault is None:
        return [PersonHealth(one, None, ()) for one in everyone]
    terms = terms_on(vault=vault, on=on, known_at=None)
    positions = positions_on(org_id=actor.org_id, on=on, known_at=None)
    rows = records_of(org_id=actor.org_id, person_ids=[one.id for one in everyone], known_at=None)
    parts = []
    for one in everyone:
        records = [_opened(vault, row) for row in rows.get(one.id, ())]
        mine = positions.get(one.id, set())
        shown = [record.shown for record in records]
        clear = rules.clear_until(asked=terms.values(), shown=shown, positions=mine, on=on)
        parts.append(PersonHealth(one, clear, _lines(terms, records, mine, on)))
    return parts


def _lines(terms: dict[UUID, Terms], records: list[Record], positions: set[UUID], on: date) -> tuple[Line, ...]:
    lines = []
    for asked in sorted(terms.values(), key=lambda one: str(one.names)):
        mine = [one for one in records if one.shown.item_id == asked.item_id]
        needed = asked.applies(positions=positions)
        if not needed and not mine:
            continue
        best = rules.best(shown=[one.shown for one in mine], on=on)
        found = next((one for one in mine if one.shown == best), None)
        lines.append(Line(asked, needed, found, best is not None and best.counts(on=on), tuple(reversed(mine))))
    return tuple(lines)


def _opened(vault: Vault, row: HealthRecord) -> Record:
    opened = vault.record(row)
    return Record(row.id, opened.shown, opened.note, opened.file_id, row.recorded_at, row.recorded_by)


def _note(actor: Actor, event: str, subject: UUID, data: dict[str, str], now: datetime) -> None:
    journal.write(
        org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event=event, subject_id=subject, data=data, now=now
    )
