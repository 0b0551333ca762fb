"""Sites, shifts and positions, and who works where. Nothing is overwritten: a change closes one row and opens another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from skillmark.errors import DomainError, NotFound
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import queries
from skillmark.rooms.people.models import Absence, Assignment, Position, Shift, Site
from skillmark.rooms.people.operations.permission import demand
from skillmark.rooms.people.rules import Actor

MAX_NAME = 200


class CannotPlace(DomainError):
    """A site, shift, position or assignment cannot be kept as typed."""


@transaction.atomic
def add_site(*, actor: Actor, name: str, now: datetime, time_zone: str = "", date_order: str = "") -> Site:
    """Add a site; its time zone and order of dates are the first site's unless given. Raises CannotPlace, CannotDo."""
    demand(actor=actor, action="settings.change")
    first = queries.site(actor=actor)
    site = Site.objects.create(
        org_id=actor.org_id, name=_clean(name, "site.name_missing"), time_zone=time_zone or first.time_zone,
        date_order=date_order or first.date_order,
    )  # fmt: skip
    _note(actor, site.id, "people.site.added", {"name": site.name}, now)
    return site


@transaction.atomic
def add_position(*, actor: Actor, names: Mapping[str, str], now: datetime, origin: str = "") -> Position:
    """Add a position; `names` by language, one is enough. Raises CannotPlace `position.name_missing`, CannotDo."""
    demand(actor=actor, action="item.change")
    cleaned = {language: _clean(name, "position.name_missing") for language, name in names.items() if name.strip()}
    if not cleaned:
        raise CannotPlace("position.name_missing")
    position = Position.objects.create(org_id=actor.org_id, names=cleaned, origin=origin, created_at=now)
    _note(actor, position.id, "people.position.added", {"name": str(position)}, now)
    return position


@transaction.atomic
def change_position(*, actor: Actor, position_id: UUID, names: Mapping[str, str], now: datetime) -> Position:
    """Rename a position. Raises NotFound, CannotPlace, CannotDo."""
    demand(actor=actor, action="item.change")
    position = _mine(Position, actor, position_id)
    cleaned = {language: _clean(name, "position.name_missing") for language, name in names.items() if name.strip()}
    if not cleaned:
        raise CannotPlace("position.name_missing")
    position.names = cleaned
    position.save(update_fields=["names"])
    _note(actor, position.id, "people.position.changed", {"name": str(position)}, now)
    return position


@transaction.atomic
def archive_position(*, actor: Actor, position_id: UUID, now: datetime) -> None:
    """Take a position out of the lists; who held it when stays known. Raises NotFound, CannotDo."""
    demand(actor=actor, action="item.change")
    position = _mine(Position, actor, position_id)
    position.archived_at = now
    position.save(update_fields=["archived_at"])
    _note(actor, position.id, "people.position.archived", {"name": str(position)}, now)


@transaction.atomic
def add_shift(
    *, actor: Actor, name: str, starts_at: time, ends_at: time, now: datetime, weekdays: str = "12345",
    site_id: UUID | None = None,
) -> Shift:  # fmt: skip
    """Add a shift; one that ends before it starts runs over midnight. Raises CannotPlace, NotFound, CannotDo."""
    demand(actor=actor, action="item.change")
    if not weekdays or set(weekdays) - set("1234567"):
        raise CannotPlace("shift.weekdays")
    site = _mine(Site, actor, site_id) if site_id else None
    shift = Shift.objects.create(
        org_id=actor.org_id, site=site, name=_clean(name, "shift.name_missing"), starts_at=starts_at, ends_at=ends_at,
        weekdays="".join(sorted(set(weekdays))),
    )  # fmt: skip
    _note(actor, shift.id, "people.shift.added", {"name": shift.name}, now)
    return shift


