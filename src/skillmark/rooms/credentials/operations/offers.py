"""Hand a proof over: make the code with which the person keeps it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from skillmark.errors import DomainError
from skillmark.rooms.credentials import queries, rules
from skillmark.rooms.credentials.models import Issued, Offer
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import rules as people_rules
from skillmark.rooms.people.rules import Actor

_TRIES = 5


class CannotOffer(DomainError):
    """No code was made."""


def code_hash(code: str) -> str:
    """How the code of a hand-over is looked up."""
    return rules.digest(code, key=settings.SECRET_KEY, purpose="credentials.offer")


def offer(*, actor: Actor, issued_id: UUID, way: str, now: datetime) -> tuple[Offer, str, str]:
    """The hand-over, its code (`XXXX-XXXX`) and its PIN (empty for a code on the giver's own screen).

    Neither can be shown again. Older open hand-overs of the same proof stop working.
    Raises NotFound; CannotOffer `offer.way_unknown`, `proof.cancelled`.
    """
    people.demand(actor=actor, action="proof.give")
    issued = queries.proof(actor=actor, issued_id=issued_id)
    if way not in list(rules.Way):
        raise CannotOffer("offer.way_unknown")
    if issued.cancelled_at is not None:
        raise CannotOffer("proof.cancelled")
    chosen = rules.Way(way)
    pin = people_rules.new_pin() if chosen.needs_pin else ""
    pin_hash = make_password(pin) if pin else ""  # slow on purpose, so before the transaction
    for attempt in range(_TRIES):
        code = people_rules.new_code()
        try:
            made = _make(actor=actor, issued=issued, way=chosen, code=code, pin_hash=pin_hash, now=now)
        except IntegrityError:  # someone else made one for this proof at the same moment; or, once in an age, the same code
            if attempt == _TRIES - 1:
                raise
            continue
        break
    return made, people_rules.shown_code(code), pin


@transaction.atomic
def _make(*, actor: Actor, issued: Issued, way: rules.Way, code: str, pin_hash: str, now: datetime) -> Offer:
    Offer.objects.filter(issued=issued, used_at=None, closed_at=None).update(closed_at=now)
    made = Offer.objects.create(
        id=uuid4(), issued=issued, way=way.value, code_hash=code_hash(code), pin_hash=pin_hash, made_at=now,
        expires_at=now + way.lasts,
    )  # fmt: skip
    journal.write(
        org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event="credentials.offer.made", subject_id=issued.id,
        data={"way": way.value, "person": issued.person_name, "title": issued.title}, now=now,
    )  # fmt: skip
    return made


def send_by_email(*, actor: Actor, issued_id: UUID, now: datetime) -> None:
    """Ask for an e-mail to the person. A job makes the code and sends it; here only the wish is written down.

    Raises NotFound; CannotOffer `person.email_missing`, `proof.cancelled`, `ask.sample_firm`.
    """
    people.demand(actor=actor, action="proof.give")
    issued = queries.proof(actor=actor, issued_id=issued_id)
    if issued.cancelled_at is not None:
        raise CannotOffer("proof.cancelled")
    if actor.sample:
        raise CannotOffer("ask.sample_firm")
    if not issued.person.email:
        raise CannotOffer("person.email_missing")
    journal.write(
        org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event="credentials.offer.email_asked",
        subject_id=issued.id, now=now,
        data={
            "user_id": actor.user_id, "person_id": str(issued.person_id), "person": issued.person_name,
            "title": issued.title, "language": issued.language,
        },
    )  # fmt: skip
