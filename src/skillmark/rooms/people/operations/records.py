"""A person's record as a whole: they leave and come back, two records are joined and taken apart again, one is deleted."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from skillmark.errors import NotFound
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import queries
from skillmark.rooms.people.models import Absence, FormerName, Member, Person
from skillmark.rooms.people.operations.permission import demand
from skillmark.rooms.people.operations.persons import CannotChangePerson
from skillmark.rooms.people.operations.places import end_all, go_on
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.people.rules.names import fold


@transaction.atomic
def leave(*, actor: Actor, person_id: UUID, last: date, now: datetime) -> Person:
    """Note somebody's last day; what they do here ends with it. No reason is asked.

    Raises NotFound, CannotChangePerson (`person.leaves_before_hired`; `person.works_elsewhere` where a supervisor of some
    sites would decide for another one), CannotDo.
    """
    demand(actor=actor, action="people.change")
    person = queries.person(actor=actor, person_id=person_id)
    places = queries.assignments(actor=actor, person_id=person.id)
    if actor.sites and any(one.ends is None and one.site_id not in actor.sites for one in places):
        raise CannotChangePerson("person.works_elsewhere")
    if person.hired_on is not None and last < person.hired_on:
        raise CannotChangePerson("person.leaves_before_hired")
    if person.left_noted_at is not None:  # another last day than the one that was noted before
        go_on(actor=actor, person=person, ended_at=person.left_noted_at, now=now)
    person.left_on, person.left_noted_at = last, now
    person.save(update_fields=["left_on", "left_noted_at"])
    end_all(actor=actor, person=person, last=last, now=now)
    _note(actor, person, "people.person.left", {"name": person.name, "last": last.isoformat()}, now)
    return person


@transaction.atomic
def take_back_leaving(*, actor: Actor, person_id: UUID, now: datetime) -> Person:
    """The last day was noted by mistake, or they stay: what they did here goes on as if it had not been noted.

    Raises NotFound, CannotChangePerson (`person.not_left`), CannotDo.
    """
    demand(actor=actor, action="people.change")
    person = queries.person(actor=actor, person_id=person_id)
    if person.left_noted_at is None:
        raise CannotChangePerson("person.not_left")
    go_on(actor=actor, person=person, ended_at=person.left_noted_at, now=now)
    person.left_on = person.left_noted_at = None
    person.save(update_fields=["left_on", "left_noted_at"])
    _note(actor, person, "people.person.leaving_taken_back", {"name": person.name}, now)
    return person


@transaction.atomic
def come_back(*, actor: Actor, person_id: UUID, first: date, now: datetime) -> Person:
    """Somebody who left works here again from a day on. The days between are kept as days away, so past days stay true.

    Raises NotFound, CannotChangePerson (`person.not_left`, `person.back_too_early`), CannotDo.
    """
    demand(actor=actor, action="people.change")
    person = queries.person(actor=actor, person_id=person_id)
    if person.left_on is None:
        raise CannotChangePerson("person.not_left")
    if first <= person.left_on:
        raise CannotChangePerson("person.back_too_early", date=person.left_on.isoformat())
    between = (person.left_on + timedelta(days=1), first - timedelta(days=1))
    if between[0] <= between[1]:
        Absence.objects.create(
            org_id=actor.org_id, person=person, starts=between[0], ends=between[1], recorded_at=now, recorded_by=actor.label
        )
    person.left_on = person.left_noted_at = None
    person.save(update_fields=["left_on", "left_noted_at"])
    _note(actor, person, "people.person.came_back", {"name": person.name, "first": first.isoformat()}, now)
    return person


@transaction.atomic
def merge(*, actor: Actor, keep_id: UUID, other_id: UUID, now: datetime) -> Person:
    """Two records are of one person: `other` counts as `keep` from now on, and nothing of either is changed or lost.

    Raises NotFound, CannotChangePerson (`merge.same`, `merge.joined` when others were joined with `other` before), CannotDo.
    """
    demand(actor=actor, action="people.change")
    keep, other = queries.person(actor=actor, person_id=keep_id), queries.person(actor=actor, person_id=other_id)
    if keep.id == other.id:
        raise CannotChangePerson("merge.same")
    if Person.objects.filter(merged_into=other).exists():
        raise CannotChangePerson("merge.joined", name=other.name)
    other.merged_into, other.merged_at = keep, now
    other.save(update_fields=["merged_into", "merged_at"])
    _note(actor, keep, "people.person.merged", {"name": keep.name, "other": other.name, "other_id": str(other.id)}, now)
    return keep


@transaction.atomic
def unmerge(*, actor: Actor, other_id: UUID, now: datetime) -> Person:
    """Take two joined records apart again, each with what was noted under it. Raises NotFound, CannotDo."""
    demand(actor=actor, action="people.change")
    keep = queries.person(actor=actor, person_id=other_id)
    other = Person.objects.filter(org_id=actor.org_id, id=other_id, merged_into=keep).first()
    if other is None:
        raise NotFound
    other.merged_into = other.merged_at = None
    other.save(update_fields=["merged_into", "merged_at"])
    _note(actor, keep, "people.person.unmerged", {"name": keep.name, "other": other.name, "other_id": str(other.id)}, now)
    return other


@transaction.atomic
def forget_person(*, actor: Actor, person_id: UUID, typed_name: str, also: Collection[UUID], now: datetime) -> None:
    """Delete somebody's record for good, and name them nowhere in the journal, which keeps that something happened.

    The rooms above have let go before: `also` are the ids of what they deleted. Raises NotFound, CannotChangePerson
    `forget.other_name`, CannotDo.
    """
    whole = whole_record(actor=actor, person_id=person_id, typed_name=typed_name)
    Person.objects.filter(id__in=whole.ids).delete()
    pseudonym = f"Person {person_id.hex[:6].upper()}"
    journal.pseudonymise(
        org_id=actor.org_id, subject_ids=[*whole.ids, *also], names=whole.names, anywhere=whole.own_names, instead=pseudonym
    )
    journal.write(
        org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event="people.person.forgotten", subject_id=person_id,
        data={"name": pseudonym}, now=now,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Whole:
    """Everything by which one person is known. `own_names` are those that nobody else here bears."""

    ids: list[UUID]
    names: frozenset[str]
    own_names: frozenset[str]


def whole_record(*, actor: Actor, person_id: UUID, typed_name: str) -> Whole:
    """Who is about to be deleted, with everyone joined with them.

    Raises NotFound, CannotDo, CannotChangePerson `forget.other_name` unless the name was typed as it stands.
    """
    demand(actor=actor, action="person.forget")
    person = queries.person(actor=actor, person_id=person_id)
    if fold(typed_name) != fold(person.name):
        raise CannotChangePerson("forget.other_name")
    gone = Person.objects.filter(Q(id=person.id) | Q(merged_into=person))
    ids = list(gone.values_list("id", flat=True))
    names = {*gone.values_list("name", flat=True), *_former(person_id__in=ids)}
    others = Person.objects.filter(org_id=actor.org_id).exclude(id__in=ids)
    borne = {
        *others.values_list("name", flat=True), *_former(person__in=others),
        *Member.objects.filter(org_id=actor.org_id).values_list("user__name", flat=True),
    }  # fmt: skip
    taken = {fold(one) for one in borne}
    return Whole(ids, frozenset(names), frozenset(one for one in names if fold(one) not in taken))


def _former(**narrowed: object) -> Iterable[str]:
    return FormerName.objects.filter(**narrowed).values_list("name", flat=True)


def _note(actor: Actor, person: Person, event: str, data: dict[str, str], now: datetime) -> None:
    journal.write(
        org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event=event, subject_id=person.id, data=data, now=now
    )
