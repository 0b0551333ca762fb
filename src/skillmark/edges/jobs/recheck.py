"""Check watched items again when their day is over: each in a job of its own, so that none holds up the others."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from skillmark.desks import checking
from skillmark.edges.jobs import queue
from skillmark.errors import NotFound
from skillmark.rooms.credentials import queries as credentials
from skillmark.rooms.people.rules import server_for

MOST = 100
"""At a time; the rest is found a little later."""


def run(*, now: datetime, org_id: str = "", item_id: str = "") -> None:
    """By the clock: put what is due into the queue. With an item: check it, unless that was done in the meantime."""
    if not item_id:
        for item in credentials.due_items(now=now, most=MOST):
            queue.put("recheck", org_id=str(item.org_id), item_id=str(item.id))
        return
    actor = server_for(org_id=UUID(org_id))
    try:
        found = credentials.checked_item(actor=actor, item_id=UUID(item_id))
    except NotFound:  # forgotten in the meantime
        return
    if found.watched and found.next_at is not None and found.next_at <= now:
        checking.recheck(actor=actor, item_id=found.id, now=now)
