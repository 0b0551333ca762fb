"""Pause a proof and let it go on: it does not count for a while. Rows are the fact; the list of paused proofs follows them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from skillmark.errors import DomainError
from skillmark.rooms.credentials import queries, rules
from skillmark.rooms.credentials.models import Issued, Pause
from skillmark.rooms.credentials.operations.cancel import publish_soon
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.people.rules.facts import demand_facts


class CannotPause(DomainError):
    """The proof stays as it is."""


def pause(*, actor: Actor, issued_id: UUID, reason: str, is_public: bool = False, now: datetime) -> Issued:
    """The proof does not count from now on, until `resume`. Whoever checks it here is told at once, others within 15 minutes.

    The reason stays with the firm, or (`is_public`) is shown to whoever checks it here.
    Raises NotFound; CannotPause `pause.reason_missing`, `pause.reason_too_long`, `pause.older_proof` (it names no list where
    that could be read), `proof.cancelled`, `proof.already_paused` (fact `date`); `people.rules.facts.CannotWrite`.
    Call it outside any transaction.
    """
    people.demand(actor=actor, action="proof.cancel")
    reason = reason.strip()
    if not reason:
        raise CannotPause("pause.reason_missing")
    if len(reason) > rules.REASON_LENGTH:
        raise CannotPause("pause.reason_too_long", most=str(rules.REASON_LENGTH))
    issued = queries.proof(actor=actor, issued_id=issued_id)
    if issued.cancelled_at is not None:
        raise CannotPause("proof.cancelled")
    if not rules.can_be_paused(issued.payload):
        raise CannotPause("pause.older_proof")
    if is_public:
        demand_facts(text=reason, names=[issued.person_name])
    entry = issued.entry
    try:
        with transaction.atomic():
            Pause.objects.create(
                list_id=entry.list_id, index=entry.index, paused_at=now, reason=reason, is_public=is_public, by=actor.label
            )
            _note(actor=actor, issued=issued, event="credentials.proof.paused", now=now, reason=reason)
    except IntegrityError:
        told = queries.proof(actor=actor, issued_id=issued_id)
        if told.paused_at is None:
            raise
        day = rules.day_there(moment=told.paused_at, time_zone=told.time_zone)
        raise CannotPause("proof.already_paused", date=day.isoformat()) from None
    publish_soon(issued=issued, pauses=True, now=now)
    return queries.proof(actor=actor, issued_id=issued_id)


def resume(*, actor: Actor, issued_id: UUID, now: datetime) -> Issued:
    """The proof counts again, unless something else stands against it. Raises NotFound; CannotPause `proof.not_paused`."""
    people.demand(actor=actor, action="proof.cancel")
    issued = queries.proof(actor=actor, issued_id=issued_id)
    entry = issued.entry
    with transaction.atomic():
        running = Pause.objects.filter(list_id=entry.list_id, index=entry.index, resumed_at=None)
        if not running.update(resumed_at=now, resumed_by=actor.label):
            raise CannotPause("proof.not_paused")
        _note(actor=actor, issued=issued, event="credentials.proof.resumed", now=now)
    publish_soon(issued=issued, pauses=True, now=now)
    return queries.proof(actor=actor, issued_id=issued_id)


def _note(*, actor: Actor, issued: Issued, event: str, now: datetime, **more: str) -> None:
    journal.write(
        org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event=event, subject_id=issued.id, now=now,
        data={"title": issued.title, "person": issued.person_name, **more},
    )  # fmt: skip
