"""What is asked for. Each change is a new row that holds from a day on; the days before keep theirs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.db import transaction

from skillmark.errors import NotFound
from skillmark.rooms.health import queries
from skillmark.rooms.health.models import HealthItem, HealthTerms
from skillmark.rooms.health.operations.support import CannotKeepHealth, clean_note, note, vault
from skillmark.rooms.health.queries.permission import demand_change
from skillmark.rooms.health.rules import Terms
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor

MAX_NAME, MAX_LINK, MAX_MONTHS = 120, 500, 600


@transaction.atomic
def add_item(
    *, actor: Actor, names: Mapping[str, str], months: int | None, everyone: bool, position_ids: Collection[UUID],
    starts: date, now: datetime, source: str = "", about: str = "",
) -> UUID:  # fmt: skip
    """Ask for something from `starts` on; `names` by language, one is enough; `months` None: has no end. Its id.

    Raises NotFound without the permission (and for a position of another firm), CannotKeepHealth `health.name_missing`,
    `health.name_too_long`, `health.months_wrong`, `health.nobody`, `health.bad_link`, `health.note_too_long`; CannotWrite.
    """
    demand_change(actor=actor)
    item = HealthItem(org_id=actor.org_id, made_at=now)
    terms = _terms(actor, item.id, names, months, everyone, position_ids, source, about)
    item.save(force_insert=True)
    _write(actor, item, terms, starts, now)
    note(actor=actor, event="health.item.added", subject=item.id, now=now)
    return item.id


@transaction.atomic
def change_item(
    *, actor: Actor, item_id: UUID, names: Mapping[str, str], months: int | None, everyone: bool,
    position_ids: Collection[UUID], starts: date, now: datetime, source: str = "", about: str = "",
) -> None:  # fmt: skip
    """Ask otherwise from `starts` on. What people have shown keeps its dates. Raises as `add_item`."""
    demand_change(actor=actor)
    terms = _terms(actor, item_id, names, months, everyone, position_ids, source, about)
    _write(actor, _mine(actor, item_id), terms, starts, now)
    note(actor=actor, event="health.item.changed", subject=item_id, now=now)


@transaction.atomic
def stop_item(*, actor: Actor, item_id: UUID, starts: date, now: datetime) -> None:
    """No longer ask for it from `starts` on; what was shown stays. Raises NotFound."""
    demand_change(actor=actor)
    terms = queries.item(actor=actor, item_id=item_id, on=starts)
    _write(actor, _mine(actor, item_id), replace(terms, asked=False), starts, now)
    note(actor=actor, event="health.item.stopped", subject=item_id, now=now)


def _terms(
    actor: Actor, item_id: UUID, names: Mapping[str, str], months: int | None, everyone: bool,
    position_ids: Collection[UUID], source: str, about: str,
) -> Terms:  # fmt: skip
    told = {language: " ".join(name.split()) for language, name in names.items()}
    told = {language: name for language, name in told.items() if name}
    if not told:
        raise CannotKeepHealth("health.name_missing")
    if any(len(name) > MAX_NAME for name in told.values()):
        raise CannotKeepHealth("health.name_too_long", most=str(MAX_NAME))
    if months is not None and not 1 <= months <= MAX_MONTHS:
        raise CannotKeepHealth("health.months_wrong", most=str(MAX_MONTHS))
    wanted = frozenset() if everyone else frozenset(position_ids)
    if not everyone and not wanted:
        raise CannotKeepHealth("health.nobody")
    if wanted - {one.id for one in people.positions(actor=actor)}:
        raise NotFound
    source = source.strip()
    parts = urlsplit(source)
    if source and (parts.scheme not in ("http", "https") or not parts.hostname or len(source) > MAX_LINK):
        raise CannotKeepHealth("health.bad_link")
    return Terms(item_id, told, months, everyone, wanted, source, clean_note(about))


def _write(actor: Actor, item: HealthItem, terms: Terms, starts: date, now: datetime) -> None:
    row = HealthTerms(item=item, starts=starts, recorded_at=now, recorded_by=actor.label)
    vault(org_id=actor.org_id).seal_terms(row, terms)
    row.save(force_insert=True)


def _mine(actor: Actor, item_id: UUID) -> HealthItem:
    found = HealthItem.objects.filter(org_id=actor.org_id, id=item_id).first()
    if found is None:
        raise NotFound
    return found
