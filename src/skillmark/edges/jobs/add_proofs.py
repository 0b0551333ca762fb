"""Look at what people handed over for their pages: some at a time, then to the end of the queue for the sake of others.

The journal's entry starts it at once. A chain that broke (a killed worker, an emptied queue) is taken up by the clock.
"""

from __future__ import annotations

from datetime import datetime
from time import monotonic
from uuid import UUID

from django.utils import timezone

from skillmark.desks import adding
from skillmark.edges.jobs import queue
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.records import queries

MADE, RESUMED = "records.addition.made", "records.addition.resumed"
SECONDS = 10.0
"""After so many seconds others have their turn; far below what the engine allows a job."""


def run(*, now: datetime, org_id: str = "", entry_id: str = "", addition_id: str = "") -> None:
    """By the clock: take up what lies idle. By the journal: begin. By ourselves (`addition_id`): go on."""
    if entry_id:
        asked = journal.entries(org_id=UUID(org_id), after=int(entry_id) - 1, events=[MADE, RESUMED], limit=1)
        if asked and asked[0].id == int(entry_id):
            addition_id = asked[0].subject_id
    if addition_id:
        _some(UUID(addition_id), now)
    elif not entry_id:
        for idle in queries.idle_additions(now=now):
            queue.put("add_proofs", addition_id=str(idle))


def _some(addition_id: UUID, now: datetime) -> None:
    until = monotonic() + SECONDS
    while adding.look_at_next(addition_id=addition_id, now=now):
        if monotonic() > until:
            queue.put("add_proofs", addition_id=str(addition_id))
            return
        now = timezone.now()
