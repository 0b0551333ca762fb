"""Ask about the people who work here. A supervisor of one site gets no answer about the people of another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from skillmark.errors import NotFound
from skillmark.rooms.people.models import Absence, Assignment, FormerName, Person, User
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.people.rules.names import Part, fold, sort_key

Row = TypeVar("Row", Assignment, Absence)


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody works on a day: an assignment in force."""

    person_id: UUID
    position_id: UUID | None
    site_id: UUID | None
    shift_id: UUID | None
    contract: str
    starts: date
    ends: date | None


def people(
    *, actor: Actor, search: str = "", here_on: date | None = None, part: Part = Part.FIRST, known_at: datetime | None = None
) -> list[Person]:  # fmt: skip
    """The firm's people in the order of a part of their names; `here_on` leaves out who has left by that day.

    `known_at`: those who were written down by then, with whoever was joined with somebody only later.

    `search` finds every word of it in the names that they have or had, or in their number, with or without accents; of two
    that were merged, by the names of both.
    """
    found = _seen_by(actor, merged=known_at is not None)
    if known_at is not None:
        found = found.filter(Q(merged_into=None) | Q(merged_at__gt=known_at), created_at__lte=known_at)
    if here_on is not None:
        found = found.filter(Q(left_on=None) | Q(left_on__gte=here_on))
    for word in fold(search).split():
        joined = Person.objects.filter(merged_into=OuterRef("id"), search_name__contains=word)
        found = found.filter(Q(search_name__contains=word) | Exists(joined))
    return sorted(found, key=lambda one: (sort_key(one.name, part), one.created_at))


def namesakes(*, actor: Actor, name: str) -> list[Person]:
    """The actor's people who are, or were once, called the same, whatever the accents."""
    wanted = fold(name)
    return [one for one in people(actor=actor, search=name) if wanted in one.search_name.split(" | ")] if wanted else []


def person(*, actor: Actor, person_id: UUID) -> Person:
    """One of the firm's people; of two that were merged, the one that stayed. Raises NotFound."""
    found = _seen_by(actor, merged=True).filter(id=person_id).select_related("merged_into").first()
    if found is None:
        raise NotFound
    return found.merged_into or found


def people_by_id(*, actor: Actor, person_ids: Iterable[UUID]) -> dict[UUID, Person]:
    """Several of the firm's people by the id that was asked for; of two that were merged, the one that stayed. Those who
    are not there, or not the actor's, are left out."""
    found = _seen_by(actor, merged=True).filter(id__in=list(person_ids)).select_related("merged_into")
    return {one.id: one.merged_into or one for one in found}


def known_as(*, actor: Actor) -> list[Person]:
    """As whom the firms on this server know the person whose own space this is, each with its `org`; by the firm's name."""
    found = Person.objects.filter(own_org_id=actor.org_id).select_related("org", "merged_into__org")
    stayed = {one.id: one for one in (row.merged_into or row for row in found)}
    return sorted(stayed.values(), key=lambda one: (one.org.name, one.created_at))


def seen_ids(*, actor: Actor) -> QuerySet[Person, UUID] | None:
    """The ids of everyone whom the actor may see, for the rooms above to narrow their answers by; None: everyone.

    Who was merged into somebody is among them.
    """
    if not actor.sites:
        return None
    seen = _seen_by(actor).values("id")
    return Person.objects.filter(Q(id__in=seen) | Q(merged_into_id__in=seen)).values_list("id", flat=True)


def ids_of(*, actor: Actor, person_id: UUID) -> list[UUID]:
    """The person's id and those of whoever was merged into them. Raises NotFound."""
    stayed = person(actor=actor, person_id=person_id)
    return [stayed.id, *Person.objects.filter(merged_into=stayed).values_list("id", flat=True)]


def merged(*, actor: Actor, known_at: datetime | None = None) -> dict[UUID, UUID]:
    """For everyone who was merged into somebody, by `known_at` if it is given, whom."""
    found = Person.objects.filter(org_id=actor.org_id).exclude(merged_into=None)
    if known_at is not None:
        found = found.filter(merged_at__lte=known_at)
    return dict(found.values_list("id", "merged_into_id"))


def merged_of(*, actor: Actor, person_id: UUID) -> list[Person]:
    """The records that were joined with this person's, the latest first. Raises NotFound."""
    return list(Person.objects.filter(merged_into=person(actor=actor, person_id=person_id)).order_by("-merged_at"))


def former_names(*, actor: Actor, person_id: UUID) -> list[FormerName]:
    """What somebody was called before, oldest first. Raises NotFound."""
    return list(FormerName.objects.filter(person_id__in=ids_of(actor=actor, person_id=person_id)))


def names_at(*, actor: Actor, moment: datetime) -> dict[UUID, str]:
    """What people were called at a moment, by id, of those who are called something else now."""
    found = FormerName.objects.filter(person__org_id=actor.org_id, until__gt=moment).order_by("-until")
    return dict(found.values_list("person_id", "name"))


