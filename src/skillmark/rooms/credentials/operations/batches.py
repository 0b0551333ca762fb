"""Check many things in the background: begin, stop, go on, and the two doors of the job that does it.

A row is taken (`claim_rows`), checked outside any transaction, and put down (`finish_row`) in one transaction with its
checks. Whatever dies in between: the row is taken again later, and only the first to put it down leaves checks.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q

from credcore.verify import Report, Verdict
from skillmark.rooms.credentials import queries, rules
from skillmark.rooms.credentials.models import Batch, BatchRow, CheckedItem
from skillmark.rooms.credentials.operations.checks import CannotCheck, keep_checks
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor, Role

PROBLEM = "problem"
"""The kind of a row that could not be read in the first place; its body is the code of the reason."""
_KINDS = frozenset({*CheckedItem.Kind.values, PROBLEM})
_AT_ONCE = 500
_OPEN = (Batch.State.WAITING, Batch.State.RUNNING)

Row = tuple[str, str, bytes]
"""(name, kind, body)"""


def start_batch(*, actor: Actor, name: str, rows: Sequence[Row], now: datetime) -> Batch:
    """Write down what is to be checked; a job does it. Rows keep their order, and are numbered from 1.

    Raises CannotCheck `batch.empty`, `batch.too_many`, `batch.too_large`, `check.kind_unknown`; CannotDo.
    """
    people.demand(actor=actor, action="check.make")
    if not rows:
        raise CannotCheck("batch.empty")
    if len(rows) > rules.BATCH_ROWS:
        raise CannotCheck("batch.too_many", most=f"{rules.BATCH_ROWS:,}")
    if sum(len(body) for _, _, body in rows) > rules.BATCH_BYTES:
        raise CannotCheck("batch.too_large", most=str(rules.BATCH_BYTES // 2**20))
    if any(kind not in _KINDS for _, kind, _ in rows):
        raise CannotCheck("check.kind_unknown")
    readable = any(kind != PROBLEM for _, kind, _ in rows)
    with transaction.atomic():
        batch = Batch.objects.create(
            id=uuid4(), org_id=actor.org_id, name=rules.storable_text(name).strip()[:200], made_by=actor.label,
            made_by_key=actor.key, created_at=now, total=len(rows),
            state=Batch.State.WAITING if readable else Batch.State.DONE, finished_at=None if readable else now,
        )  # fmt: skip
        made = [_row(batch, number, row) for number, row in enumerate(rows, 1)]
        BatchRow.objects.bulk_create(made, batch_size=_AT_ONCE)
        _note(actor=actor, batch=batch, event="credentials.batch.started", now=now)
    return batch


def stop_batch(*, actor: Actor, batch_id: UUID, now: datetime) -> Batch:
    """Stop at once: what is being checked at this moment is not kept either. Done already: nothing happens.

    Raises NotFound, CannotDo.
    """
    return _turn(actor=actor, batch_id=batch_id, of=_OPEN, to=Batch.State.STOPPED, event="stopped", now=now)


def resume_batch(*, actor: Actor, batch_id: UUID, now: datetime) -> Batch:
    """Go on where it stopped. Not stopped: nothing happens. Raises NotFound, CannotDo."""
    return _turn(actor=actor, batch_id=batch_id, of=(Batch.State.STOPPED,), to=Batch.State.RUNNING, event="resumed", now=now)


def claim_rows(*, now: datetime, most: int, batch_id: UUID | None = None) -> list[BatchRow]:
    """Take up to `most` rows of open batches (or of one), those first that were tried least, each with its batch.

    A row belongs to whoever took it until it is put down, or for five minutes. One that has outlived three workers is put
    down as `check.interrupted`. For the job alone: it takes no actor.
    """
    free = Q(claimed_at=None) | Q(claimed_at__lte=now - rules.CLAIM_LASTS)
    waiting = BatchRow.objects.filter(free, state=BatchRow.State.WAITING, batch__state__in=_OPEN)
    if batch_id is not None:
        waiting = waiting.filter(batch_id=batch_id)
    taken = []
    for row in waiting.select_related("batch").order_by("tries", "batch__created_at", "batch_id", "number")[:most]:
        mine = BatchRow.objects.filter(id=row.id, state=BatchRow.State.WAITING, claimed_at=row.claimed_at, tries=row.tries)
        if not mine.update(claimed_at=now, tries=row.tries + 1):
            continue  # another worker was quicker
        if row.tries >= rules.ROW_TRIES:
            finish_row(row_id=row.id, now=now, problem="check.interrupted")
            continue
        row.claimed_at, row.tries = now, row.tries + 1
        Batch.objects.filter(id=row.batch_id, state=Batch.State.WAITING).update(state=Batch.State.RUNNING)
        taken.append(row)
    return taken


def finish_row(*, row_id: int, now: datetime, reports: Sequence[Report] = (), problem: str = "") -> bool:
    """Put a row down with its reports, or with the code of why there are none. The last row ends the batch.

    False, and nothing is kept: somebody else has put it down, or the batch was stopped (then it is free again).
    """
    with transaction.atomic():
        batch_id = BatchRow.objects.values_list("batch_id", flat=True).get(id=row_id)
        batch = Batch.objects.select_for_update().get(id=batch_id)
        row = BatchRow.objects.select_for_update().get(id=row_id)
        if row.state != BatchRow.State.WAITING:
            return False
        if batch.state not in _OPEN:
            BatchRow.objects.filter(id=row.id).update(claimed_at=None, tries=0)
            return False
        if problem:
            row.state, row.problem = BatchRow.State.FAILED, problem[:60]
        else:
            checks = keep_checks(
                actor=_maker(batch), kind=row.kind, name=row.name, body=bytes(row.body), reports=reports, now=now,
                batch_id=batch.id,
            )  # fmt: skip
            row.state, row.item_id = BatchRow.State.DONE, checks[0].item_id
            row.verdict = rules.worst(Verdict(one.verdict) for one in checks).value
        row.body = b""
        row.save(update_fields=["state", "problem", "verdict", "item", "body"])
        if not batch.rows.filter(state=BatchRow.State.WAITING).exists():
            batch.state, batch.finished_at = Batch.State.DONE, now
            batch.save(update_fields=["state", "finished_at"])
            _note(actor=_maker(batch), batch=batch, event="credentials.batch.finished", now=now)
    return True


def _row(batch: Batch, number: int, row: Row) -> BatchRow:
    name, kind, body = row
    made = BatchRow(batch=batch, number=number, name=rules.storable_text(name)[:200], kind=kind, body=body)
    if kind == PROBLEM:
        made.state, made.problem, made.body = BatchRow.State.FAILED, body.decode("ascii", "replace")[:60], b""
    return made


def _turn(*, actor: Actor, batch_id: UUID, of: Sequence[Batch.State], to: Batch.State, event: str, now: datetime) -> Batch:
    people.demand(actor=actor, action="check.make")
    with transaction.atomic():
        queries.batch(actor=actor, batch_id=batch_id)
        batch = Batch.objects.select_for_update().get(org_id=actor.org_id, id=batch_id)
        if batch.state in of:
            batch.state = to
            batch.save(update_fields=["state"])
            batch.rows.filter(state=BatchRow.State.WAITING).update(claimed_at=None, tries=0)
            _note(actor=actor, batch=batch, event=f"credentials.batch.{event}", now=now)
    return batch


def _maker(batch: Batch) -> Actor:
    """Whoever began the batch: what the job does, it does for them."""
    kind, _, number = batch.made_by_key.partition(":")
    user_id = int(number) if kind == "user" else None
    return Actor(org_id=batch.org_id, role=Role.SUPERVISOR, name=batch.made_by, user_id=user_id)


def _note(*, actor: Actor, batch: Batch, event: str, now: datetime) -> None:
    journal.write(
        org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event=event, subject_id=batch.id,
        data={"name": batch.name, "total": batch.total}, now=now,
    )  # fmt: skip
