"""Cancel a proof. The row is the fact; publishing tells the world, and is done again by a job if it fails here."""

from __future__ import annotations

import logging
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from skillmark.errors import DomainError
from skillmark.rooms.credentials import queries, rules
from skillmark.rooms.credentials.models import Issued, Offer, StatusChange
from skillmark.rooms.credentials.operations import publish
from skillmark.rooms.credentials.operations.settling import settle_dispute
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.people.rules.facts import demand_facts
from skillmark.rooms.signing import operations as signing

log = logging.getLogger("skillmark.status")


class CannotCancel(DomainError):
    """The proof stays as it is."""


def cancel(*, actor: Actor, issued_id: UUID, reason: str, is_public: bool = False, now: datetime) -> Issued:
    """Cancel for good; open hand-overs are closed, and what the person said is wrong is settled.

    The reason stays with the firm, or (`is_public`) is shown to whoever checks the proof here; it is never in the published
    list. Raises NotFound; CannotCancel `cancel.reason_missing`, `cancel.reason_too_long`, `proof.already_cancelled` (fact
    `date`); `people.rules.facts.CannotWrite` for a public reason that is no fact. Call it outside any transaction.
    """
    people.demand(actor=actor, action="proof.cancel")
    reason = reason.strip()
    if not reason:
        raise CannotCancel("cancel.reason_missing")
    if len(reason) > rules.REASON_LENGTH:
        raise CannotCancel("cancel.reason_too_long", most=str(rules.REASON_LENGTH))
    issued = queries.proof(actor=actor, issued_id=issued_id)
    if is_public:
        demand_facts(text=reason, names=[issued.person_name])
    try:
        with transaction.atomic():
            note_cancelled(actor=actor, issued=issued, reason=reason, is_public=is_public, now=now)
            settle_dispute(actor=actor, issued=issued, outcome=rules.Outcome.CANCELLED, answer="", now=now)
    except IntegrityError:
        told = queries.proof(actor=actor, issued_id=issued_id)
        if told.cancelled_at is None:
            raise
        day = rules.day_there(moment=told.cancelled_at, time_zone=told.time_zone)
        raise CannotCancel("proof.already_cancelled", date=day.isoformat()) from None
    publish_soon(issued=issued, now=now)
    return queries.proof(actor=actor, issued_id=issued_id)


def note_cancelled(*, actor: Actor, issued: Issued, reason: str, is_public: bool, now: datetime) -> None:
    """Write it down, in the caller's transaction. Raises IntegrityError for a proof that was cancelled before."""
    entry = issued.entry
    StatusChange.objects.create(
        list_id=entry.list_id, index=entry.index, changed_at=now, reason=reason, is_public=is_public, by=actor.label
    )
    Offer.objects.filter(issued=issued, used_at=None, closed_at=None).update(closed_at=now)
    journal.write(
        org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event="credentials.proof.cancelled",
        subject_id=issued.id, now=now,
        data={"title": issued.title, "person": issued.person_name, "reason": reason},
    )  # fmt: skip


def publish_soon(*, issued: Issued, pauses: bool = False, now: datetime) -> None:
    """Publish the list of what was cancelled (`pauses`: of what is paused) at once.

    What fails here the job that comes round does, and the lists as tokens. Call it outside any transaction.
    """
    row = issued.entry.list
    try:
        publish.publish(list_id=row.paused.id if pauses else row.id, now=now)
    except (publish.CannotPublish, signing.CannotSign) as problem:
        log.error("status list %s was not published: %s", row.id, problem.code)
