"""Sites, shifts and positions, and who works where. Nothing is overwritten: a change closes one row and opens another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from uuid import UUID
from zoneinfo import available_timezones

from django.db import transaction
from django.db.models import Q

from skillmark.errors import DomainError, NotFound
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import queries
from skillmark.rooms.people.models import Absence, Assignment, Person, Position, Shift, Site
from skillmark.rooms.people.operations.permission import demand
from skillmark.rooms.people.rules import Actor, DateOrder

MAX_NAME = 200
MAX_SHIFT_NAME = 100


class CannotPlace(DomainError):
    """A site, shift, position or assignment cannot be kept as typed."""


@transaction.atomic
def add_site(*, actor: Actor, name: str, now: datetime, time_zone: str = "", date_order: str = "") -> Site:
    """Add a site; its time zone and order of dates are the first site's unless given.

    Raises CannotPlace (`site.name_missing`, `setup.time_zone`), CannotDo.
    """
    demand(actor=actor, action="settings.change")
    first = queries.site(actor=actor)
    if time_zone and time_zone not in available_timezones():
        raise CannotPlace("setup.time_zone")
    site = Site.objects.create(
        org_id=actor.org_id, name=_clean(name, "site.name_missing"), time_zone=time_zone or first.time_zone,
        date_order=DateOrder(date_order or first.date_order),
    )  # fmt: skip
    _note(actor, site.id, "people.site.added", {"name": site.name}, now)
    return site


@transaction.atomic
def change_site(*, actor: Actor, site_id: UUID, name: str, time_zone: str, date_order: str, now: datetime) -> Site:
    """Rename a site, or say again where it is.

    Raises NotFound, CannotPlace (`site.name_missing`, `setup.time_zone`), CannotDo.
    """
    demand(actor=actor, action="settings.change")
    site = _mine(Site, actor, site_id)
    if time_zone not in available_timezones():
        raise CannotPlace("setup.time_zone")
    site.name, site.time_zone, site.date_order = _clean(name, "site.name_missing"), time_zone, DateOrder(date_order)
    site.save(update_fields=["name", "time_zone", "date_order"])
    _note(actor, site.id, "people.site.changed", {"name": site.name}, now)
    return site


@transaction.atomic
def archive_site(*, actor: Actor, site_id: UUID, now: datetime) -> None:
    """Take a site out of the lists; who worked there when stays known.

    Raises NotFound, CannotPlace (`site.last`; `site.in_use` while people work there), CannotDo.
    """
    demand(actor=actor, action="settings.change")
    site = _mine(Site, actor, site_id)
    if not Site.objects.filter(org_id=actor.org_id, archived_at=None).exclude(id=site.id).exists():
        raise CannotPlace("site.last")
    day = queries.today(actor=actor, now=now)
    working = Assignment.objects.filter(site=site, superseded_at=None).filter(Q(ends=None) | Q(ends__gte=day))
    if count := working.values("person_id").distinct().count():
        raise CannotPlace("site.in_use", count=str(count))
    site.archived_at = now
    site.save(update_fields=["archived_at"])
    _note(actor, site.id, "people.site.archived", {"name": site.name}, now)


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
    if position.archived_at is not None:
        return
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
    site = _mine(Site, actor, site_id) if site_id else None
    shift = Shift.objects.create(
        org_id=actor.org_id, site=site, name=_clean(name, "shift.name_missing", most=MAX_SHIFT_NAME), starts_at=starts_at,
        ends_at=ends_at, weekdays=_weekdays(weekdays),
    )  # fmt: skip
    _note(actor, shift.id, "people.shift.added", {"name": shift.name}, now)
    return shift


@transaction.atomic
def change_shift(
    *, actor: Actor, shift_id: UUID, name: str, starts_at: time, ends_at: time, weekdays: str, now: datetime,
    site_id: UUID | None = None,
) -> Shift:  # fmt: skip
    """Change a shift's name, hours, days or site. Raises as `add_shift`."""
    demand(actor=actor, action="item.change")
    shift = _mine(Shift, actor, shift_id)
    shift.site = _mine(Site, actor, site_id) if site_id else None
    shift.name, shift.weekdays = _clean(name, "shift.name_missing", most=MAX_SHIFT_NAME), _weekdays(weekdays)
    shift.starts_at, shift.ends_at = starts_at, ends_at
    shift.save(update_fields=["site", "name", "weekdays", "starts_at", "ends_at"])
    _note(actor, shift.id, "people.shift.changed", {"name": shift.name}, now)
    return shift


@transaction.atomic
def archive_shift(*, actor: Actor, shift_id: UUID, now: datetime) -> None:
    """Take a shift out of the lists; who worked on it when stays known. Raises NotFound, CannotDo."""
    demand(actor=actor, action="item.change")
    shift = _mine(Shift, actor, shift_id)
    shift.archived_at = now
    shift.save(update_fields=["archived_at"])
    _note(actor, shift.id, "people.shift.archived", {"name": shift.name}, now)


