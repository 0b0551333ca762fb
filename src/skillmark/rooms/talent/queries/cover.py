"""Head-counts on a day: for each shift, how many who can are there at the least, and how many that leaves to spare."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.skills import queries as skills
from skillmark.rooms.talent.models import HeadCount
from skillmark.rooms.talent.queries import able, needed
from skillmark.rooms.talent.queries.held import held_by_all
from skillmark.rooms.talent.queries.world import PersonLine, World, demand_day
from skillmark.rooms.talent.rules import cover as rules
from skillmark.rooms.talent.rules.cover import Span

WHOLE_DAY = Span(0, rules.DAY)


@dataclass(frozen=True, slots=True)
class Cover:
    """One head-count on one shift of the day. `who` are those who count, by name; `least` the fewest at one time, and
    `span` when that is. `shift` None: the firm keeps no shifts, the whole day counts."""

    head_count_id: UUID
    item_ids: tuple[UUID, ...]
    site_id: UUID | None
    site: str
    shift_id: UUID | None
    shift: str
    n: int
    least: int
    span: Span
    who: tuple[PersonLine, ...]

    @property
    def short_by(self) -> int:
        """How many are missing; 0 where there are enough."""
        return max(0, self.n - self.least)

    @property
    def bus_factor(self) -> int:
        """How many may be away before there are too few."""
        return rules.bus_factor(count=self.least, n=self.n)


def cover(*, actor: Actor, on: date, known_at: datetime | None = None) -> list[Cover]:
    """Every head-count on every shift that begins on a day, in the order of the head-counts.

    A person counts who is assigned to the site and to a shift, is not away, and holds every item of the bundle, on both
    days where the shift runs over midnight. Whoever sees some sites only gets the head-counts of those: others cannot be
    worked out from their people. A number of queries that does not grow with people. Raises NotFound as `board`.
    """
    demand_day(actor=actor, on=on)
    asked = [one for one in needed.head_counts(actor=actor, on=on, known_at=known_at) if _visible(one, actor)]
    if not asked:
        return []
    shifts = people.shifts(actor=actor)
    wanted = {UUID(text) for one in asked for text in one.items}
    qualified = _qualified(actor, on, known_at, wanted)
    tomorrow: dict[UUID, tuple[PersonLine, frozenset[UUID]]] | None = None
    found = []
    for one in asked:
        bundle = frozenset(UUID(text) for text in one.items)
        for shift, window in _windows(one, shifts, on):
            who = [line for line, holds in qualified.values() if bundle <= holds]
            if window.over_midnight:
                tomorrow = _qualified(actor, on + timedelta(days=1), known_at, wanted) if tomorrow is None else tomorrow
                who = [line for line in who if line.id in tomorrow and bundle <= tomorrow[line.id][1]]
            present = {line: spans for line in who if (spans := _spans(line, one.site_id, shifts, on, window))}
            least = rules.fewest(window=window, present=present)
            found.append(
                Cover(
                    head_count_id=one.id, item_ids=tuple(UUID(text) for text in one.items), site_id=one.site_id,
                    site=one.site.name if one.site else "", shift_id=shift.id if shift else None,
                    shift=shift.name if shift else "", n=one.n, least=least.count, span=least.span, who=tuple(present),
                )
            )  # fmt: skip
    return found


def _visible(one: HeadCount, actor: Actor) -> bool:
    return not actor.sites or one.site_id in actor.sites


def _qualified(
    actor: Actor, on: date, known_at: datetime | None, item_ids: set[UUID]
) -> dict[UUID, tuple[PersonLine, frozenset[UUID]]]:
    """By person who is not away: which of the items they hold on a day."""
    world = World(actor, on, known_at)
    needs = able.asked(world=world, items=[one for one in skills.items(actor=actor) if one.id in item_ids])
    bearing = {one for need in needs for one in world.bearing_on(need.item_id)}
    held = held_by_all(actor=actor, known_at=known_at, item_ids=bearing)
    return {
        line.id: (line, frozenset(item_id for item_id, cell in row.cells.items() if able.counts(cell)))
        for line, row in able.rows(world=world, held=held, needs=needs)
        if not line.absent
    }


def _windows(one: HeadCount, shifts: list[Any], on: date) -> Iterator[tuple[Any, Span]]:
    """The shifts that a head-count is about and that begin on the day, each with its hours."""
    if not shifts:
        yield None, WHOLE_DAY
        return
    for shift in shifts:
        if one.shift_id not in {None, shift.id} or not _runs(shift, on):
            continue
        if one.site_id is None or shift.site_id is None or shift.site_id == one.site_id:
            yield shift, rules.span_of(starts_at=shift.starts_at, ends_at=shift.ends_at)


def _runs(shift: Any, on: date) -> bool:
    return str(on.isoweekday()) in shift.weekdays


def _spans(line: PersonLine, site_id: UUID | None, shifts: list[Any], on: date, window: Span) -> list[Span]:
    """When somebody is there within the window: on their own shifts, also that of the night before and the morning after."""
    at = [place for place in line.places if site_id is None or place.site_id == site_id]
    if not shifts:
        return [WHOLE_DAY] if at else []
    mine = {place.shift_id for place in at}
    spans = [
        rules.span_of(starts_at=shift.starts_at, ends_at=shift.ends_at, days=days)
        for shift in shifts
        if shift.id in mine
        for days in (-1, 0, 1)
        if _runs(shift, on + timedelta(days=days))
    ]
    return [span for span in spans if span.meets(window)]
