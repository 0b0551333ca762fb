"""Every job: what starts it, and how often it comes round. One line a job."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from skillmark.edges.jobs import (
    add_proofs,
    check_batches,
    check_proofs,
    clean_up,
    give_runs,
    note_elsewhere,
    note_own,
    note_signatures,
    publish_status,
    recheck,
    recheck_held,
    refresh_lists,
    remind,
    resend_mail,
    send_mail,
    settle_sign_offs,
    tell_owners,
)


@dataclass(frozen=True, slots=True)
class Job:
    """`run(now=…)` for what comes round by the clock; `run(now=…, org_id=…, entry_id=…)` for what a journal entry asks.
    A job may put itself into the queue with facts of its own.

    `every`: comes round this often, first when the worker starts. `on`: events of the journal that ask for it at once.
    """

    name: str
    run: Callable[..., None]
    every: timedelta | None = None
    on: frozenset[str] = frozenset()


JOBS = (
    Job("publish_status", publish_status.run, every=timedelta(seconds=20)),
    Job("send_mail", send_mail.run, on=frozenset(send_mail.WISHES)),
    Job("resend_mail", resend_mail.run, every=timedelta(seconds=60)),
    Job(
        "check_batches",
        check_batches.run,
        every=timedelta(minutes=1),
        on=frozenset({check_batches.STARTED, check_batches.RESUMED}),
    ),
    Job("give_runs", give_runs.run, every=timedelta(minutes=1), on=frozenset({give_runs.STARTED, give_runs.RESUMED})),
    Job("add_proofs", add_proofs.run, every=timedelta(minutes=1), on=frozenset({add_proofs.MADE, add_proofs.RESUMED})),
    Job("recheck_held", recheck_held.run, every=timedelta(minutes=5)),
    Job("recheck", recheck.run, every=timedelta(minutes=5)),
    Job("note_signatures", note_signatures.run, on=frozenset({note_signatures.KEPT, note_signatures.CHANGED})),
    Job("note_own", note_own.run, on=note_own.HEARD),
    Job("note_elsewhere", note_elsewhere.run, on=note_elsewhere.HEARD),
    Job(
        "settle_sign_offs",
        settle_sign_offs.run,
        every=timedelta(seconds=2),
        on=frozenset({settle_sign_offs.JOINED}),
    ),
    Job("tell_owners", tell_owners.run, on=frozenset({tell_owners.CHANGED})),
    Job("refresh_lists", refresh_lists.run, every=timedelta(hours=24)),
    Job("remind", remind.run, every=timedelta(minutes=30)),
    Job("clean_up", clean_up.run, every=timedelta(hours=6)),
    Job("check_proofs", check_proofs.run, every=timedelta(hours=24)),
)
BY_NAME = {job.name: job for job in JOBS}
