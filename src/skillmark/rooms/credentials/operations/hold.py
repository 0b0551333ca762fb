"""Put a checked document into a person's own space."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from credcore.verify import VerifiedCredential
from skillmark.errors import DomainError
from skillmark.rooms.credentials.models import Held, Issued
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor

_TEXT = 200


class CannotHold(DomainError):
    """The document was not put into the space."""


def hold(*, actor: Actor, verified: VerifiedCredential, issued_id: UUID | None = None, now: datetime) -> Held:
    """Keep a document that was checked: the type carries the proof that checking happened.

    Kept before, by its identifier: the one that is there. `issued_id` says that it was given on this server.
    Raises CannotHold `held.no_id`.
    """
    people.demand(actor=actor, action="record.change")
    credential = verified.credential
    if not credential.id:
        raise CannotHold("held.no_id")
    there = Held.objects.filter(org_id=actor.org_id, credential_id=credential.id)
    found = there.first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            made = Held.objects.create(
                id=uuid4(), org_id=actor.org_id, document=verified.document, credential_id=credential.id,
                title=credential.name[:_TEXT], giver=(credential.issuer.name or credential.issuer.id)[:_TEXT],
                received_at=now, issued_id=issued_id,
            )  # fmt: skip
            if issued_id is not None:
                Issued.objects.filter(id=issued_id, own_org_id=None).update(own_org_id=actor.org_id)
            journal.write(
                org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event="credentials.proof.kept",
                subject_id=made.id, data={"title": made.title, "giver": made.giver}, now=now,
            )  # fmt: skip
    except IntegrityError:  # kept at the same moment in another window
        return there.get()
    return made
