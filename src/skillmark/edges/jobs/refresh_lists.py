"""Read the lists of givers that firms follow again, once a day."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from skillmark.desks import checking
from skillmark.edges.jobs import queue
from skillmark.errors import NotFound
from skillmark.rooms.credentials import queries as credentials
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import server_for


def run(*, now: datetime, org_id: str = "", list_id: str = "") -> None:
    """By the clock: a job for each list, so that a slow one does not hold up the others. With a list: read it."""
    if not list_id:
        for firm in people.firms():
            for one in credentials.followed(actor=server_for(org_id=firm.id)):
                queue.put("refresh_lists", org_id=str(firm.id), list_id=str(one.id))
        return
    try:
        checking.refresh(actor=server_for(org_id=UUID(org_id)), list_id=UUID(list_id), now=now)
    except NotFound:  # given up in the meantime
        return
