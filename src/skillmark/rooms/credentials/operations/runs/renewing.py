"""Give a class anew: a list made of the proofs of an older one, with today's words and fresh dates."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from skillmark.rooms.credentials import queries, rules
from skillmark.rooms.credentials.models import Issued, Run
from skillmark.rooms.credentials.operations.runs.planning import CannotRun, plan_run
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor


def renew_run(*, actor: Actor, run_id: UUID, observed_on: date, now: datetime) -> Run:
    """A list to look at and to start, as from `plan_run`: everyone whose proof of this run counts and was not renewed yet.

    Each new proof names the one that it renews; that one stays as it is. Twice for the same day is the same list.
    Raises NotFound; CannotRun `run.nothing_to_renew`, `template.archived`; CannotDo.
    """
    people.demand(actor=actor, action="proof.give")
    run = queries.run(actor=actor, run_id=run_id)
    given = queries.run_proofs(actor=actor, run_id=run_id)
    newer = Issued.objects.filter(org_id=actor.org_id, replaces_id__in=[one.id for one in given.values()])
    renewed = set(newer.exclude(run__renews_id=run_id, run__observed_on=observed_on).values_list("replaces_id", flat=True))
    rows = [
        rules.Wanted(
            line=number, name=one.person_name, level=one.level, language=one.language, person_id=one.person_id, renews=one.id
        )
        for number, one in given.items()
        if one.cancelled_at is None and one.id not in renewed
    ]
    if not rows:
        raise CannotRun("run.nothing_to_renew")
    return plan_run(
        actor=actor, template_id=run.version.template_id, name=run.name, rows=rows, observed_on=observed_on, note=run.note,
        request_key=f"renew:{run_id}:{observed_on.isoformat()}", renews=run_id, now=now,
    )  # fmt: skip
