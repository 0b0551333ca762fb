"""Looks at the journal and at the clock, and puts what is due into the queue. May run twice, and several at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from skillmark.edges.jobs.schedule import JOBS, Job
from skillmark.rooms.journal import operations as journal_operations
from skillmark.rooms.journal import queries as journal

READER = "jobs"
Put = Callable[..., None]


class Sweeper:
    """Holds when each job comes round next. A new one begins with all of them: a restart may be late, never early."""

    def __init__(self, *, put: Put, is_long: Callable[[], bool], jobs: Iterable[Job] = JOBS) -> None:
        self._put = put
        self._is_long = is_long
        self._jobs = tuple(jobs)
        self._next: dict[str, datetime] = {}

    def sweep(self, *, now: datetime) -> int:
        """One look. Returns how many jobs were asked for."""
        return self._from_journal() + self._from_clock(now)

    def _from_journal(self) -> int:
        """Jobs first, bookmark second: killed in between, the same entries are seen again, and jobs may run twice."""
        entries = journal.unseen(reader=READER)
        asked = 0
        for entry in entries:
            for job in self._jobs:
                if entry.event in job.on:
                    self._put(job.name, org_id=str(entry.org_id), entry_id=str(entry.id))
                    asked += 1
        if entries:
            journal_operations.seen(reader=READER, upto=entries[-1].id)
        return asked

    def _from_clock(self, now: datetime) -> int:
        due = [job for job in self._jobs if job.every is not None and self._next.get(job.name, now) <= now]
        if not due or self._is_long():
            return 0
        for job in due:
            self._put(job.name)
            if job.every is not None:
                self._next[job.name] = now + job.every
        return len(due)
