"""Start a run, stop it, go on."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from skillmark.rooms.credentials import queries
from skillmark.rooms.credentials.models import Issued, Run, RunRow, Template
from skillmark.rooms.credentials.operations.runs.planning import CannotRun, note_run, planned
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.signing import operations as signing


def start_run(*, actor: Actor, run_id: UUID, count: int, now: datetime) -> Run:
    """Begin to give. `count` is how many proofs the person has seen and means: half a class is never given by accident.

    Started already: nothing happens. Raises NotFound; CannotRun `run.has_problems` (a row needs a look: mend it or leave it
    out), `run.count` (another number of rows), `run.empty`, `template.archived`; CannotDo.
    """
    people.demand(actor=actor, action="proof.give")
    found = queries.run(actor=actor, run_id=run_id)
    if found.state != Run.State.PLANNED:
        return found
    if found.version.template.state != Template.State.LIVE:
        raise CannotRun("template.archived")
    signing.make_keys(org_id=actor.org_id, now=now)
    with transaction.atomic():
        run = planned(actor=actor, run_id=run_id)
        waiting = run.rows.filter(state=RunRow.State.WAITING)
        if wrong := waiting.exclude(problem="").count():
            raise CannotRun("run.has_problems", rows=str(wrong))
        rows = waiting.count()
        if not rows:
            raise CannotRun("run.empty")
        if rows != count:
            raise CannotRun("run.count", rows=str(rows))
        run.state = Run.State.RUNNING
        run.save(update_fields=["state"])
        note_run(actor=actor, run=run, event="started", now=now, giving=rows)
    return queries.run(actor=actor, run_id=run_id)


def stop_run(*, actor: Actor, run_id: UUID, now: datetime) -> Run:
    """Stop after the portion that is being given at this moment. Not under way: nothing happens. Raises NotFound, CannotDo."""
    people.demand(actor=actor, action="proof.give")
    queries.run(actor=actor, run_id=run_id)
    with transaction.atomic():
        run = Run.objects.select_for_update().get(org_id=actor.org_id, id=run_id)
        if run.state == Run.State.RUNNING:
            run.state = Run.State.STOPPED
            run.save(update_fields=["state"])
            note_run(actor=actor, run=run, event="stopped", now=now)
    return queries.run(actor=actor, run_id=run_id)


def resume_run(*, actor: Actor, run_id: UUID, now: datetime) -> Run:
    """Go on where it stopped, and try again what has failed. Under way, or nothing left: nothing happens.

    What had failed gets a new place in the list; its old one is never used. Raises NotFound, CannotDo.
    """
    people.demand(actor=actor, action="proof.give")
    queries.run(actor=actor, run_id=run_id)
    with transaction.atomic():
        run = Run.objects.select_for_update().get(org_id=actor.org_id, id=run_id)
        failed = run.rows.filter(state=RunRow.State.FAILED)
        again = list(failed.values_list("issued_id", flat=True))
        if run.state == Run.State.STOPPED or (run.state == Run.State.DONE and again):
            failed.update(state=RunRow.State.WAITING, problem="", issued=None, claimed_at=None)
            Issued.objects.filter(id__in=[one for one in again if one], state=Issued.State.RESERVED).delete()
            run.state, run.problem, run.finished_at = Run.State.RUNNING, "", None
            run.save(update_fields=["state", "problem", "finished_at"])
            note_run(actor=actor, run=run, event="resumed", now=now)
    return queries.run(actor=actor, run_id=run_id)
