"""What a firm asks for: licenses, cards, trainings, checks and skills, each with the rule in force."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from ninja import Router, Schema

from skillmark.edges.api import clock
from skillmark.edges.api.access import Asked
from skillmark.edges.api.cursors import Page, page
from skillmark.rooms.people import operations
from skillmark.rooms.skills import queries

router = Router(tags=["Items"])
FOREVER = datetime.max.replace(tzinfo=UTC)


class RuleOut(Schema):
    """`validity` is `{type, …}`: card_date, months, no_end, hours, disuse, on_revision, alternating. `trust` is the least
    level that counts: photo, source or signed. Days are whole days."""

    validity: dict[str, Any]
    trust: str
    givers: list[str]
    own_counts: bool
    due_days: int | None
    max_age_days: int | None
    stale_days: int | None
    lead_days: int
    grace_days: int
    starts: date


class ItemOut(Schema):
    """`names` and `shows` are by language. `sources` are `{title, url, read_on, jurisdiction}`. `rule` is the one in force
    on the day that was asked for; nothing if there was none yet."""

    id: UUID
    kind: str
    names: dict[str, str]
    shows: dict[str, str]
    look_up: str
    sources: list[dict[str, Any]]
    leveled: bool
    origin: str
    archived_at: datetime | None
    rule: RuleOut | None


class ItemsOut(Schema):
    items: list[ItemOut]
    next: UUID | None


@router.get("", response=ItemsOut)
def list_items(request: Asked, cursor: Page, as_of: date | None = None, archived: bool = False) -> dict[str, object]:
    """The firm's items in the order of the board's columns; `archived`: those, too, that are no longer asked for."""
    operations.demand(actor=request.auth, action="board.read")
    items, following = page(queries.items(actor=request.auth, archived=archived), cursor=cursor)
    rules = queries.rules_of(actor=request.auth, on=clock.day(request.auth, as_of), known_at=FOREVER)
    return {"items": [_told(one, rules.get(one.id)) for one in items], "next": following}


@router.get("/{item_id}", response=ItemOut)
def read_item(request: Asked, item_id: UUID, as_of: date | None = None) -> dict[str, object]:
    """One item."""
    operations.demand(actor=request.auth, action="board.read")
    item = queries.item(actor=request.auth, item_id=item_id)
    rules = queries.rules_of(actor=request.auth, on=clock.day(request.auth, as_of), known_at=FOREVER)
    return _told(item, rules.get(item.id))


def _told(item: Any, rule: Any) -> dict[str, object]:
    names = ("id", "kind", "names", "shows", "look_up", "sources", "leveled", "origin", "archived_at")
    return {name: getattr(item, name) for name in names} | {"rule": rule}
