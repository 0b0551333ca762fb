"""What is asked for on a day, as it was known at a moment."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeVar

from django.db.models import Q, QuerySet

from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.talent.models import Exemption, HeadCount, Requirement

Row = TypeVar("Row", Requirement, HeadCount, Exemption)


def requirements(*, actor: Actor, on: date, known_at: datetime | None = None) -> list[Requirement]:
    """Every requirement of the firm in force on a day."""
    return list(_in_force(Requirement.objects.filter(org_id=actor.org_id), on, known_at))


def head_counts(*, actor: Actor, on: date, known_at: datetime | None = None) -> list[HeadCount]:
    """Every head-count of the firm in force on a day, with site and shift."""
    found = _in_force(HeadCount.objects.filter(org_id=actor.org_id), on, known_at)
    return list(found.select_related("site", "shift"))


def exemptions(*, actor: Actor, on: date, known_at: datetime | None = None) -> list[Exemption]:
    """Every exemption of the actor's people in force on a day."""
    found = _in_force(Exemption.objects.filter(org_id=actor.org_id), on, known_at)
    seen = people.seen_ids(actor=actor)
    return list(found if seen is None else found.filter(person_id__in=seen))


def _in_force(found: QuerySet[Row], on: date, known_at: datetime | None) -> QuerySet[Row]:
    found = found.filter(starts__lte=on).filter(Q(ends=None) | Q(ends__gte=on))
    if known_at is None:
        return found.filter(superseded_at=None)
    return found.filter(recorded_at__lte=known_at).filter(Q(superseded_at=None) | Q(superseded_at__gt=known_at))
