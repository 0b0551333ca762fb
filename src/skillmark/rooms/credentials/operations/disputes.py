"""The person says that something on their proof is wrong; the firm answers. History stays with both."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from skillmark.errors import DomainError, NotFound
from skillmark.rooms.credentials import queries, rules
from skillmark.rooms.credentials.models import Dispute, Issued
from skillmark.rooms.credentials.operations.keep import check_pin
from skillmark.rooms.credentials.operations.settling import settle_dispute
from skillmark.rooms.credentials.queries.proofs import signed
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor


class CannotDispute(DomainError):
    """Nothing was written down."""


def dispute(*, actor: Actor, held_id: UUID, about: str, words: str, now: datetime) -> Dispute:
    """Say that something is wrong on a proof in one's own space. It is under review at once.

    `about`: name, date, level or other. Raises NotFound, also for a proof that was not given on this server; CannotDispute
    `dispute.about_missing`, `dispute.words_missing`, `dispute.words_too_long`, `dispute.open_already` (fact `date`: the last
    day to answer), `dispute.over`.
    """
    people.demand(actor=actor, action="record.change")
    held = queries.held_one(actor=actor, held_id=held_id)
    if held.issued_id is None:
        raise NotFound
    return _open(issued_id=held.issued_id, about=about, words=words, now=now)


def dispute_offer(*, code: str, pin: str, about: str, words: str, now: datetime) -> Dispute:
    """The same for who has the code and the PIN of an open hand-over, before it is kept; the code goes on working.

    Raises CannotKeep as `check_pin`, CannotDispute as `dispute`. Call it outside any transaction.
    """
    _judged(about=about, words=words)  # before a try is spent
    return _open(issued_id=check_pin(code=code, pin=pin, now=now).id, about=about, words=words, now=now)


def answer_dispute(*, actor: Actor, dispute_id: UUID, answer: str, now: datetime) -> Dispute:
    """ "It stays as it is", and why. To put it right call `replace`, to take it back `cancel`: both settle it, too.

    Raises NotFound; CannotDispute `dispute.answer_missing`, `dispute.answer_too_long`, `dispute.answered`.
    """
    people.demand(actor=actor, action="proof.give")
    answer = answer.strip()
    if not answer:
        raise CannotDispute("dispute.answer_missing")
    if len(answer) > rules.DISPUTE_LENGTH:
        raise CannotDispute("dispute.answer_too_long", most=str(rules.DISPUTE_LENGTH))
    found = queries.dispute(actor=actor, dispute_id=dispute_id)
    with transaction.atomic():
        open_one = found.answered_at is None
        if not open_one or not settle_dispute(
            actor=actor, issued=found.issued, outcome=rules.Outcome.KEPT, answer=answer, now=now
        ):
            raise CannotDispute("dispute.answered")
    return queries.dispute(actor=actor, dispute_id=dispute_id)


def _open(*, issued_id: UUID, about: str, words: str, now: datetime) -> Dispute:
    words = _judged(about=about, words=words)
    issued = signed().filter(id=issued_id).first()
    if issued is None:
        raise NotFound
    if issued.cancelled_at is not None:
        raise CannotDispute("dispute.over")
    try:
        with transaction.atomic():
            made = Dispute.objects.create(
                id=uuid4(), org_id=issued.org_id, issued=issued, about=about, words=words, made_at=now,
                answer_by=rules.answer_by(now=now, time_zone=issued.time_zone),
            )  # fmt: skip
            _note(issued=issued, about=about, now=now)
    except IntegrityError:
        there = Dispute.objects.filter(issued=issued, answered_at=None).first()
        if there is None:
            raise
        raise CannotDispute("dispute.open_already", date=there.answer_by.isoformat()) from None
    return made


def _judged(*, about: str, words: str) -> str:
    words = words.strip()
    if about not in list(rules.About):
        raise CannotDispute("dispute.about_missing")
    if not words:
        raise CannotDispute("dispute.words_missing")
    if len(words) > rules.DISPUTE_LENGTH:
        raise CannotDispute("dispute.words_too_long", most=str(rules.DISPUTE_LENGTH))
    return words


def _note(*, issued: Issued, about: str, now: datetime) -> None:
    """The words stay out of the journal, which nobody can change: they may name someone."""
    journal.write(
        org_id=issued.org_id, actor=issued.person_name, actor_id=f"person:{issued.person_id}",
        event="credentials.proof.disputed", subject_id=issued.id, now=now,
        data={"person": issued.person_name, "title": issued.title, "about": about},
    )  # fmt: skip