@transaction.atomic
def assign(
    *, actor: Actor, person_id: UUID, starts: date, now: datetime, position_id: UUID | None = None,
    site_id: UUID | None = None, shift_id: UUID | None = None, contract: str = "", ends: date | None = None,
    instead: bool = True,
) -> Assignment:  # fmt: skip
    """Put a person in a position, at a site, on a shift, from a day on.

    `instead`: it takes the place of whatever was to hold on these days: that ends the day before, and goes on after `ends`;
    without it the person does both. Raises CannotPlace `assignment.ends_before`, NotFound (also for a place of another
    firm or site), CannotDo.
    """
    demand(actor=actor, action="people.change")
    if ends is not None and ends < starts:
        raise CannotPlace("assignment.ends_before")
    person = queries.person(actor=actor, person_id=person_id)
    return place(
        actor=actor, person=person, position_id=position_id, site_id=site_id, shift_id=shift_id, contract=contract,
        starts=starts, ends=ends, instead=instead, now=now,
    )  # fmt: skip


def place(
    *, actor: Actor, person: Person, position_id: UUID | None, site_id: UUID | None, shift_id: UUID | None, contract: str,
    starts: date, now: datetime, ends: date | None = None, instead: bool = True,
) -> Assignment:  # fmt: skip
    """As `assign`, of somebody who was just found or added. For this room only; call it inside a transaction.

    A supervisor of some sites must name one of them, else the person would be nobody's: CannotPlace `assignment.site_missing`.
    """
    if actor.sites and site_id is None:
        raise CannotPlace("assignment.site_missing")
    if actor.sites and site_id not in actor.sites:
        raise NotFound
    made = Assignment(
        org_id=actor.org_id, person=person, starts=starts, ends=ends, contract=" ".join(contract.split())[:100],
        position=_mine(Position, actor, position_id) if position_id else None,
        site=_mine(Site, actor, site_id) if site_id else None,
        shift=_mine(Shift, actor, shift_id) if shift_id else None,
        recorded_at=now, recorded_by=actor.label,
    )  # fmt: skip
    if instead:
        back_on = None if ends is None else ends + timedelta(days=1)
        end_all(actor=actor, person=person, last=starts - timedelta(days=1), now=now, back_on=back_on)
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
    if old.superseded_at is not None or (actor.sites and old.site_id is not None and old.site_id not in actor.sites):
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
    if absence.superseded_at is not None:
        raise NotFound
    absence.superseded_at = now
    absence.save(update_fields=["superseded_at"])
    _note(actor, person.id, "people.absence.taken_back", {"name": person.name}, now)


def end_all(*, actor: Actor, person: Person, last: date, now: datetime, back_on: date | None = None) -> None:
    """Let everything that a person does end on `last`, also under records joined with theirs. For this room only.

    `back_on`: what would have gone on until then goes on from that day.

    A supervisor of some sites ends what is done there; of another site somebody else decides.
    """
    there = Assignment.objects.filter(Q(person=person) | Q(person__merged_into=person), superseded_at=None)
    if actor.sites:
        there = there.filter(Q(site=None) | Q(site_id__in=actor.sites))
    for old in there.filter(Q(ends=None) | Q(ends__gt=last)):
        if back_on is not None and old.starts >= back_on:
            continue
        _end(old, last=last, actor=actor, now=now)
        if back_on is not None and (old.ends is None or old.ends >= back_on):
            _again(old, back_on, old.ends, actor=actor, now=now)


def go_on(*, actor: Actor, person: Person, ended_at: datetime, now: datetime) -> None:
    """Let what `end_all` ended at that moment go on as it was; what was changed since stays as it is. For this room only."""
    rows = Assignment.objects.filter(Q(person=person) | Q(person__merged_into=person))
    # By the day as well: in a made-up firm, whose clock stands still, many things happen at one moment.
    shorter = list(rows.filter(recorded_at=ended_at, superseded_at=None, ends=person.left_on))
    # The newest first: where the last day was moved, what had ended on the day before that is older.
    for old in list(rows.filter(superseded_at=ended_at).order_by("-recorded_at")):
        twin = next((one for one in shorter if _is_twin(one, old)), None)
        if twin is not None:
            shorter.remove(twin)
            Assignment.objects.filter(id=twin.id).update(superseded_at=now)
        elif person.left_on is None or old.starts <= person.left_on:
            continue  # somebody has said something else of these days since
        _again(old, old.starts, old.ends, actor=actor, now=now)


def _is_twin(shorter: Assignment, old: Assignment) -> bool:
    """Whether this row is what was left of the other when it was made to end."""
    same = ("person_id", "position_id", "site_id", "shift_id", "contract", "starts")
    return all(getattr(shorter, name) == getattr(old, name) for name in same)


def _end(old: Assignment, *, last: date, actor: Actor, now: datetime) -> None:
    """Close the row and write its shorter twin; one that would end before it began is closed alone."""
    if not Assignment.objects.filter(id=old.id, superseded_at=None).update(superseded_at=now):
        raise NotFound  # somebody else changed it a moment ago
    if last >= old.starts:
        _again(old, old.starts, last, actor=actor, now=now)


def _again(old: Assignment, starts: date, ends: date | None, *, actor: Actor, now: datetime) -> None:
    Assignment.objects.create(
        org_id=old.org_id, person_id=old.person_id, position_id=old.position_id, site_id=old.site_id,
        shift_id=old.shift_id, contract=old.contract, starts=starts, ends=ends, recorded_at=now, recorded_by=actor.label,
    )  # fmt: skip


def _weekdays(typed: str) -> str:
    if not typed or set(typed) - set("1234567"):
        raise CannotPlace("shift.weekdays")
    return "".join(sorted(set(typed)))


def _clean(name: str, code: str, *, most: int = MAX_NAME) -> str:
    name = " ".join(name.split())
    if not name or len(name) > most:
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
