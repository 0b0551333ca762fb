"""One portion of a run: reserve → sign → commit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from skillmark.errors import NotFound
from skillmark.rooms.credentials.models import Issued, Run, RunRow
from skillmark.rooms.credentials.operations.publish import CannotPublish, publish_new
from skillmark.rooms.credentials.operations.runs import committing, reserving
from skillmark.rooms.credentials.operations.runs.planning import note_run
from skillmark.rooms.credentials.operations.wording import to_present_key
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor, Role, may, server_for
from skillmark.rooms.signing import operations as signing

_ROW_ALONE = "sign.refused"
"""What is wrong with one proof only; any other reason stops the whole run."""


def do_rows(
    *, run_id: UUID, now: datetime, most: int = reserving.MOST, reached: Callable[[str], None] = lambda _point: None
) -> int:
    """Give up to `most` (at most 200) proofs of a run that was started; how many rows were put down. 0: nothing is left.

    Several may do it at once. It does what the person who started the run may do, and stops when they no longer may.
    `reached` hears where it is: `reserving`, `reserved`, `signed`, `committed`. For the job and the command line: it takes
    no actor. Call it outside any transaction.
    """
    run = Run.objects.filter(id=run_id, state=Run.State.RUNNING).select_related("version").first()
    if run is None:
        return 0
    actor = _maker(run, now)
    if actor is None:
        _halt(run, problem="run.maker_gone", now=now)
        return 0
    reached("reserving")
    rows = reserving.take(run=run, actor=actor, most=min(most, reserving.MOST), now=now)
    reached("reserved")
    if not rows:
        committing.end(run=run, actor=actor, now=now)
        return 0
    reserved = [row.issued for row in rows if row.issued is not None and row.issued.state == Issued.State.RESERVED]
    to_present_key(org_id=run.org_id, issued=reserved, now=now)
    try:
        documents, refused = _signed(run, reserved, now)
    except (signing.CannotSign, CannotPublish) as error:
        _halt(run, problem=error.code, now=now)
        return 0
    reached("signed")
    committing.commit(run=run, actor=actor, rows=rows, documents=documents, refused=refused, now=now)
    reached("committed")
    return len(rows)


def _signed(run: Run, reserved: list[Issued], now: datetime) -> tuple[dict[UUID, bytes], dict[UUID, str]]:
    """Documents by identifier, and those that must not be signed with the code of the reason."""
    for entry in {one.entry.list_id: one.entry for one in reserved}.values():
        publish_new(row=entry.list, now=now)
    refused: dict[UUID, str] = {}
    left = list(reserved)
    while left:
        try:
            made = signing.sign_many(
                org_id=run.org_id, unsigned=[one.payload for one in left], template_id=run.version.template_id, now=now
            )
        except signing.CannotSign as error:
            if error.code != _ROW_ALONE:
                raise
            refused[left.pop(int(error.facts["row"])).id] = error.code
        else:
            return {one.id: document for one, document in zip(left, made, strict=True)}, refused
    return {}, refused


def _maker(run: Run, now: datetime) -> Actor | None:
    """Whoever brought the list, as long as they may give proofs."""
    kind, _, number = run.made_by_key.partition(":")
    if kind == "server":
        return server_for(org_id=run.org_id)
    try:
        actor = people.actor_for(user_id=int(number), now=now, org_id=run.org_id)
    except (NotFound, ValueError):
        return None
    return actor if may(actor, "proof.give") and actor.role is not Role.AUDITOR else None


def _halt(run: Run, *, problem: str, now: datetime) -> None:
    """Stop, with the reason; the rows wait as they are."""
    with transaction.atomic():
        if Run.objects.filter(id=run.id, state=Run.State.RUNNING).update(state=Run.State.STOPPED, problem=problem[:60]):
            run.rows.filter(state=RunRow.State.WAITING).update(claimed_at=None)
            note_run(actor=server_for(org_id=run.org_id), run=run, event="halted", now=now, problem=problem)
