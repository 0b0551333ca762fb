"""Put a checked document into a person's own space."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction

from credcore.verify import VerifiedCredential
from skillmark.errors import DomainError
from skillmark.rooms.credentials.models import Held, Issued
from skillmark.rooms.credentials.queries.held import opened
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.signing import operations as signing

ID_LENGTH, TEXT_LENGTH = 400, 200


class CannotHold(DomainError):
    """The document was not put into the space."""


def hold(
    *, actor: Actor, verified: VerifiedCredential, issued_id: UUID | None = None, source: str = "given", form: str = "json",
    names_other: bool = False, now: datetime,
) -> Held:  # fmt: skip
    """Keep a document that was checked: the type carries the proof that checking happened.

    Kept before, by its identifier: the one that is there. `issued_id` says that it was given on this server.
    """
    credential = verified.credential
    facts = Facts(
        credential_id=credential.id, title=credential.name, giver=credential.issuer.name or credential.issuer.id,
        valid_until=credential.valid_until, form=form, source=source, names_other=names_other,
    )  # fmt: skip
    return put(actor=actor, document=verified.document, facts=facts, issued_id=issued_id, now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a document that is put into a space. `verdict` and `code` are the check's."""

    credential_id: str
    title: str
    giver: str
    valid_until: datetime | None = None
    form: str = "json"
    source: str = "given"
    verdict: str = "good"
    code: str = "good"
    names_other: bool = False


def put(*, actor: Actor, document: bytes, facts: Facts, issued_id: UUID | None = None, now: datetime) -> Held:
    """Put a document into the actor's space, closed under its key; the one that is there when it was kept before.

    A document without an identifier is known by its bytes. Only for this room: callers come by `hold` or `bring_in`.
    Raises NotFound where the space was erased, or joined with another, since the caller looked.
    """
    people.demand(actor=actor, action="record.change")
    name = facts.credential_id or f"urn:sha256:{hashlib.sha256(document).hexdigest()}"
    there = Held.objects.filter(org_id=actor.org_id, credential_id=name)
    found = there.first()
    if found is not None:
        return _given_here(opened(found), document, issued_id)
    try:
        with transaction.atomic():
            people.hold_own_space(org_id=actor.org_id)
            sealed = signing.sealer(org_id=actor.org_id).seal(document)
            made = Held.objects.create(
                id=uuid4(), org_id=actor.org_id, sealed=sealed, credential_id=name, title=facts.title[:TEXT_LENGTH],
                giver=facts.giver[:TEXT_LENGTH], valid_until=facts.valid_until, form=facts.form, source=facts.source,
                verdict=facts.verdict, code=facts.code, names_other=facts.names_other, checked_at=now, received_at=now,
                issued_id=issued_id,
            )  # fmt: skip
            _owned(made, issued_id)
            journal.write(
                org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event="credentials.proof.kept",
                subject_id=made.id, data={"title": made.title, "giver": made.giver}, now=now,
            )  # fmt: skip
    except IntegrityError:  # kept at the same moment in another window
        return _given_here(opened(there.get()), document, issued_id)
    made.is_new = True
    return opened(made)


def _given_here(held: Held, document: bytes, issued_id: UUID | None) -> Held:
    """What was brought as a file before is now taken with its own code: from here on it counts as given on this server."""
    if issued_id is not None and held.issued_id is None and bytes(held.document) == document:
        with transaction.atomic():
            Held.objects.filter(id=held.id).update(issued_id=issued_id)
            held.issued_id = issued_id
            _owned(held, issued_id)
    return held


def _owned(held: Held, issued_id: UUID | None) -> None:
    """Where its code put it last: who erased their page may keep it once more."""
    if issued_id is not None:
        Issued.objects.filter(id=issued_id).update(own_org_id=held.org_id)
