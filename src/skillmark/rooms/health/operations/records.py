"""What people have shown. Nothing is overwritten: a correction closes a row and adds another."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from skillmark.errors import NotFound
from skillmark.rooms.health import queries, rules
from skillmark.rooms.health.models import HealthFile, HealthRecord
from skillmark.rooms.health.operations.support import CannotKeepHealth, clean_note, note, vault
from skillmark.rooms.health.queries.permission import demand_change
from skillmark.rooms.health.queries.reading import open_record
from skillmark.rooms.health.queries.vault import Opened
from skillmark.rooms.health.rules import Shown
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor


@transaction.atomic
def record(
    *, actor: Actor, person_id: UUID, item_id: UUID, obtained: date, now: datetime, today: date, ends: date | None = None,
    about: str = "", file: tuple[str, bytes] | None = None,
) -> UUID:  # fmt: skip
    """Note what a person has shown; its id. `ends` None: what the item's months give. `file` is (name, bytes).

    Raises NotFound without the permission, and for another firm's or site's person or item; CannotKeepHealth
    `health.in_future`, `health.ends_before`, `health.note_too_long`; CannotKeepFile; CannotWrite.
    """
    demand_change(actor=actor)
    person = people.person(actor=actor, person_id=person_id)
    shown = _shown(actor, item_id, obtained, ends, today)
    made = _add(actor, person.id, Opened(shown, clean_note(about), _store(actor, person.id, file, now)), now)
    note(actor=actor, event="health.record.added", subject=person.id, data={"name": person.name}, now=now)
    return made


@transaction.atomic
def correct(
    *, actor: Actor, record_id: UUID, obtained: date, now: datetime, today: date, ends: date | None = None, about: str = "",
    file: tuple[str, bytes] | None = None,
) -> UUID:  # fmt: skip
    """Put a record right; the new one's id. Without a new file the old one stays with it. Raises as `record`."""
    demand_change(actor=actor)
    row, old = open_record(actor=actor, record_id=record_id)
    person = people.person(actor=actor, person_id=row.person_id)
    shown = _shown(actor, old.shown.item_id, obtained, ends, today)
    kept = _store(actor, row.person_id, file, now) or old.file_id
    _close(row, now)
    made = _add(actor, row.person_id, Opened(shown, clean_note(about), kept), now)
    note(actor=actor, event="health.record.corrected", subject=person.id, data={"name": person.name}, now=now)
    return made


@transaction.atomic
def withdraw(*, actor: Actor, record_id: UUID, now: datetime) -> UUID:
    """Take a record back, as one that was entered by mistake; the person's id. Raises NotFound."""
    demand_change(actor=actor)
    row, _ = open_record(actor=actor, record_id=record_id)
    person = people.person(actor=actor, person_id=row.person_id)
    _close(row, now)
    note(actor=actor, event="health.record.withdrawn", subject=person.id, data={"name": person.name}, now=now)
    return person.id


def _shown(actor: Actor, item_id: UUID, obtained: date, ends: date | None, today: date) -> Shown:
    terms = queries.item(actor=actor, item_id=item_id, on=today)
    if obtained > today:
        raise CannotKeepHealth("health.in_future")
    ends = ends or rules.proposed_end(obtained=obtained, months=terms.months)
    if ends is not None and ends < obtained:
        raise CannotKeepHealth("health.ends_before")
    return Shown(item_id, obtained, ends)


def _add(actor: Actor, person_id: UUID, opened: Opened, now: datetime) -> UUID:
    row = HealthRecord(org_id=actor.org_id, person_id=person_id, recorded_at=now, recorded_by=actor.label)
    vault(org_id=actor.org_id).seal_record(row, opened)
    row.save(force_insert=True)
    return row.id


def _close(row: HealthRecord, now: datetime) -> None:
    if not HealthRecord.objects.filter(id=row.id, superseded_at=None).update(superseded_at=now):
        raise NotFound


def _store(actor: Actor, person_id: UUID, file: tuple[str, bytes] | None, now: datetime) -> UUID | None:
    if file is None:
        return None
    name, body = file
    kind = rules.demand_file(body=body)
    row = HealthFile(org_id=actor.org_id, person_id=person_id, stored_at=now)
    vault(org_id=actor.org_id).seal_file(row, name=name[:200], kind=kind, body=body)
    row.save(force_insert=True)
    return row.id
