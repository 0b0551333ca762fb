"""What comes along when a page moves here from another server, besides proofs and words: its key, and its receipts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from credcore.codec import jose as codec
from credcore.errors import CredcoreError
from credcore.keys import jwk
from credcore.proofs import jose
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records.models import Consent
from skillmark.rooms.records.rules import receipts
from skillmark.rooms.signing import operations as signing

MOST_RECEIPTS = 2000


@dataclass(frozen=True, slots=True)
class OldReceipt:
    """A receipt of what was agreed to on the other server, and when it was taken back there."""

    token: bytes
    withdrawn_at: datetime | None


def take_key(*, actor: Actor, secret: bytes, now: datetime) -> bool:
    """Go on with the key of the page that moves here. False when this page has another one already, or when the old page lies
    on this very server and has not been erased: two pages never have the same key here.

    Raises CannotSign `sign.outer_key`, CannotDo.
    """
    people.demand(actor=actor, action="record.change")
    try:
        with transaction.atomic():
            people.hold_own_space(org_id=actor.org_id)
            signing.take_party_secret(org_id=actor.org_id, secret=secret, now=now)
    except (signing.CannotSign, CredcoreError, IntegrityError, ValueError) as error:
        if isinstance(error, signing.CannotSign) and error.code == "sign.outer_key":
            raise
        return False
    return True


def take_receipts(*, actor: Actor, old: Sequence[OldReceipt], now: datetime) -> int:
    """Keep the receipts that carry the signature of this page's own key; how many are new. Twice is as good as once."""
    people.demand(actor=actor, action="record.change")
    taken = 0
    with transaction.atomic():
        people.hold_own_space(org_id=actor.org_id)
        by, sealer = signing.party(org_id=actor.org_id, now=now), signing.sealer(org_id=actor.org_id)
        for one in old[:MOST_RECEIPTS]:
            read = _read(one, did=by.did, key=by.jwk)
            if read is None:
                continue
            number, agreed = read
            _row, made = Consent.objects.get_or_create(
                id=uuid5(actor.org_id, number), org_id=actor.org_id,
                defaults={
                    "kind": Consent.Kind(agreed.kind), "sealed": sealer.seal(one.token), "made_at": agreed.given_at,
                    "ends_at": agreed.until, "withdrawn_at": one.withdrawn_at or now,
                },
            )  # fmt: skip
            taken += made
        if taken:
            journal.write(
                org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event="records.consents.moved_in",
                subject_id=actor.org_id, data={"count": taken}, now=now,
            )  # fmt: skip
    return taken


def _read(one: OldReceipt, *, did: str, key: dict[str, Any]) -> tuple[str, receipts.Agreed] | None:
    """(its number, what it says) of a receipt that this page's key has signed; None for any other."""
    try:
        token = codec.parse(one.token)
        jose.verify(jws=token, key=jwk.decode(key))
        claims = codec.claims(token)
        if claims.get("iss") != did or token.header.get("typ") != receipts.TYPE:
            return None
        agreed = receipts.read(claims)
        Consent.Kind(agreed.kind)
        number = str(UUID(str(claims["jti"]).removeprefix("urn:uuid:")))
    except (CredcoreError, KeyError, TypeError, ValueError):
        return None
    return number, agreed