def other_names(*, actor: Actor) -> dict[UUID, list[str]]:
    """By person: everything they were called before, and what those were called who were merged into them."""
    names: dict[UUID, list[str]] = {}
    gone = Person.objects.filter(org_id=actor.org_id).exclude(merged_into=None)
    for person_id, name in gone.values_list("merged_into_id", "name"):
        names.setdefault(person_id, []).append(name)
    stayed = merged(actor=actor)
    former = FormerName.objects.filter(person__org_id=actor.org_id)
    for person_id, name in former.values_list("person_id", "name"):
        names.setdefault(stayed.get(person_id, person_id), []).append(name)
    return names


def assignments(*, actor: Actor, person_id: UUID) -> list[Assignment]:
    """Where somebody works and worked, as known now, oldest first. Raises NotFound."""
    found = Assignment.objects.filter(
        org_id=actor.org_id, person_id__in=ids_of(actor=actor, person_id=person_id), superseded_at=None
    )
    return list(found.select_related("position", "site", "shift"))


def places(*, actor: Actor, on: date, known_at: datetime, past: bool = False) -> list[Place]:
    """Every assignment in force on a day, as it was known at a moment; of the actor's sites only.

    `past`: those of all sites that began by that day, also where they have ended, to tell since when somebody does what.
    """
    found = _known(Assignment.objects.filter(org_id=actor.org_id), known_at).filter(starts__lte=on)
    if not past:
        found = found.filter(Q(ends=None) | Q(ends__gte=on))
    if actor.sites and not past:
        found = found.filter(site_id__in=actor.sites)
    columns = ("person_id", "position_id", "site_id", "shift_id", "contract", "starts", "ends")
    return [Place(*row) for row in found.order_by("starts", "recorded_at").values_list(*columns)]


def absent(*, actor: Actor, on: date, known_at: datetime) -> set[UUID]:
    """Which of the actor's people are not here on a day; whoever was merged into somebody is counted as them."""
    found = _known(Absence.objects.filter(org_id=actor.org_id), known_at).filter(starts__lte=on, ends__gte=on)
    seen = seen_ids(actor=actor)
    if seen is not None:
        found = found.filter(person_id__in=seen)
    joined = merged(actor=actor, known_at=known_at)
    return {joined.get(one, one) for one in found.values_list("person_id", flat=True)}


def absences(*, actor: Actor, person_id: UUID) -> list[Absence]:
    """A person's days away, as known now. Raises NotFound."""
    ids = ids_of(actor=actor, person_id=person_id)
    return list(Absence.objects.filter(org_id=actor.org_id, person_id__in=ids, superseded_at=None))


def names_of(*, actor: Actor, person_ids: Iterable[UUID], known_at: datetime | None = None) -> dict[UUID, str]:
    """Names by id, of the actor's people; with `known_at` the names that they had at that moment."""
    ids = list(person_ids)
    names = dict(_seen_by(actor, merged=True).filter(id__in=ids).values_list("id", "name"))
    if known_at is not None:
        later = FormerName.objects.filter(person_id__in=names, until__gt=known_at).order_by("-until")
        names |= dict(later.values_list("person_id", "name"))  # the earliest change after that moment comes last, and stays
    return names


def is_self(*, actor: Actor, person_id: UUID) -> bool:
    """Whether the actor and a person of the firm are the same human, as far as it can be known. Raises NotFound.

    Nothing ties an account to a person, so it is told by the e-mail address, and else by the name (as a search folds it),
    also by a former one. Two of one name are told apart by e-mail addresses that differ.
    """
    found = person(actor=actor, person_id=person_id)
    user = User.objects.filter(id=actor.user_id).first() if actor.user_id is not None else None
    if user is None:
        return False
    emails = {one.strip().casefold() for one in (user.email or "", found.email) if one.strip()}
    if user.email and found.email:
        return len(emails) == 1
    names = [found.name, *(one.name for one in former_names(actor=actor, person_id=found.id))]
    return fold(user.name) in {fold(one) for one in names}


def _seen_by(actor: Actor, *, merged: bool = False) -> QuerySet[Person]:
    """The people whom the actor may see: a site's supervisor those who work there, or did last."""
    found = Person.objects.filter(org_id=actor.org_id)
    if not merged:
        found = found.filter(merged_into=None)
    if actor.sites:
        later = Assignment.objects.filter(person=OuterRef("person"), superseded_at=None, starts__gt=OuterRef("ends"))
        if actor.today is not None:
            later = later.filter(starts__lte=actor.today)
        there = Assignment.objects.filter(~Exists(later), org_id=actor.org_id, superseded_at=None, site_id__in=actor.sites)
        found = found.filter(Q(id__in=there.values("person_id")) | Q(merged__id__in=there.values("person_id"))).distinct()
    return found


def _known(found: QuerySet[Row], known_at: datetime) -> QuerySet[Row]:
    return found.filter(recorded_at__lte=known_at).filter(Q(superseded_at=None) | Q(superseded_at__gt=known_at))
