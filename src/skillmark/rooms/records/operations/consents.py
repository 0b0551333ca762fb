"""Keep a signed receipt of everything that a person agreed to hand out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records.models import Consent
from skillmark.rooms.records.rules import receipts
from skillmark.rooms.signing import operations as signing


def note_consent(
    *,
    actor: Actor,
    kind: str,
    to_whom: str,
    purpose: str,
    facts: Sequence[str],
    wording: str,
    language: str,
    until: datetime | None,
    share_id: UUID | None = None,
    now: datetime,
) -> Consent:
    """The receipt of one "yes": signed with the person's own key, and closed under the key of their page.

    `kind` is one of Consent.Kind; `facts` are what is handed out, each in plain words; `wording` exactly what stood above
    the button, in `language`; `until` None: handed over for good. Call it in the transaction of what was agreed to.
    Raises CannotSign `sign.outer_key`, NotFound.
    """
    people.demand(actor=actor, action="record.change")
    agreed = receipts.Agreed(
        kind=Consent.Kind(kind).value, to_whom=to_whom, purpose=purpose, facts=tuple(facts), wording=wording,
        language=language, given_at=now, until=until,
    )  # fmt: skip
    number = uuid4()
    with transaction.atomic():
        people.hold_own_space(org_id=actor.org_id)  # a page that was erased at this moment gets no key again
        by = signing.party(org_id=actor.org_id, now=now)
        token = signing.sign_as_party(
            org_id=actor.org_id, header=receipts.header(verification_method=by.verification_method),
            payload=receipts.payload(agreed=agreed, receipt_id=number, did=by.did, person=actor.name), now=now,
        )  # fmt: skip
        made = Consent.objects.create(
            id=number, org_id=actor.org_id, kind=agreed.kind, share_id=share_id, made_at=now, ends_at=until,
            sealed=signing.sealer(org_id=actor.org_id).seal(token),
        )  # fmt: skip
        journal.write(
            org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event="records.consent.given", subject_id=made.id,
            data={"kind": made.kind}, now=now,
        )  # fmt: skip
    return made
