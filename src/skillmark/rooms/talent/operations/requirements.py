"""Say who needs what, how many a shift needs, and who is exempt. A change closes the old row and opens a new one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q

from skillmark.errors import DomainError, NotFound
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries as people_queries
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.people.rules.facts import demand_facts
from skillmark.rooms.skills import queries as skills
from skillmark.rooms.skills.rules import add_months
from skillmark.rooms.talent.models import Exemption, HeadCount, Requirement
from skillmark.rooms.talent.rules import Target

LONGEST_EXEMPTION = 12
"""Months."""


class CannotRequire(DomainError):
    """A requirement, head-count or exemption cannot be kept as typed."""


@transaction.atomic
def require(
    *, actor: Actor, item_id: UUID, target: str, starts: date, now: datetime, position_id: UUID | None = None,
    site_id: UUID | None = None, contract: str = "", must: bool = True, level: int | None = None, trust: str = "",
    why: Mapping[str, str] | None = None, ends: date | None = None,
) -> Requirement:  # fmt: skip
    """Say that everyone, a position, a site or a contract needs an item, from a day on.

    One of the same item for the same target gives way to it for these days; the days before and after keep theirs. `trust`
    "photo" means that a photo is enough here. Raises CannotRequire (`requirement.target`, `requirement.level`,
    `requirement.ends_before`, `rule.trust`), NotFound, CannotDo.
    """
    people.demand(actor=actor, action="item.change")
    item = skills.item(actor=actor, item_id=item_id)
    contract = " ".join(contract.split())[:100]
    given = {Target.POSITION: position_id, Target.SITE: site_id, Target.CONTRACT: contract, Target.EVERYONE: True}
    if target not in given or not given[Target(target)]:
        raise CannotRequire("requirement.target")
    if level is not None and (not 1 <= level <= 4 or not item.leveled):
        raise CannotRequire("requirement.level")
    if trust not in {"", "photo", "source", "signed"}:
        raise CannotRequire("rule.trust")
    if ends is not None and ends < starts:
        raise CannotRequire("requirement.ends_before")
    if position_id and position_id not in {one.id for one in people_queries.positions(actor=actor)}:
        raise NotFound
    if site_id and site_id not in {one.id for one in people_queries.sites(actor=actor)}:
        raise NotFound
    place = {
        "target": target, "position_id": position_id if target == Target.POSITION else None,
        "site_id": site_id if target == Target.SITE else None, "contract": contract if target == Target.CONTRACT else "",
    }  # fmt: skip
    _give_way(actor, item, place, starts, ends, now)
    made = Requirement.objects.create(
        org_id=actor.org_id, item=item, must=must, level=level, trust=trust, why=dict(why or {}), starts=starts, ends=ends,
        recorded_at=now, recorded_by=actor.label, **place,
    )  # fmt: skip
    _note(actor, item.id, "talent.requirement.made", {"item": str(item), "target": target}, now)
    return made


@transaction.atomic
def stop_requiring(*, actor: Actor, requirement_id: UUID, last: date, now: datetime) -> None:
    """Let a requirement end on `last`; the days before keep it. Raises NotFound, CannotDo."""
    people.demand(actor=actor, action="item.change")
    old = Requirement.objects.filter(org_id=actor.org_id, id=requirement_id, superseded_at=None).first()
    if old is None:
        raise NotFound
    _end(old, last=last, now=now, by=actor.label)
    _note(actor, old.item_id, "talent.requirement.ended", {"item": str(old.item), "last": last.isoformat()}, now)


@transaction.atomic
def require_head_count(
    *, actor: Actor, item_ids: Sequence[UUID], n: int, starts: date, now: datetime, site_id: UUID | None = None,
    shift_id: UUID | None = None, why: Mapping[str, str] | None = None,
) -> HeadCount:  # fmt: skip
    """At least `n` people on each shift who hold all of the items. Raises CannotRequire `head_count.n`, NotFound, CannotDo."""
    people.demand(actor=actor, action="item.change")
    if not 1 <= n <= 500 or not item_ids:
        raise CannotRequire("head_count.n")
    for item_id in item_ids:
        skills.item(actor=actor, item_id=item_id)
    if site_id and site_id not in {one.id for one in people_queries.sites(actor=actor)}:
        raise NotFound
    if shift_id and shift_id not in {one.id for one in people_queries.shifts(actor=actor)}:
        raise NotFound
    made = HeadCount.objects.create(
        org_id=actor.org_id, items=[str(one) for one in item_ids], n=n, site_id=site_id, shift_id=shift_id,
        why=dict(why or {}), starts=starts, recorded_at=now, recorded_by=actor.label,
    )  # fmt: skip
    _note(actor, made.id, "talent.head_count.made", {"n": str(n)}, now)
    return made


@transaction.atomic
def stop_head_count(*, actor: Actor, head_count_id: UUID, now: datetime, last: date | None = None) -> None:
    """Let a head-count end on `last`; None: it is taken back, as if it had never been. Raises NotFound, CannotDo."""
    people.demand(actor=actor, action="item.change")
    old = HeadCount.objects.filter(org_id=actor.org_id, id=head_count_id, superseded_at=None).first()
    if old is None:
        raise NotFound
    _end(old, last=last, now=now, by=actor.label)
    _note(actor, head_count_id, "talent.head_count.ended", {}, now)


@transaction.atomic
def exempt(*, actor: Actor, person_id: UUID, item_id: UUID, reason: str, starts: date, ends: date, now: datetime) -> Exemption:
    """Let one person do without one item for at most twelve months, and say why.

    Raises CannotRequire (`exemption.reason_missing`, `exemption.too_long`), CannotWrite when the reason is no fact,
    NotFound, CannotDo.
    """
    people.demand(actor=actor, action="evidence.change")
    reason = " ".join(reason.split())
    if not reason or len(reason) > 500:
        raise CannotRequire("exemption.reason_missing")
    if ends < starts or ends > add_months(starts, LONGEST_EXEMPTION):
        raise CannotRequire("exemption.too_long")
    person = people_queries.person(actor=actor, person_id=person_id)
    demand_facts(text=reason, names=[person.name])
    item = skills.item(actor=actor, item_id=item_id)
    made = Exemption.objects.create(
        org_id=actor.org_id, person=person, item=item, reason=reason, granted_by=actor.label, starts=starts, ends=ends,
        recorded_at=now,
    )  # fmt: skip
    _note(actor, person.id, "talent.exemption.granted", {"item": str(item), "until": ends.isoformat(), "why": reason}, now)
    return made


@transaction.atomic
def end_exemption(*, actor: Actor, exemption_id: UUID, now: datetime, last: date | None = None) -> None:
    """Let an exemption end on `last`; None: it is taken back, as if it had never been. Raises NotFound, CannotDo."""
    people.demand(actor=actor, action="evidence.change")
    found = Exemption.objects.filter(org_id=actor.org_id, id=exemption_id, superseded_at=None).select_related("item").first()
    if found is None:
        raise NotFound
    people_queries.person(actor=actor, person_id=found.person_id)
    _end(found, last=last, now=now, by=actor.label)
    _note(actor, found.person_id, "talent.exemption.ended", {"item": str(found.item)}, now)


def _give_way(
    actor: Actor, item: Any, place: Mapping[str, Any], starts: date, ends: date | None, now: datetime
) -> None:  # fmt: skip
    """Cut the days from `starts` to `ends` out of what was asked of the same target."""
    same = {name: value for name, value in place.items() if name != "contract"}
    found = Requirement.objects.filter(org_id=actor.org_id, item=item, contract__iexact=place["contract"], **same)
    found = found.filter(Q(ends=None) | Q(ends__gte=starts), superseded_at=None)
    for old in found if ends is None else found.filter(starts__lte=ends):
        first, last = old.starts, old.ends
        _close(old, now)
        if first < starts:
            _again(old, first, starts - timedelta(days=1), now, actor.label)
        if ends is not None and (last is None or last > ends):
            _again(old, ends + timedelta(days=1), last, now, actor.label)


def _end(old: Requirement | HeadCount | Exemption, *, last: date | None, now: datetime, by: str) -> None:
    """Close a row and write its shorter twin; with no days left, and without `last`, it is closed alone."""
    _close(old, now)
    if last is not None and last >= old.starts:
        _again(old, old.starts, min(last, old.ends or last), now, by)


def _close(old: Requirement | HeadCount | Exemption, now: datetime) -> None:
    if not type(old)._default_manager.filter(id=old.id, superseded_at=None).update(superseded_at=now):
        raise NotFound  # somebody else changed it a moment ago


def _again(old: Requirement | HeadCount | Exemption, starts: date, ends: date | None, now: datetime, by: str) -> None:
    old.pk, old.starts, old.recorded_at = uuid4(), starts, now
    if isinstance(old, Exemption):
        old.ends = ends or old.ends  # it always has an end, and stays granted by whoever granted it
    else:
        old.ends, old.recorded_by = ends, by
    old.save(force_insert=True)


def _note(actor: Actor, subject: UUID, event: str, data: dict[str, str], now: datetime) -> None:
    journal.write(
        org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event=event, subject_id=subject, data=data, now=now
    )
