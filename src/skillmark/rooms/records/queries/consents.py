"""What a person agreed to, out of the signed receipts that lie in their own space."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from credcore.codec import jose
from skillmark.errors import NotFound
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records.models import Consent
from skillmark.rooms.records.rules import receipts
from skillmark.rooms.signing import operations as signing


@dataclass(frozen=True, slots=True)
class Receipt:
    """One receipt: `token` is the signed file, `agreed` what it says, `withdrawn_at` when the person took it back."""

    id: UUID
    token: bytes
    agreed: receipts.Agreed
    withdrawn_at: datetime | None
    share_id: UUID | None

    def is_over(self, *, now: datetime) -> bool:
        """Whether nothing is shown on the strength of it any more."""
        return self.withdrawn_at is not None or (self.agreed.until is not None and self.agreed.until <= now)


def consents(*, actor: Actor) -> list[Receipt]:
    """All receipts of the actor's own space, newest first. Raises CannotSign `sign.outer_key`."""
    found = list(Consent.objects.filter(org_id=actor.org_id))
    sealer = signing.sealer(org_id=actor.org_id) if found else None
    return [_opened(one, sealer) for one in found if sealer is not None]


def consent(*, actor: Actor, consent_id: UUID) -> Receipt:
    """One receipt. Raises NotFound, CannotSign `sign.outer_key`."""
    found = Consent.objects.filter(org_id=actor.org_id, id=consent_id).first()
    if found is None:
        raise NotFound
    return _opened(found, signing.sealer(org_id=actor.org_id))


def _opened(row: Consent, sealer: signing.Sealer) -> Receipt:
    token = sealer.unseal(row.sealed)
    agreed = receipts.read(jose.claims(jose.parse(token)))
    return Receipt(row.id, token, agreed, row.withdrawn_at, row.share_id)
