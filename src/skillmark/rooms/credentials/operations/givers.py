"""Trust a giver, with a reason, and stop trusting it. Only the owner may; every step is in the journal."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from skillmark.errors import DomainError, NotFound
from skillmark.rooms.credentials import rules
from skillmark.rooms.credentials.models import TrustedGiver
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor


class CannotTrust(DomainError):
    """The firm's list of givers stays as it is."""


def trust_giver(*, actor: Actor, issuer: str, name: str, reason: str, now: datetime) -> TrustedGiver:
    """Put a giver on the firm's list. On it already: the entry that is there.

    `issuer` is a DID or an https address, exactly as it stands in the proof.
    Raises CannotTrust `giver.issuer_unknown`, `giver.name_missing`, `giver.reason_missing`, `giver.too_long`; CannotDo.
    """
    people.demand(actor=actor, action="trust.change")
    issuer, name, reason = issuer.strip(), " ".join(name.split()), reason.strip()
    if not rules.is_issuer(issuer):
        raise CannotTrust("giver.issuer_unknown")
    if not name:
        raise CannotTrust("giver.name_missing")
    demand_reason(reason)
    if len(issuer) > rules.URL_LENGTH or len(name) > rules.GIVER_LENGTH:
        raise CannotTrust("giver.too_long")
    live = TrustedGiver.objects.filter(org_id=actor.org_id, issuer=issuer, ended_at=None)
    found = live.first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            made = TrustedGiver.objects.create(
                id=uuid4(), org_id=actor.org_id, issuer=issuer, name=rules.storable_text(name),
                reason=rules.storable_text(reason), added_at=now, added_by=actor.label,
            )  # fmt: skip
            _note(actor=actor, giver=made, event="credentials.giver.trusted", now=now)
    except IntegrityError:  # pressed twice at the same moment
        return live.get()
    return made


def tell_giver(*, actor: Actor, giver_id: UUID, told: bool, now: datetime) -> None:
    """Let a giver know, and show, that the firm accepts its proofs; `told=False` takes that back.

    What becomes public is the firm's name and since when, nothing else: no reason, and nobody's proof. As it is already:
    nothing happens. Raises NotFound; CannotDo.
    """
    people.demand(actor=actor, action="trust.change")
    with transaction.atomic():
        live = TrustedGiver.objects.filter(org_id=actor.org_id, id=giver_id, ended_at=None)
        found = live.select_for_update().first()
        if found is None:
            raise NotFound
        if found.told != told:
            live.update(told=told)
            event = "credentials.giver.told" if told else "credentials.giver.told_no_more"
            _note(actor=actor, giver=found, event=event, now=now)


def stop_trusting(*, actor: Actor, giver_id: UUID, now: datetime) -> None:
    """Take a giver off the firm's list; the row stays as history. Raises NotFound, also when it is off already; CannotDo."""
    people.demand(actor=actor, action="trust.change")
    with transaction.atomic():
        live = TrustedGiver.objects.filter(org_id=actor.org_id, id=giver_id, ended_at=None)
        found = live.select_for_update().first()
        if found is None:
            raise NotFound
        live.update(ended_at=now, ended_by=actor.label)
        _note(actor=actor, giver=found, event="credentials.giver.untrusted", now=now)


def demand_reason(reason: str) -> None:
    """Raise CannotTrust `giver.reason_missing` or `giver.too_long` for a reason that nobody could read later."""
    if not reason.strip():
        raise CannotTrust("giver.reason_missing")
    if len(reason) > rules.TRUST_REASON_LENGTH:
        raise CannotTrust("giver.too_long")


def _note(*, actor: Actor, giver: TrustedGiver, event: str, now: datetime) -> None:
    journal.write(
        org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event=event, subject_id=giver.id,
        data={"name": giver.name, "issuer": giver.issuer, "reason": giver.reason}, now=now,
    )  # fmt: skip
