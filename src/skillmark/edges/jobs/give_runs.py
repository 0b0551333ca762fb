"""Give classes and lists that were started: some portions at a time, then to the end of the queue for the sake of others.

The journal's entry starts a run at once. A chain that broke (a killed worker, an emptied queue) is taken up by the clock.
"""

from __future__ import annotations

from datetime import datetime
from time import monotonic
from uuid import UUID

from django.utils import timezone

from skillmark.edges.jobs import queue
from skillmark.rooms.credentials import operations, queries
from skillmark.rooms.journal import queries as journal

STARTED, RESUMED = "credentials.run.started", "credentials.run.resumed"
SECONDS = 10.0
"""After so many seconds others have their turn; far below what the engine allows a job."""


def run(*, now: datetime, org_id: str = "", entry_id: str = "", run_id: str = "") -> None:
    """By the clock: take up what lies idle. By the journal: begin. By ourselves (`run_id`): go on."""
    if entry_id:
        asked = journal.entries(org_id=UUID(org_id), after=int(entry_id) - 1, events=[STARTED, RESUMED], limit=1)
        if asked and asked[0].id == int(entry_id):
            run_id = asked[0].subject_id
    if run_id:
        _some(UUID(run_id), now)
    elif not entry_id:
        for idle in queries.idle_runs(now=now):
            queue.put("give_runs", run_id=str(idle))


def _some(run_id: UUID, now: datetime) -> None:
    until = monotonic() + SECONDS
    while operations.do_rows(run_id=run_id, now=now):
        if monotonic() > until:
            queue.put("give_runs", run_id=str(run_id))
            return
        now = timezone.now()