@transaction.atomic
def assign(
    *, actor: Actor, person_id: UUID, starts: date, now: datetime, position_id: UUID | None = None,
    site_id: UUID | None = None, shift_id: UUID | None = None, contract: str = "", ends: date | None = None,
    instead: bool = True,
) -> Assignment:  # fmt: skip
    """Put a person in a position, at a site, on a shift, from a day on.

    `instead`: what was in force on that day ends the day before; without it the person does both. Raises CannotPlace
    `assignment.ends_before`, NotFound (also for a place of another firm or site), CannotDo.
    """
    demand(actor=actor, action="people.change")
    if ends is not None and ends < starts:
        raise CannotPlace("assignment.ends_before")
    person = queries.person(actor=actor, person_id=person_id)
    if actor.sites and site_id is not None and site_id not in actor.sites:
        raise NotFound
    made = Assignment(
        org_id=actor.org_id, person=person, starts=starts, ends=ends, contract=" ".join(contract.split())[:100],
        position=_mine(Position, actor, position_id) if position_id else None,
        site=_mine(Site, actor, site_id) if site_id else None,
        shift=_mine(Shift, actor, shift_id) if shift_id else None,
        recorded_at=now, recorded_by=actor.label,
    )  # fmt: skip
    if instead:
        for old in queries.assignments(actor=actor, person_id=person.id):
            if old.ends is None or old.ends >= starts:
                _end(old, last=starts - timedelta(days=1), actor=actor, now=now)
    made.save()
    facts = {"name": person.name, "position": str(made.position or ""), "from": starts.isoformat()}
    _note(actor, person.id, "people.assignment.made", facts, now)
    return made


@transaction.atomic
def end_assignment(*, actor: Actor, assignment_id: UUID, last: date, now: datetime) -> None:
    """Let an assignment end on `last`. Raises NotFound, CannotPlace `assignment.ends_before`, CannotDo."""
    demand(actor=actor, action="people.change")
    old = _mine(Assignment, actor, assignment_id)
    person = queries.person(actor=actor, person_id=old.person_id)
    if old.superseded_at is not None:
        raise NotFound
    if last < old.starts:
        raise CannotPlace("assignment.ends_before")
    _end(old, last=last, actor=actor, now=now)
    _note(actor, person.id, "people.assignment.ended", {"name": person.name, "last": last.isoformat()}, now)


@transaction.atomic
def note_absence(*, actor: Actor, person_id: UUID, starts: date, ends: date, now: datetime) -> Absence:
    """Note days on which a person is not here; no reason is asked. Raises NotFound, CannotPlace, CannotDo."""
    demand(actor=actor, action="people.change")
    if ends < starts:
        raise CannotPlace("assignment.ends_before")
    person = queries.person(actor=actor, person_id=person_id)
    made = Absence.objects.create(
        org_id=actor.org_id, person=person, starts=starts, ends=ends, recorded_at=now, recorded_by=actor.label
    )
    facts = {"name": person.name, "from": starts.isoformat(), "to": ends.isoformat()}
    _note(actor, person.id, "people.absence.noted", facts, now)
    return made


@transaction.atomic
def end_absence(*, actor: Actor, absence_id: UUID, now: datetime) -> None:
    """Take days away back. Raises NotFound, CannotDo."""
    demand(actor=actor, action="people.change")
    absence = _mine(Absence, actor, absence_id)
    person = queries.person(actor=actor, person_id=absence.person_id)
    absence.superseded_at = now
    absence.save(update_fields=["superseded_at"])
    _note(actor, person.id, "people.absence.taken_back", {"name": person.name}, now)


def _end(old: Assignment, *, last: date, actor: Actor, now: datetime) -> None:
    """Close the row and write its shorter twin; one that would end before it began is closed alone."""
    Assignment.objects.filter(id=old.id, superseded_at=None).update(superseded_at=now)
    if last >= old.starts:
        Assignment.objects.create(
            org_id=old.org_id, person_id=old.person_id, position_id=old.position_id, site_id=old.site_id,
            shift_id=old.shift_id, contract=old.contract, starts=old.starts, ends=last, recorded_at=now,
            recorded_by=actor.label,
        )  # fmt: skip


def _clean(name: str, code: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > MAX_NAME:
        raise CannotPlace(code)
    return name


Row = TypeVar("Row", Site, Position, Shift, Assignment, Absence)


def _mine(model: type[Row], actor: Actor, id_: UUID) -> Row:
    found = model._default_manager.filter(org_id=actor.org_id, id=id_).first()
    if found is None:
        raise NotFound
    return found


def _note(actor: Actor, subject: UUID, event: str, data: dict[str, str], now: datetime) -> None:
    journal.write(
        org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event=event, subject_id=subject, data=data, now=now
    )
