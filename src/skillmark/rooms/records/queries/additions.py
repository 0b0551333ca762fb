"""What a person has handed over for their page, and what became of it, opened with the key of the page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from skillmark.errors import NotFound
from skillmark.rooms.people.rules import Actor, Role
from skillmark.rooms.records.models import AddedItem, Addition
from skillmark.rooms.records.rules import additions as rules
from skillmark.rooms.signing import operations as signing

_MOST = 20
_ASKS = (AddedItem.State.ASKS, AddedItem.State.SAY, AddedItem.State.AGAIN)  # the person has to decide


@dataclass(frozen=True, slots=True)
class Taken:
    """A thing that is looked at now. `actor` is the person on whose page it will lie."""

    id: int
    actor: Actor
    name: str
    kind: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Told:
    """A thing and what became of it. `told` is what `put_item` was given."""

    number: int
    name: str
    kind: str
    state: str
    told: list[dict[str, Any]]


def additions(*, actor: Actor) -> list[Addition]:
    """What was handed over in the last days, newest first, each with `total`, `done` and `undecided`."""
    return list(_counted(actor)[:_MOST])


def addition(*, actor: Actor, addition_id: UUID) -> Addition:
    """One of them, with `total` and `done`. Raises NotFound."""
    found = _counted(actor).filter(id=addition_id).first()
    if found is None:
        raise NotFound
    return found


def counts_of(*, actor: Actor, addition_id: UUID) -> dict[str, int]:
    """How many things are in which state. Raises NotFound."""
    at = addition(actor=actor, addition_id=addition_id)
    return dict(at.items.order_by().values_list("state").annotate(Count("id")))


def added(*, actor: Actor, addition_id: UUID, states: Sequence[str] = (), start: int = 0, most: int = 50) -> list[Told]:
    """Things in order, `most` of them from `start`, of all or of some states. Raises NotFound, CannotSign."""
    at = addition(actor=actor, addition_id=addition_id)
    found = at.items.defer("sealed")
    if states:
        found = found.filter(state__in=states)
    sealer = signing.sealer(org_id=actor.org_id)
    return [_told(row, sealer) for row in found[start : start + most]]


def added_item(*, actor: Actor, addition_id: UUID, number: int) -> tuple[Told, bytes]:
    """One thing, and what was handed over (empty when it is not needed any more). Raises NotFound, CannotSign."""
    at = addition(actor=actor, addition_id=addition_id)
    row = at.items.filter(number=number).first()
    if row is None:
        raise NotFound
    sealer = signing.sealer(org_id=actor.org_id)
    return _told(row, sealer), sealer.unseal(row.sealed) if row.sealed else b""


def idle_additions(*, now: datetime) -> list[UUID]:
    """Of whomever: those in which something waits that nobody is looking at. For the job alone."""
    free = Q(claimed_at=None) | Q(claimed_at__lte=now - rules.CLAIM_LASTS)
    waits = AddedItem.objects.filter(free, addition_id=OuterRef("id"), state=AddedItem.State.WAITING)
    return list(Addition.objects.filter(Exists(waits), stopped_at=None).order_by("made_at").values_list("id", flat=True))


def taken(row: AddedItem) -> Taken:
    """What was handed over, for whoever looks at it. Only for this room; the row comes with its space."""
    org = row.addition.org
    body = signing.sealer(org_id=org.id).unseal(row.sealed)
    actor = Actor(org_id=org.id, role=Role.WORKER, name=org.name)
    return Taken(row.id, actor, row.name, row.kind, body)


def _told(row: AddedItem, sealer: signing.Sealer) -> Told:
    told = json.loads(sealer.unseal(row.told)) if row.told else []
    return Told(row.number, row.name, row.kind, row.state, told)


def _counted(actor: Actor) -> QuerySet[Addition]:
    waiting = Count("items", filter=Q(items__state=AddedItem.State.WAITING))
    asking = Count("items", filter=Q(items__state__in=_ASKS))
    return Addition.objects.filter(org_id=actor.org_id).annotate(counted=Count("items"), waiting=waiting, asking=asking)
