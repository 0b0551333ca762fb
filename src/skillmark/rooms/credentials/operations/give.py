"""Give a proof: reserve (rows) → sign (outside any transaction) → commit (rows and journal). (trustworthy: section 4)

Nothing leaves before the last step. A crash anywhere leaves at most a reserved row that nobody sees; the same request key
then finishes the same proof, with the same identifier, the same place in the list and the same words.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from skillmark.errors import DomainError, NotFound
from skillmark.rooms.credentials import queries, rules
from skillmark.rooms.credentials.models import Issued, StatusList, Template, TemplateVersion
from skillmark.rooms.credentials.operations import places, publish
from skillmark.rooms.credentials.queries.status import base_url_of
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import operations as people_operations
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.signing import operations as signing
from skillmark.rooms.signing import queries as keys


class CannotGive(DomainError):
    """The proof cannot be given as asked; nothing was given."""


def give(
    *,
    actor: Actor,
    person_id: UUID,
    template_id: UUID,
    level: int | None = None,
    observed_on: date | None = None,
    note: str = "",
    evidence: Sequence[rules.Seen] = (),
    version_id: UUID | None = None,
    request_key: str,
    now: datetime,
) -> Issued:
    """The signed proof. One request key gives one proof, however often and from wherever it is asked.

    `evidence` is what was seen, where more is known than a day and a note; `version_id` the version of the kind's words
    that was looked at, if not the newest.
    The months count from the day on which it was seen (`observed_on`), else from today at the site.
    Raises NotFound; CannotGive `template.archived`, `proof.level_missing`, `proof.observed_in_future`,
    `proof.already_over`, `proof.note_too_long`, `proof.request_reused`; `signing.operations.CannotSign`.
    Call it outside any transaction.
    """
    people_operations.demand(actor=actor, action="proof.give")
    told = [one.as_json() for one in evidence]
    asked = rules.request_hash(
        person=person_id, template=template_id, level=level, observed_on=observed_on, note=note,
        **({"evidence": json.dumps(told, sort_keys=True)} if told else {}),
    )  # fmt: skip
    issued = _asked_before(actor=actor, request_key=request_key)
    if issued is None:
        signing.make_keys(org_id=actor.org_id, now=now)
        try:
            issued = _reserve(
                actor=actor, person_id=person_id, template_id=template_id, level=level, observed_on=observed_on,
                note=note.strip(), told=told, version_id=version_id, request_key=request_key, asked=asked, now=now,
            )  # fmt: skip
        except IntegrityError:  # the same request a moment ago, in another process
            issued = _asked_before(actor=actor, request_key=request_key)
            if issued is None:
                raise
    if issued.request_hash != asked:
        raise CannotGive("proof.request_reused")
    if issued.state == Issued.State.RESERVED:
        _finish(actor=actor, issued=issued, now=now)
    return queries.proof(actor=actor, issued_id=issued.id)


def _asked_before(*, actor: Actor, request_key: str) -> Issued | None:
    return Issued.objects.filter(org_id=actor.org_id, request_key=request_key).first()


@transaction.atomic
def _reserve(
    *,
    actor: Actor,
    person_id: UUID,
    template_id: UUID,
    level: int | None,
    observed_on: date | None,
    note: str,
    told: list[dict[str, Any]],
    version_id: UUID | None,
    request_key: str,
    asked: str,
    now: datetime,
) -> Issued:
    person = people.person(actor=actor, person_id=person_id)
    template = queries.template(actor=actor, template_id=template_id)
    version = template.current
    if version is None or template.state != Template.State.LIVE:
        raise CannotGive("template.archived")
    if version_id is not None and version_id != version.id:
        found = TemplateVersion.objects.filter(template=template, id=version_id).first()
        if found is None:
            raise NotFound
        version = found
    time_zone = people.site(actor=actor).time_zone
    level, valid_until = _judged(
        version=version, level=level, observed_on=observed_on, note=note, time_zone=time_zone, now=now
    )
    title, language = rules.said(texts=version.name, language=person.language)
    start = now.replace(microsecond=0)
    issued = Issued.objects.create(
        id=uuid4(), org_id=actor.org_id, person_id=person.id, version=version, level=level, title=title,
        person_name=person.name, giver=people.organisation(actor=actor).name, given_by=actor.label,
        given_by_key=actor.key, given_at=start, valid_from=start, valid_until=valid_until, time_zone=time_zone,
        language=language, observed_on=observed_on, note=note, evidence=told, request_key=request_key, request_hash=asked,
        payload={},
    )  # fmt: skip
    identity = keys.issuer(org_id=actor.org_id)
    base_url = base_url_of(org_id=actor.org_id)
    row = places.open_list(org_id=actor.org_id, issuer=identity.did, base_url=base_url, now=now)
    places.draw(row=row, issued=issued)
    issued.payload = _payload(issued=issued)
    issued.save(update_fields=["payload"])
    return issued


def _judged(
    *, version: TemplateVersion, level: int | None, observed_on: date | None, note: str, time_zone: str, now: datetime
) -> tuple[int | None, datetime | None]:
    """The level to print and the last good moment, or CannotGive."""
    if version.level_asked and level not in rules.LEVELS:
        raise CannotGive("proof.level_missing")
    today = rules.day_there(moment=now, time_zone=time_zone)
    if observed_on is not None and observed_on > today:
        raise CannotGive("proof.observed_in_future")
    if len(note) > rules.TEXT_LENGTH:
        raise CannotGive("proof.note_too_long", most=str(rules.TEXT_LENGTH))
    ends = rules.last_good_moment(day=observed_on or today, months=version.months, time_zone=time_zone)
    if ends is not None and ends <= now:
        raise CannotGive("proof.already_over", date=rules.day_there(moment=ends, time_zone=time_zone).isoformat())
    return (level if version.level_asked else None), ends


def _payload(*, issued: Issued) -> dict[str, Any]:
    version, row = issued.version, issued.entry.list
    return rules.proof_payload(
        proof_id=issued.id, issuer=row.issuer, giver=issued.giver,
        giver_url=people.organisation_public(org_id=issued.org_id).base_url, person_id=issued.person_id,
        person_name=issued.person_name, version_id=version.id, title=issued.title,
        did=rules.said(texts=version.did, language=issued.language)[0],
        how=rules.said(texts=version.how, language=issued.language)[0],
        image=rules.svg(title=issued.title, giver=issued.giver, colour=version.colour),
        steps=[rules.said(texts=step, language=issued.language)[0] for step in version.steps], codes=version.codes,
        level=issued.level, language=issued.language, observer="" if issued.evidence else issued.given_by,
        observed_on=issued.observed_on, note=issued.note, evidence=[rules.from_json(one) for one in issued.evidence],
        time_zone=issued.time_zone, valid_from=issued.valid_from,
        valid_until=issued.valid_until, list_url=row.url, index=issued.entry.index,
    )  # fmt: skip


def _finish(*, actor: Actor, issued: Issued, now: datetime) -> None:
    row: StatusList = issued.entry.list
    if row.published_version == 0:
        # A proof must not point at a list that does not exist yet.
        publish.publish(list_id=row.id, now=now)
    document = signing.sign(org_id=issued.org_id, purpose="credential", unsigned=issued.payload, now=now)
    with transaction.atomic():
        waiting = Issued.objects.filter(id=issued.id, state=Issued.State.RESERVED)
        if waiting.update(state=Issued.State.SIGNED, document=document):
            journal.write(
                org_id=issued.org_id, actor=actor.label, actor_id=actor.key, event="credentials.proof.given",
                subject_id=issued.id, now=now,
                data={"title": issued.title, "person": issued.person_name, "person_id": str(issued.person_id)},
            )  # fmt: skip
