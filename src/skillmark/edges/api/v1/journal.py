"""What happened in the firm, in order."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Router, Schema

from skillmark.edges.api.access import Asked
from skillmark.rooms.journal import queries
from skillmark.rooms.people import operations as people

router = Router(tags=["Journal"])
MOST = 200


class EntryOut(Schema):
    id: int
    at: datetime
    actor: str
    event: str
    subject_id: str
    data: dict[str, Any]


class JournalOut(Schema):
    """`next` is the `after` of the next page; ask again with it later to hear what is new."""

    items: list[EntryOut]
    next: int


@router.get("", response=JournalOut)
def read_journal(request: Asked, after: int = 0, limit: int = 50) -> dict[str, object]:
    """Entries after a number, oldest first."""
    people.demand(actor=request.auth, action="journal.read")
    found = queries.entries(org_id=request.auth.org_id, after=after, limit=max(1, min(limit, MOST)))
    return {"items": found, "next": found[-1].id if found else after}
