"""Everything that a row depends on but the evidence: read once for all people of a firm, for a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from skillmark.errors import NotFound
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.skills import queries as skills
from skillmark.rooms.skills.rules import LinkKind, Trust
from skillmark.rooms.talent import rules
from skillmark.rooms.talent.models import Requirement
from skillmark.rooms.talent.queries import needed
from skillmark.rooms.talent.rules import Need, Restraint, Row, Satisfying, Target

STEPS = 3
"""How many links are followed from one item to those that count as it."""
FOREVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody on the board, with where they work on the day."""

    id: UUID
    name: str
    number: str
    places: tuple[people.Place, ...]
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """An item on the board, with its rule on the day."""

    id: UUID
    names: Mapping[str, str]
    kind: str
    restraint: Restraint
    leveled: bool


def demand_day(*, actor: Actor, on: date) -> None:
    """Raise NotFound for a day that an auditor may not ask for."""
    if (actor.read_from and on < actor.read_from) or (actor.read_until and on > actor.read_until):
        raise NotFound


class Asked(NamedTuple):
    """What a requirement asks for."""

    item_id: UUID
    starts: date
    must: bool
    level: int | None
    trust: str


class Standing(NamedTuple):
    """What one person's row rests on beside the evidence and the firm's rules: who is equal in it has the same cells.

    `asked`: each requirement that is for them, with the day since when they are among those whom it is for.
    """

    hired_on: date | None
    asked: tuple[tuple[Asked, date | None], ...]
    positions: frozenset[UUID]
    exempt: frozenset[UUID]


