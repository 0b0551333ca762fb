"""Work off batches: some rows at a time, then to the end of the queue, so that nobody's mail waits behind 10,000 badges.

The journal's entry starts a batch at once. A chain that broke (a killed worker, an emptied queue) is taken up by the clock.
"""

from __future__ import annotations

from datetime import datetime
from time import monotonic
from uuid import UUID

from skillmark.desks import checking
from skillmark.edges.jobs import queue
from skillmark.rooms.credentials import queries as credentials
from skillmark.rooms.journal import queries as journal

STARTED, RESUMED = "credentials.batch.started", "credentials.batch.resumed"
ROWS = 200
SECONDS = 10.0
"""After so many rows or seconds others have their turn; far below what the engine allows a job."""


def run(*, now: datetime, org_id: str = "", entry_id: str = "", batch_id: str = "") -> None:
    """By the clock: take up what lies idle. By the journal: begin. By ourselves (`batch_id`): go on."""
    if entry_id:
        asked = journal.entries(org_id=UUID(org_id), after=int(entry_id) - 1, events=[STARTED, RESUMED], limit=1)
        if asked and asked[0].id == int(entry_id):
            batch_id = asked[0].subject_id
    if batch_id:
        _some(UUID(batch_id), now)
    elif not entry_id:
        for idle in credentials.idle_batches(now=now):
            queue.put("check_batches", batch_id=str(idle))


def _some(batch_id: UUID, now: datetime) -> None:
    until = monotonic() + SECONDS
    for _ in range(ROWS):
        if not checking.check_rows(now=now, most=1, batch_id=batch_id):
            return  # done, stopped, or in other hands
        if monotonic() > until:
            break
    queue.put("check_batches", batch_id=str(batch_id))
