"""Ask about the people who work here. A supervisor of one site gets no answer about the people of another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from skillmark.errors import NotFound
from skillmark.rooms.people.models import Absence, Assignment, FormerName, Person
from skillmark.rooms.people.rules import Actor

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


def people(*, actor: Actor, search: str = "", also_left: bool = True) -> list[Person]:
    """The firm's people by name; `search` matches a part of the name they have or had, or their number."""
    found = _seen_by(actor)
    if not also_left:
        found = found.filter(left_on=None)
    if words := search.strip():
        matches = Q(name__icontains=words) | Q(number__iexact=words) | Q(former_names__name__icontains=words)
        found = found.filter(matches).distinct()
    return list(found)


def person(*, actor: Actor, person_id: UUID) -> Person:
    """One of the firm's people; of two that were merged, the one that stayed. Raises NotFound."""
    found = _seen_by(actor, merged=True).filter(id=person_id).select_related("merged_into").first()
    if found is None:
        raise NotFound
    return found.merged_into or found


def ids_of(*, actor: Actor, person_id: UUID) -> list[UUID]:
    """The person's id and those of whoever was merged into them. Raises NotFound."""
    stayed = person(actor=actor, person_id=person_id)
    return [stayed.id, *Person.objects.filter(merged_into=stayed).values_list("id", flat=True)]


def merged(*, actor: Actor) -> dict[UUID, UUID]:
    """For everyone who was merged into somebody, whom."""
    found = Person.objects.filter(org_id=actor.org_id).exclude(merged_into=None)
    return dict(found.values_list("id", "merged_into_id"))


def former_names(*, actor: Actor, person_id: UUID) -> list[FormerName]:
    """What somebody was called before, oldest first. Raises NotFound."""
    return list(FormerName.objects.filter(person_id__in=ids_of(actor=actor, person_id=person_id)))


def assignments(*, actor: Actor, person_id: UUID) -> list[Assignment]:
    """Where somebody works and worked, as known now, oldest first. Raises NotFound."""
    found = Assignment.objects.filter(
        org_id=actor.org_id, person_id__in=ids_of(actor=actor, person_id=person_id), superseded_at=None
    )
    return list(found.select_related("position", "site", "shift"))


def places(*, actor: Actor, on: date, known_at: datetime) -> list[Place]:
    """Every assignment in force on a day, as it was known at a moment; of the actor's sites only."""
    found = _known(Assignment.objects.filter(org_id=actor.org_id), known_at).filter(starts__lte=on)
    found = found.filter(Q(ends=None) | Q(ends__gte=on))
    if actor.sites:
        found = found.filter(site_id__in=actor.sites)
    columns = ("person_id", "position_id", "site_id", "shift_id", "contract", "starts", "ends")
    return [Place(*row) for row in found.order_by("starts", "recorded_at").values_list(*columns)]


def absent(*, actor: Actor, on: date, known_at: datetime) -> set[UUID]:
    """Who is not here on a day."""
    found = _known(Absence.objects.filter(org_id=actor.org_id), known_at).filter(starts__lte=on, ends__gte=on)
    return set(found.values_list("person_id", flat=True))


def absences(*, actor: Actor, person_id: UUID) -> list[Absence]:
    """A person's days away, as known now. Raises NotFound."""
    ids = ids_of(actor=actor, person_id=person_id)
    return list(Absence.objects.filter(org_id=actor.org_id, person_id__in=ids, superseded_at=None))


def names_of(*, actor: Actor, person_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Names by id, of the actor's people."""
    return dict(_seen_by(actor, merged=True).filter(id__in=list(person_ids)).values_list("id", "name"))


def _seen_by(actor: Actor, *, merged: bool = False) -> QuerySet[Person]:
    """The people whom the actor may see: a site's supervisor those who work there, or did last."""
    found = Person.objects.filter(org_id=actor.org_id)
    if not merged:
        found = found.filter(merged_into=None)
    if actor.sites:
        later = Assignment.objects.filter(person=OuterRef("person"), superseded_at=None, starts__gt=OuterRef("ends"))
        there = Assignment.objects.filter(~Exists(later), org_id=actor.org_id, superseded_at=None, site_id__in=actor.sites)
        found = found.filter(Q(id__in=there.values("person_id")) | Q(merged__id__in=there.values("person_id"))).distinct()
    return found


def _known(found: QuerySet[Row], known_at: datetime) -> QuerySet[Row]:
    return found.filter(recorded_at__lte=known_at).filter(Q(superseded_at=None) | Q(superseded_at__gt=known_at))
