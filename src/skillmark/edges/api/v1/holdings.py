"""What people hold, and what speaks for it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from ninja import Header, Router, Schema, Status

from skillmark.edges.api import clock
from skillmark.edges.api.access import Asked
from skillmark.edges.api.cursors import Page, page
from skillmark.rooms.holdings import operations, queries
from skillmark.rooms.people import operations as people

router = Router(tags=["Holdings"])
RequestKey = Annotated[str, Header(alias="Idempotency-Key", min_length=8, max_length=70, pattern=r"^[\x21-\x7e]+$")]


class LookUpOut(Schema):
    """Somebody looked it up at its source."""

    looked_on: date
    looked_by: str
    link: str
    confirmed: bool


class HoldingOut(Schema):
    """`ends` is the last good day; `end_state` is dated, no_end or not_known. `photos` counts those that nobody refused,
    `approved` tells whether one was approved. How well it was checked for a rule stands on the board."""

    id: UUID
    item_id: UUID
    obtained: date | None
    starts: date | None
    ends: date | None
    end_state: str
    level: int | None
    hours: Decimal | None
    giver: str
    number: str
    method: str
    revision: str
    trained_on: date | None
    evaluated_on: date | None
    evaluator: str
    language_taught: str
    understanding: str
    note: str
    source: str
    recorded_at: datetime
    recorded_by: str
    photos: int
    approved: bool
    look_ups: list[LookUpOut]
    signed_by: str
    late_notes: list[str]


class HoldingsOut(Schema):
    items: list[HoldingOut]
    next: UUID | None


class HoldingIn(Schema):
    """Days are ISO 8601. Leave `ends` out and set `no_end` for what counts for good; leave out both, and the item's rule
    works it out or the end is not known. What you send is "said by the person" until somebody checks it."""

    item_id: UUID
    obtained: date | None = None
    starts: date | None = None
    ends: date | None = None
    no_end: bool = False
    level: int | None = None
    hours: Decimal | None = None
    giver: str = ""
    number: str = ""
    method: str = ""
    revision: str = ""
    trained_on: date | None = None
    evaluated_on: date | None = None
    evaluator: str = ""
    language_taught: str = ""
    understanding: str = ""
    note: str = ""


@router.get("/{person_id}/holdings", response=HoldingsOut)
def list_holdings(request: Asked, person_id: UUID, cursor: Page) -> dict[str, object]:
    """What one person holds, newest first. What was corrected or withdrawn is left out."""
    people.demand(actor=request.auth, action="board.read")
    items, following = page(queries.holdings_of(actor=request.auth, person_id=person_id), cursor=cursor)
    return {"items": [_told(one) for one in items], "next": following}


@router.post("/{person_id}/holdings", response={201: HoldingOut})
def record_holding(request: Asked, person_id: UUID, holding: HoldingIn, key: RequestKey) -> Status[object]:
    """Record that a person holds an item. The same `Idempotency-Key` records it once, however often it is sent."""
    said = holding.dict()
    made = operations.record(
        actor=request.auth, person_id=person_id, item_id=said.pop("item_id"), facts=operations.Facts(**said),
        now=clock.moment(request.auth), request_key=key,
    )  # fmt: skip
    return Status(201, _told(made))


_PLAIN = (
    "id", "item_id", "obtained", "starts", "ends", "end_state", "level", "hours", "giver", "number", "method", "revision",
    "trained_on", "evaluated_on", "evaluator", "language_taught", "understanding", "note", "source", "recorded_at",
    "recorded_by",
)  # fmt: skip


def _told(holding: Any) -> dict[str, object]:
    photos = [one for one in holding.photos.all() if one.refused_at is None and one.removed_at is None]
    signatures = list(holding.signatures.all())
    return {name: getattr(holding, name) for name in _PLAIN} | {
        "photos": len(photos),
        "approved": any(one.approved_at is not None for one in photos),
        "look_ups": list(holding.source_checks.all()),
        "signed_by": signatures[-1].giver if signatures else "",
        "late_notes": [one.text for one in holding.late_notes.all()],
    }
