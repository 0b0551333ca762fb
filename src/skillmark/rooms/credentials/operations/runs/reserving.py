"""The first step: rows are taken, newcomers are added, and each proof is written down exactly as it will be signed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from skillmark.rooms.credentials import rules
from skillmark.rooms.credentials.models import Issued, Run, RunRow
from skillmark.rooms.credentials.operations import places
from skillmark.rooms.credentials.operations.runs.saving import save_fields
from skillmark.rooms.credentials.operations.wording import payload_of
from skillmark.rooms.credentials.queries.status import base_url_of
from skillmark.rooms.people import operations as people_operations
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.operations import Placing
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.signing import queries as keys

MOST = rules.PORTION


@transaction.atomic
def take(*, run: Run, actor: Actor, most: int, now: datetime) -> list[RunRow]:
    """Up to `most` rows, each with its proof reserved; empty when nothing is left, or all of it is in other hands just now.

    When nothing is free any more, rows that somebody has taken are taken over: if their worker lives, both sign the same,
    and only the first to commit counts.
    """
    rows = _claimed(run, most=most, now=now)
    fresh = [row for row in rows if row.issued is None]
    _add_newcomers(run=run, actor=actor, rows=fresh, now=now)
    persons = people.people_by_id(actor=actor, person_ids=[row.person_id for row in fresh if row.person_id])
    site = people.site(actor=actor)
    giver = people.organisation(actor=actor)
    issued: list[Issued] = []
    for row in fresh:
        person = persons.get(row.person_id) if row.person_id else None
        if person is None:
            row.state, row.problem = RunRow.State.FAILED, row.problem or "row.person_gone"
            continue
        made = _built(run=run, row=row, person=person, giver=giver, time_zone=site.time_zone, now=now)
        if made.valid_until is not None and made.valid_until <= now:
            row.state, row.problem = RunRow.State.FAILED, "row.date_over"
            continue
        row.issued = made
        issued.append(made)
    if issued:
        identity, base_url = keys.issuer(org_id=run.org_id), base_url_of(org_id=run.org_id)
        places.draw_many(org_id=run.org_id, issuer=identity.did, base_url=base_url, issued=issued, now=now)
        for made in issued:
            made.payload = payload_of(issued=made, giver_url=giver.base_url)
        Issued.objects.bulk_create(issued)
    for row in rows:
        row.claimed_at = now if row.state == RunRow.State.WAITING else None
    save_fields(rows, ["state", "problem", "person", "issued", "claimed_at"])
    return rows


def _claimed(run: Run, *, most: int, now: datetime) -> list[RunRow]:
    waiting = run.rows.filter(state=RunRow.State.WAITING, problem="", run__state=Run.State.RUNNING)
    locked = waiting.select_related("issued__entry__list__paused").select_for_update(skip_locked=True, of=("self",))
    free = Q(claimed_at=None) | Q(claimed_at__lte=now - rules.RUN_LEASE)
    return list(locked.filter(free).order_by("number")[:most]) or list(locked.order_by("claimed_at", "number")[:most])


def _add_newcomers(*, run: Run, actor: Actor, rows: Sequence[RunRow], now: datetime) -> None:
    """Whoever is not here yet. A supervisor of one site adds them there; of several (since the list was judged), nowhere."""
    new = [row for row in rows if row.person_id is None]
    if actor.sites and len(actor.sites) > 1:
        for row in new:
            row.state, row.problem = RunRow.State.FAILED, "row.newcomer"
        return
    language = people.organisation(actor=actor).language
    facts = [
        {"name": row.name, "email": row.email, "phone": row.phone, "number": row.staff_number}
        | ({"language": row.language} if row.language else {})
        for row in new
    ]
    ids = people_operations.add_many(actor=actor, people=facts, language=language, now=now)
    for row, person_id in zip(new, ids, strict=True):
        row.person_id = person_id
    if ids and actor.sites:
        [site_id] = actor.sites
        today = people.today(actor=actor, now=now)
        placings = [Placing(person_id=one, starts=today, site_id=site_id) for one in ids]
        people_operations.place_many(actor=actor, rows=placings, now=now)


def _built(*, run: Run, row: RunRow, person: Any, giver: Any, time_zone: str, now: datetime) -> Issued:
    """The proof of a row, not saved yet."""
    version, day, start = run.version, row.observed_on or run.observed_on, now.replace(microsecond=0)
    title, language = rules.said(texts=version.name, language=person.language)
    today = rules.day_there(moment=now, time_zone=time_zone)
    level = row.level if version.level_asked else None
    asked = {"person": person.id, "template": version.template_id, "level": level, "observed_on": day, "note": run.note}
    return Issued(
        id=rules.proof_id(run_id=run.id, number=row.number), org_id=run.org_id, person_id=person.id, version=version,
        level=level, title=title, person_name=person.name, giver=giver.name, given_by=run.made_by,
        given_by_key=run.made_by_key, given_at=start, valid_from=start,
        valid_until=rules.last_good_moment(day=day or today, months=version.months, time_zone=time_zone),
        time_zone=time_zone, language=language, observed_on=day, note=run.note, evidence=[],
        request_key=f"run:{run.id}:{row.number}", request_hash=rules.request_hash(**asked), payload={}, run=run,
        replaces_id=row.renews_id, why="renewed" if row.renews_id else "",
    )  # fmt: skip
