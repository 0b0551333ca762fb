"""What somebody was asked for before their first day, what came, and how long it took."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from uuid import UUID

from django.db.models import QuerySet

from skillmark.errors import NotFound
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor, digest
from skillmark.rooms.skills.rules import Trust
from skillmark.rooms.talent import rules
from skillmark.rooms.talent.models import Brought, StartList
from skillmark.rooms.talent.queries.board import row_of
from skillmark.rooms.talent.queries.world import World
from skillmark.rooms.talent.rules import Row, Turn, Way

FEWEST = 5
"""Of fewer, a number in the middle would tell about somebody."""


@dataclass(frozen=True, slots=True)
class Taken:
    """How many lists came so far, and how long the one in the middle took since it was made; None below five of them."""

    count: int
    middle: timedelta | None


@dataclass(frozen=True, slots=True)
class StartTimes:
    """Facts about starting, without names: lists made, opened, answered for the first time, and with nothing left to bring."""

    made: int
    opened: Taken
    answered: Taken
    complete: Taken


def start_lists(*, actor: Actor, person_id: UUID | None = None) -> list[StartList]:
    """Every list of the people whom the actor may see, newest first, each with what was `brought`. Raises NotFound."""
    found = _seen(actor)
    if person_id is not None:
        found = found.filter(person_id__in=people.ids_of(actor=actor, person_id=person_id))
    return list(found)


def start_list(*, actor: Actor, start_list_id: UUID) -> StartList:
    """One list, with what was `brought`. Raises NotFound."""
    found = _seen(actor).filter(id=start_list_id).first()
    if found is None:
        raise NotFound
    return found


def start_list_behind(*, token: str) -> StartList:
    """The list that a link was made for, whatever became of it. The token is the permission. Raises NotFound."""
    found = StartList.objects.filter(token_hash=digest(token)).select_related("person", "org").first()
    if found is None:
        raise NotFound
    return found


def start_row(*, actor: Actor, found: StartList, now: datetime) -> Row:
    """How the person stands on their first day, and after it has come: today. Raises NotFound."""
    day = max(found.starts_on, people.today(actor=actor, now=now))
    return row_of(actor=actor, person_id=found.person_id, on=day)


def turns(*, actor: Actor, found: StartList, now: datetime, row: Row | None = None) -> dict[UUID, Turn]:
    """By item of the list, in its order: whose turn it is. `row`: as `start_row` tells, if it is known already."""
    row = row or start_row(actor=actor, found=found, now=now)
    came = list(found.brought.all())
    doubted = {one.item_id for one in came if one.doubt and one.settled_at is None}
    said = {one.item_id for one in came if one.way == Way.SAID}
    return {
        item_id: rules.turn(cell=row.cells.get(item_id), in_doubt=item_id in doubted, said=item_id in said)
        for item_id in map(UUID, found.items)
    }


def enough(*, actor: Actor, found: StartList, now: datetime) -> dict[UUID, Trust]:
    """By item that the person needs: the least level of trust that will do, by its rule and by what asks for it."""
    day = max(found.starts_on, people.today(actor=actor, now=now))
    one = people.person(actor=actor, person_id=found.person_id)
    return {need.item_id: need.restraint.trust for need in World(actor, day, None).needs_of(one.id, one.hired_on)}


def brought(*, actor: Actor, brought_id: UUID) -> Brought:
    """One thing that came by a list of somebody whom the actor may see. Raises NotFound."""
    found = Brought.objects.filter(start_list__org_id=actor.org_id, id=brought_id).select_related("start_list", "item").first()
    if found is None:
        raise NotFound
    people.person(actor=actor, person_id=found.start_list.person_id)
    return found


def start_times(*, actor: Actor) -> StartTimes:
    """How long starting takes here. A list that somebody took back before anything came does not count."""
    lists = [one for one in _seen(actor) if one.closed_at is None or one.answered_at is not None]
    return StartTimes(
        made=len(lists), opened=_taken(lists, "opened_at"), answered=_taken(lists, "answered_at"),
        complete=_taken(lists, "complete_at"),
    )  # fmt: skip


def _taken(lists: Sequence[StartList], moment: str) -> Taken:
    took = [getattr(one, moment) - one.made_at for one in lists if getattr(one, moment) is not None]
    return Taken(len(took), median(took) if len(took) >= FEWEST else None)


def _seen(actor: Actor) -> QuerySet[StartList]:
    found = StartList.objects.filter(org_id=actor.org_id)
    seen = people.seen_ids(actor=actor)
    if seen is not None:
        found = found.filter(person_id__in=seen)
    return found.select_related("person", "org").prefetch_related("brought__item")
