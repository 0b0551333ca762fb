"""The queue: the only door to the engine besides `engine.py`.

Why django-q2: it keeps its queue in our own database (SQLite or PostgreSQL), so that a small firm runs nothing besides; a job
whose process was killed comes back by itself after the settings' `retry` seconds, which others we tried did not do; a job that
hangs is ended after `timeout` seconds without taking anything else down; and with several machines the same code takes Redis
as broker. We use nothing else of it: no schedules, no results, no groups. What is due is told by the journal and by
`schedule.py`, and every job may run twice, so the engine can be exchanged in these two files.
"""

from __future__ import annotations

from django.utils import timezone
from django_q.brokers import get_broker
from django_q.tasks import async_task

ENOUGH = 200
"""With so much waiting, what comes round by the clock is not added: it would only lengthen the queue."""


def put(name: str, **facts: str) -> None:
    """Ask for a job. The facts are ids in plain text; the clock is read when it runs."""
    async_task(perform, name, facts, task_name=name, save=False)


def is_long() -> bool:
    """Whether the worker is far behind."""
    return bool(get_broker().queue_size() >= ENOUGH)


def perform(name: str, facts: dict[str, str]) -> None:
    """What the engine calls in its worker process."""
    from skillmark.edges.jobs import schedule  # here, because a job may itself put jobs into the queue

    schedule.BY_NAME[name].run(now=timezone.now(), **facts)
