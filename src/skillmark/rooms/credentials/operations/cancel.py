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
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.signing import operations as signing

log = logging.getLogger("skillmark.status")


class CannotCancel(DomainError):
    """The proof stays as it is."""


def cancel(*, actor: Actor, issued_id: UUID, reason: str, now: datetime) -> Issued:
    """Cancel for good; open hand-overs are closed. The reason stays with the firm and is not published.

    Raises NotFound; CannotCancel `cancel.reason_missing`, `cancel.reason_too_long`, `proof.already_cancelled` (fact `date`).
    Call it outside any transaction.
    """
    people.demand(actor=actor, action="proof.cancel")
    reason = reason.strip()
    if not reason:
        raise CannotCancel("cancel.reason_missing")
    if len(reason) > rules.REASON_LENGTH:
        raise CannotCancel("cancel.reason_too_long", most=str(rules.REASON_LENGTH))
    issued = queries.proof(actor=actor, issued_id=issued_id)
    entry = issued.entry
    try:
        with transaction.atomic():
            StatusChange.objects.create(
                list_id=entry.list_id, index=entry.index, changed_at=now, reason=reason, by=actor.label
            )
            Offer.objects.filter(issued=issued, used_at=None, closed_at=None).update(closed_at=now)
            journal.write(
                org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event="credentials.proof.cancelled",
                subject_id=issued.id, now=now,
                data={"title": issued.title, "person": issued.person_name, "reason": reason},
            )  # fmt: skip
    except IntegrityError:
        told = queries.proof(actor=actor, issued_id=issued_id)
        if told.cancelled_at is None:
            raise
        day = rules.day_there(moment=told.cancelled_at, time_zone=told.time_zone)
        raise CannotCancel("proof.already_cancelled", date=day.isoformat()) from None
    try:
        publish.publish(list_id=entry.list_id, now=now)
    except (publish.CannotPublish, signing.CannotSign) as problem:
        log.error("status list %s was not published: %s", entry.list_id, problem.code)
    return queries.proof(actor=actor, issued_id=issued_id)
