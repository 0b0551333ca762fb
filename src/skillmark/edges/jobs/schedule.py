"""Every job: what starts it, and how often it comes round. One line a job."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from skillmark.edges.jobs import check_proofs, clean_up, publish_status, resend_mail, send_mail


@dataclass(frozen=True, slots=True)
class Job:
    """`run(now=…)` for what comes round by the clock; `run(now=…, org_id=…, entry_id=…)` for what a journal entry asks.

    `every`: comes round this often, first when the worker starts. `on`: events of the journal that ask for it at once.
    """

    name: str
    run: Callable[..., None]
    every: timedelta | None = None
    on: frozenset[str] = frozenset()


JOBS = (
    Job("publish_status", publish_status.run, every=timedelta(seconds=20)),
    Job("send_mail", send_mail.run, on=frozenset({send_mail.ASKED})),
    Job("resend_mail", resend_mail.run, every=timedelta(seconds=60)),
    Job("clean_up", clean_up.run, every=timedelta(hours=6)),
    Job("check_proofs", check_proofs.run, every=timedelta(hours=24)),
)
BY_NAME = {job.name: job for job in JOBS}
