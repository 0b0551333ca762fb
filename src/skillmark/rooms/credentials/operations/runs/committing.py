"""What was signed goes out: documents, journal and rows in one transaction, each proof exactly once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from skillmark.rooms.credentials.models import Issued, Run, RunRow
from skillmark.rooms.credentials.operations.runs.planning import note_run
from skillmark.rooms.credentials.operations.runs.saving import save_fields
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people.rules import Actor


def commit(
    *,
    run: Run,
    actor: Actor,
    rows: Sequence[RunRow],
    documents: Mapping[UUID, bytes],
    refused: Mapping[UUID, str],
    now: datetime,
) -> None:
    """Write down the signed documents of those that are still only reserved; another worker may have been quicker."""
    with transaction.atomic():
        waiting = Issued.objects.select_for_update().filter(id__in=list(documents), state=Issued.State.RESERVED)
        words = dict(waiting.values_list("id", "payload"))
        # Words that were written anew meanwhile, under another key, are for whoever did that to sign.
        mine = [row.issued for row in rows if row.issued is not None and words.get(row.issued.id) == row.issued.payload]
        for one in mine:
            # The day of the signature, should it have been written down long before: a check as of then finds it genuine.
            one.state, one.document, one.given_at = Issued.State.SIGNED, documents[one.id], now.replace(microsecond=0)
        save_fields(mine, ["state", "document", "given_at"])
        journal.write_many(
            org_id=run.org_id, actor=run.made_by, actor_id=run.made_by_key, event="credentials.proof.given", now=now,
            told=[
                (one.id, {"title": one.title, "person": one.person_name, "person_id": str(one.person_id)}) for one in mine
            ],
        )  # fmt: skip
        open_still = words.keys() - {one.id for one in mine}
        done = [row.pk for row in rows if row.issued_id not in refused and row.issued_id not in open_still]
        run.rows.filter(pk__in=done, state=RunRow.State.WAITING).update(state=RunRow.State.DONE, claimed_at=None)
        for row in rows:
            if row.issued_id is not None and row.issued_id in refused:
                failed = run.rows.filter(pk=row.pk, state=RunRow.State.WAITING)
                failed.update(state=RunRow.State.FAILED, problem=refused[row.issued_id], claimed_at=None)
    end(run=run, actor=actor, now=now)


def end(*, run: Run, actor: Actor, now: datetime) -> None:
    """The last row ends the run, once."""
    if run.rows.filter(state=RunRow.State.WAITING).exists():
        return
    with transaction.atomic():
        open_ = Run.objects.filter(id=run.id, state__in=(Run.State.RUNNING, Run.State.STOPPED))
        if open_.update(state=Run.State.DONE, finished_at=now):
            note_run(actor=actor, run=run, event="finished", now=now)