class World:
    """Rules, links, requirements, places and exemptions in force on a day, as they were known at a moment (None: now)."""

    def __init__(self, actor: Actor, on: date, known_at: datetime | None) -> None:
        self.actor, self.on, self.known_at, self.moment = actor, on, known_at, known_at or FOREVER
        found = skills.rules_of(actor=actor, on=on, known_at=self.moment)
        revisions = skills.revisions(actor=actor, known_at=self.moment)
        self.restraints = {item_id: _restraint(rule, revisions) for item_id, rule in found.items()}
        self.due_days = {item_id: rule.due_days for item_id, rule in found.items()}
        requirements = needed.requirements(actor=actor, on=on, known_at=known_at)
        asked = {one.item_id for one in requirements}
        self.columns = tuple(
            Column(one.id, one.names, one.kind, self.restraints[one.id], one.leveled)
            for one in skills.items(actor=actor, archived=True)
            if one.id in self.restraints and one.id in asked and self._listed(one.archived_at)
        )
        shown = {one.id for one in self.columns}
        validity = {item_id: rule.validity for item_id, rule in found.items()}
        self.satisfying, self.first = _chains(skills.links(actor=actor, on=on, known_at=self.moment), validity)
        self._by_target: dict[tuple[str, object], list[Asked]] = {}
        for one in requirements:
            if one.item_id in shown:
                wanted = Asked(one.item_id, one.starts, one.must, one.level, one.trust)
                self._by_target.setdefault(_key(one), []).append(wanted)
        merged = people.merged(actor=actor, known_at=known_at)
        self._places: dict[UUID, list[people.Place]] = {}
        self._stints: dict[UUID, list[people.Place]] = {}
        for place in people.places(actor=actor, on=on, known_at=self.moment, past=True):
            person_id = merged.get(place.person_id, place.person_id)
            self._stints.setdefault(person_id, []).append(place)
            if (place.ends is None or place.ends >= on) and (not actor.sites or place.site_id in actor.sites):
                self._places.setdefault(person_id, []).append(place)
        self._exempt: dict[UUID, set[UUID]] = {}
        for exemption in needed.exemptions(actor=actor, on=on, known_at=known_at):
            self._exempt.setdefault(merged.get(exemption.person_id, exemption.person_id), set()).add(exemption.item_id)

    def same_rules(self, other: World) -> bool:
        """Whether a row that rests on the same in both is the same in both."""
        mine, theirs = (
            (one.on, one.restraints, one.due_days, one.satisfying, one.first, {column.id for column in one.columns})
            for one in (self, other)
        )
        return mine == theirs

    def everybody(self) -> Iterator[tuple[PersonLine, date | None]]:
        """(who is here on the day, since when they work here), by name."""
        away = people.absent(actor=self.actor, on=self.on, known_at=self.moment)
        for one in people.people(actor=self.actor, known_at=self.known_at):
            told = one.left_noted_at is None or one.left_noted_at <= self.moment
            gone = told and one.left_on is not None and one.left_on < self.on
            if not gone and (one.hired_on is None or one.hired_on <= self.on):
                yield (
                    PersonLine(one.id, one.name, one.number, tuple(self._places.get(one.id, ())), one.id in away),
                    one.hired_on,
                )

    def bearing_on(self, item_id: UUID) -> set[UUID]:
        """The item, what counts as it, all that it needs first and what counts as that."""
        wanted = {item_id, *self._before([item_id])}
        return wanted | {way.item_id for one in wanted for way in self.satisfying.get(one, ())}

    def needs(self, person_id: UUID, hired_on: date | None, item_id: UUID) -> bool:
        """Whether somebody needs an item."""
        return any(need.item_id == item_id for need in self.needs_of(person_id, hired_on))

    def standing(self, person_id: UUID, hired_on: date | None) -> Standing:
        """What somebody's row rests on beside what they hold."""
        places = self._places.get(person_id, ())
        asked = [(one, hired_on) for one in self._by_target.get((Target.EVERYONE, None), ())]
        begun = _begun(self._stints.get(person_id, ()))
        for key in dict.fromkeys(key for place in places for key in _keys(place)):
            asked += [(one, begun[key]) for one in self._by_target.get(key, ())]
        positions = frozenset(place.position_id for place in places if place.position_id)
        return Standing(hired_on, tuple(asked), positions, frozenset(self._exempt.get(person_id, ())))

    def row(
        self, person_id: UUID, hired_on: date | None, held: Mapping[UUID, Any], needs: Sequence[Need] | None = None
    ) -> Row:  # fmt: skip
        """One person's cells: of `needs`, else of all that they need."""
        return self.row_for(person_id, self.standing(person_id, hired_on), held, needs)

    def row_for(
        self, person_id: UUID, standing: Standing, held: Mapping[UUID, Any], needs: Sequence[Need] | None = None
    ) -> Row:  # fmt: skip
        """`row` of somebody who stands like this."""
        wanted = self._needs_for(standing) if needs is None else list(needs)
        asked = {need.item_id for need in wanted}
        before = self._before(asked) - asked
        hidden = [Need(one, self.restraints[one], must=False) for one in before if one in self.restraints]
        made = rules.line_up(
            person_id=person_id, needs=[*wanted, *hidden], held=held, on=self.on, satisfying=self.satisfying,
            first=self.first, exempt=standing.exempt, positions=standing.positions,
        )  # fmt: skip
        for one in hidden:
            del made.cells[one.item_id]
        return made

    def needs_of(self, person_id: UUID, hired_on: date | None) -> list[Need]:
        """Everything that somebody needs on the day; where two requirements ask for one item, the stricter of each part."""
        return self._needs_for(self.standing(person_id, hired_on))

    def _needs_for(self, standing: Standing) -> list[Need]:
        found: dict[UUID, Need] = {}
        for one, since in standing.asked:
            need = self._need(one, since, standing.hired_on)
            other = found.get(one.item_id)
            found[one.item_id] = need if other is None else _stricter(need, other)
        return list(found.values())

    def _need(self, one: Asked, since: date | None, hired_on: date | None) -> Need:
        restraint = self.restraints[one.item_id]
        if one.trust:
            restraint = replace(restraint, trust=Trust[one.trust.upper()])
        days = self.due_days[one.item_id]
        needed = None if since is None else max(since, one.starts)
        due_on = None if needed is None or days is None else needed + timedelta(days=days)
        return Need(one.item_id, restraint, one.must, one.level, due_on, hired_on or since, needed)

    def _before(self, item_ids: Iterable[UUID]) -> set[UUID]:
        """Everything that must be held before one of these, and before that, and so on."""
        found: set[UUID] = set()
        open_ = list(item_ids)
        while open_:
            new = [one for one in self.first.get(open_.pop(), ()) if one not in found]
            found.update(new)
            open_ += new
        return found

    def _listed(self, archived_at: datetime | None) -> bool:
        """Whether an item is in the lists: on the day before it was taken out of them it still was."""
        if archived_at is None:
            return True
        if self.known_at is not None:
            return archived_at > self.known_at
        zone = ZoneInfo(people.site(actor=self.actor).time_zone)
        return self.on < archived_at.astimezone(zone).date()


