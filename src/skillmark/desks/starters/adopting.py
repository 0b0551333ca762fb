"""Bring a pack into a firm, where everything in it is the firm's own and can be changed. Twice does not make it double.

Health items are left out: they live in their own store and are added there.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from skillmark.desks.starters.reading import pack
from skillmark.desks.starters.shapes import Pack, PackItem, PackPosition
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries as people_queries
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.skills import operations as skills
from skillmark.rooms.skills import queries as skills_queries
from skillmark.rooms.skills.rules import OWN_COUNTS, LinkKind
from skillmark.rooms.talent import operations as talent

LINES = ("giver", "tested", "hours", "renewal", "required_by")
"""What explains an item; a line that the pack leaves out is "not stated"."""


@dataclass(frozen=True, slots=True)
class Adopted:
    """What the firm has of a pack now: the ids of items and positions by their name in the pack. `added` were not there."""

    items: dict[str, UUID]
    positions: dict[str, UUID]
    added: int


@transaction.atomic
def adopt(*, actor: Actor, trade: str, starts: date, now: datetime, positions: Collection[str] | None = None) -> Adopted:
    """Bring in a pack: positions, items, what each position needs, and head-counts, from `starts` on.

    `positions` names those that are wanted, with the items that they need, those needed first and what anybody may
    be signed off on; None: all of it. Needs
    and head-counts are added only the first time: what the firm took out stays out. Raises NotFound for an unknown trade,
    CannotDo.
    """
    found = pack(trade=trade)
    chosen = [one for one in found.positions if positions is None or one.slug in positions]
    known = {one.origin for one in people_queries.positions(actor=actor, archived=True)}
    before = len(known) + len(skills_queries.items(actor=actor, archived=True))
    slugs = {one.slug for one in found.items} if positions is None else _wanted(found, chosen) | _for_anybody(found)
    items = bring_items(actor=actor, trade=trade, slugs=slugs, starts=starts, now=now)
    made = bring_positions(actor=actor, trade=trade, slugs=[one.slug for one in chosen], now=now)
    fresh = [one for one in chosen if _origin(trade, one.slug) not in known]
    for position in fresh:
        for need in position.needs:
            if need.item in items:
                talent.require(
                    actor=actor, item_id=items[need.item], target="position", position_id=made[position.slug],
                    must=need.must, level=need.level, why=dict(need.why), starts=starts, now=now,
                )  # fmt: skip
    if fresh and len(fresh) == len(chosen):
        bring_covers(actor=actor, trade=trade, items=items, starts=starts, now=now)
    after = {one.origin for one in people_queries.positions(actor=actor, archived=True)}
    return Adopted(items, made, len(after) + len(skills_queries.items(actor=actor, archived=True)) - before)


def _wanted(found: Pack, chosen: Collection[PackPosition]) -> set[str]:
    """The items that these positions need, and what is needed before those."""
    wanted: set[str] = set()
    left = [need.item for position in chosen for need in position.needs]
    while left:
        slug = left.pop()
        if slug not in wanted:
            wanted.add(slug)
            left += found.item(slug=slug).needs_first
    return wanted


def _for_anybody(found: Pack) -> set[str]:
    """Behaviours that no position needs, so that anybody may be signed off on them."""
    needed = {need.item for position in found.positions for need in position.needs}
    return {item.slug for item in found.items if item.slug not in needed}


def bring_items(*, actor: Actor, trade: str, slugs: Collection[str], starts: date, now: datetime) -> dict[str, UUID]:
    """Add these items of a pack with their rules and the links among them. Those that the firm has already are kept."""
    found = pack(trade=trade)
    there = {one.origin: one.id for one in skills_queries.items(actor=actor, archived=True)}
    ids: dict[str, UUID] = {}
    new: list[PackItem] = []
    for item in (one for one in found.items if one.slug in slugs and not one.health):
        origin = _origin(trade, item.slug)
        if origin not in there:
            new.append(item)
            there[origin] = _add(actor, item, origin, starts, now)
        ids[item.slug] = there[origin]
    for item in new:
        pairs = [(LinkKind.NEEDS_FIRST, before, item.slug) for before in item.needs_first]
        pairs += [(LinkKind.SATISFIES, item.slug, other) for other in item.satisfies]
        for kind, first, second in pairs:
            if first in ids and second in ids:
                skills.link(actor=actor, kind=kind, first_id=ids[first], second_id=ids[second], starts=starts, now=now)
    return ids


def bring_positions(*, actor: Actor, trade: str, slugs: Collection[str], now: datetime) -> dict[str, UUID]:
    """Add these positions of a pack. Those that the firm has already are kept."""
    there = {one.origin: one.id for one in people_queries.positions(actor=actor, archived=True)}
    ids = {}
    for position in pack(trade=trade).positions:
        if position.slug in slugs:
            origin = _origin(trade, position.slug)
            if origin not in there:
                there[origin] = people.add_position(actor=actor, names=dict(position.names), origin=origin, now=now).id
            ids[position.slug] = there[origin]
    return ids


def bring_covers(*, actor: Actor, trade: str, items: dict[str, UUID], starts: date, now: datetime) -> None:
    """Add the head-counts of a pack whose items are all there."""
    for cover in pack(trade=trade).covers:
        if set(cover.items) <= set(items):
            talent.require_head_count(
                actor=actor, item_ids=[items[slug] for slug in cover.items], n=cover.n, why=dict(cover.names),
                starts=starts, now=now,
            )  # fmt: skip


def _add(actor: Actor, item: PackItem, origin: str, starts: date, now: datetime) -> UUID:
    rule: dict[str, Any] = {
        "validity": dict(item.validity), "trust": item.trust, "due_days": item.due_days, "max_age_days": item.max_age_days,
        "stale_days": item.stale_days, "lead_days": item.lead_days, "grace_days": item.grace_days,
        "own_counts": item.kind in OWN_COUNTS or item.trust == "signed",
    }  # fmt: skip
    if item.document:
        rule["document_id"] = skills.add_document(actor=actor, code=item.document, now=now).id
    made = skills.add_item(
        actor=actor, kind=item.kind, names=dict(item.names), shows=dict(item.shows), note=dict(item.note),
        explained={line: dict(text) for line in LINES if (text := getattr(item, line)) is not None},
        signing={
            "method": item.method, "how": dict(item.how or {}), "behaviour": item.behaviour,
            "codes": [asdict(code) for code in item.codes],
        },
        look_up=item.look_up, checklist=[dict(step) for step in item.checklist], leveled=item.leveled, origin=origin,
        sources=[
            {"url": one.url, "title": one.title, "read_on": one.read_on.isoformat(), "jurisdiction": one.jurisdiction}
            for one in item.sources
        ],
        rule=rule, starts=starts, now=now,
    )  # fmt: skip
    return made.id


def _origin(trade: str, slug: str) -> str:
    return f"{trade}/{slug}"
