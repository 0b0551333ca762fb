"""Make keys and sign. The only caller of `credcore.issue`; takes whole credentials, never bytes."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction

from credcore import issue
from credcore.codec import strict_json
from credcore.keys.ed25519 import LocalSigner, generate
from skillmark.errors import DomainError
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.signing import queries
from skillmark.rooms.signing.models import DataKey, IssuerKey
from skillmark.rooms.signing.rules import WrongOuterKey, unwrap, wrap


class CannotSign(DomainError):
    """Nothing was signed. `detail` says why, for a technical reader."""


@transaction.atomic
def make_keys(*, org_id: UUID, now: datetime) -> None:
    """Make sure that the firm has an active key for each purpose. Does nothing when it has."""
    for purpose in IssuerKey.Purpose.values:
        if not IssuerKey.objects.filter(org_id=org_id, purpose=purpose, state=IssuerKey.State.ACTIVE).exists():
            _make_key(org_id, purpose, now)


@transaction.atomic
def rotate(*, actor: Actor, purpose: str, now: datetime) -> IssuerKey:
    """Retire the active key and make a new one. Old proofs stay good: the retired key stays published."""
    people.demand(actor=actor, action="keys.change")
    IssuerKey.objects.filter(org_id=actor.org_id, purpose=purpose, state=IssuerKey.State.ACTIVE).update(
        state=IssuerKey.State.RETIRED, retired_at=now
    )
    key = _make_key(actor.org_id, purpose, now)
    journal.write(
        org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event="signing.key.rotated", subject_id=key.id,
        data={"purpose": purpose}, now=now,
    )  # fmt: skip
    return key


def sign(*, org_id: UUID, unsigned: dict[str, Any], now: datetime, purpose: str = "credential") -> bytes:
    """Lint and sign a credential in the firm's name; JSON bytes. Call it outside any transaction.

    The credential's issuer must be the firm's present identity, or one of its earlier keys that is not compromised.
    Raises CannotSign: `sign.not_ours`, `sign.refused`, `sign.outer_key`.
    """
    giver = unsigned.get("issuer")
    did = giver.get("id") if isinstance(giver, dict) else giver
    key = _key_for(org_id, str(did), purpose)
    try:
        seed = unwrap(key=_data_key(org_id), wrapped=bytes(key.wrapped), bound_to=_bound(key))
    except WrongOuterKey as error:
        raise CannotSign("sign.outer_key") from error
    signer = LocalSigner(seed, f"{did}#{key.public_multibase}")
    try:
        return strict_json.dumps(issue.issue(unsigned, signer=signer, now=now))
    except issue.LintError as error:
        raise CannotSign("sign.refused", detail=str(error)) from error


def _key_for(org_id: UUID, did: str, purpose: str) -> IssuerKey:
    """The key that may sign under `did`. did:key names it; under did:web it is the active one of the purpose."""
    if did not in queries.identities(org_id=org_id):
        raise CannotSign("sign.not_ours")
    mine = IssuerKey.objects.filter(org_id=org_id).exclude(state=IssuerKey.State.COMPROMISED)
    if did.startswith("did:key:"):
        found = mine.filter(public_multibase=did.removeprefix("did:key:")).first()
        # A retired key signs no new proof, but the lists that tell which of its proofs were cancelled.
        if found is not None and purpose == IssuerKey.Purpose.CREDENTIAL and found.state != IssuerKey.State.ACTIVE:
            found = None
    else:
        found = mine.filter(purpose=purpose, state=IssuerKey.State.ACTIVE).first()
    if found is None:
        raise CannotSign("sign.not_ours")
    return found


def _make_key(org_id: UUID, purpose: str, now: datetime) -> IssuerKey:
    made = generate()
    key = IssuerKey(id=uuid4(), org_id=org_id, purpose=purpose, public_multibase=made.multibase, made_at=now)
    key.wrapped = wrap(key=_data_key(org_id), secret=made.seed, bound_to=_bound(key))
    key.save(force_insert=True)
    return key


def _data_key(org_id: UUID) -> bytes:
    """The firm's own wrapping key, made on first use. Raises CannotSign `sign.outer_key`."""
    row = DataKey.objects.filter(org_id=org_id).first()
    if row is None:
        secret = secrets.token_bytes(32)
        DataKey.objects.create(org_id=org_id, wrapped=wrap(key=settings.OUTER_KEY, secret=secret, bound_to=str(org_id)))
        return secret
    try:
        return unwrap(key=settings.OUTER_KEY, wrapped=bytes(row.wrapped), bound_to=str(org_id))
    except WrongOuterKey as error:
        raise CannotSign("sign.outer_key") from error


def _bound(key: IssuerKey) -> str:
    return f"{key.org_id}|{key.id}|{key.purpose}"