def _keys(place: people.Place) -> tuple[tuple[str, object], ...]:
    """What requirements of position, site and contract are found by."""
    contract = place.contract.casefold()
    return (Target.POSITION, place.position_id), (Target.SITE, place.site_id), (Target.CONTRACT, contract)


def _begun(stints: Iterable[people.Place]) -> dict[tuple[str, object], date]:
    """Since when somebody is in each position, site and contract.

    Another shift, or something else in between, does not begin it anew: what was late stays late. Days on which they did
    nothing here do.
    """
    begun: dict[tuple[str, object], date] = {}
    last: date | None = None
    for one in sorted(stints, key=lambda place: place.starts):
        if last is not None and one.starts > last + timedelta(days=1):
            begun.clear()
        for key in _keys(one):
            begun.setdefault(key, one.starts)
        ends = one.ends or date.max - timedelta(days=1)
        last = ends if last is None else max(last, ends)
    return begun


def _key(one: Requirement) -> tuple[str, object]:
    if one.target == Target.POSITION:
        return (Target.POSITION, one.position_id)
    if one.target == Target.SITE:
        return (Target.SITE, one.site_id)
    if one.target == Target.CONTRACT:
        return (Target.CONTRACT, one.contract.casefold())
    return (Target.EVERYONE, None)


def _stricter(one: Need, other: Need) -> Need:
    dues, hired, sinces = (
        [day for day in days if day is not None]
        for days in ((one.due_on, other.due_on), (one.hired_on, other.hired_on), (one.since, other.since))
    )
    level = max(one.level or 0, other.level or 0) or None
    strict = one if one.restraint.trust >= other.restraint.trust else other
    return Need(
        one.item_id, strict.restraint, one.must or other.must, level, min(dues, default=None), min(hired, default=None),
        min(sinces, default=None),
    )  # fmt: skip


def _restraint(rule: Any, revisions: Mapping[UUID, Sequence[Any]]) -> Restraint:
    found = revisions.get(rule.document_id, ()) if rule.document_id else ()
    return Restraint(
        validity=rule.validity, trust=Trust[rule.trust.upper()], givers=frozenset(one.casefold() for one in rule.givers),
        own_counts=rule.own_counts, stale_days=rule.stale_days, lead_days=rule.lead_days, grace_days=rule.grace_days,
        max_age_days=rule.max_age_days,
        revisions=tuple(
            rules.Revision(one.code, one.effective_from, one.grace_days, one.severity != "none") for one in found
        ),
    )  # fmt: skip


def _chains(
    links: Sequence[Any], validity: Mapping[UUID, dict[str, Any]]
) -> tuple[dict[UUID, list[Satisfying]], dict[UUID, list[UUID]]]:
    """(by item: every way in which another counts as it, over at most three links; by item: what it needs first)."""
    counts_as: dict[UUID, list[Any]] = {}
    first: dict[UUID, list[UUID]] = {}
    for link in links:
        if link.kind == LinkKind.SATISFIES:
            counts_as.setdefault(link.second_id, []).append(link)
        else:
            first.setdefault(link.second_id, []).append(link.first_id)
    found: dict[UUID, list[Satisfying]] = {}
    for goal in counts_as:
        open_ = [Satisfying(goal, None, ())]
        for _ in range(STEPS):
            open_ = [
                _one_further(way, link, validity)
                for way in open_
                for link in counts_as.get(way.item_id, ())
                if link.first_id != goal and link.first_id not in way.path
            ]
            found.setdefault(goal, []).extend(open_)
    return found, first


def _one_further(way: Satisfying, link: Any, validity: Mapping[UUID, dict[str, Any]]) -> Satisfying:
    caps = [one for one in (way.level_cap, link.level_cap) if one is not None]
    positions = way.positions | ({link.for_position_id} if link.for_position_id else set())
    path = (link.first_id, *way.path)
    return Satisfying(link.first_id, min(caps, default=None), path, positions, validity.get(link.first_id))
