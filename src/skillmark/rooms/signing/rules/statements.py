"""What keys say about keys. Words of the W3C only, so that any verifier of credentials reads them. Pure.

The exact shapes are documented in docs/reference/keys.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4, uuid5

from credcore.codec.moments import iso

_CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
_DIDS = "https://www.w3.org/ns/did/v1"
_MULTIKEY = "https://w3id.org/security/multikey/v1"
_TRIAL = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class KeyPeriod:
    """The life of one key. `state` is `staged`, `active`, `retired` or `compromised`; `since` is from when on others may
    have known it."""

    id: UUID
    key_multibase: str
    purpose: str
    state: str
    made_at: datetime
    active_from: datetime | None
    retired_at: datetime | None
    since: datetime | None

    @property
    def did(self) -> str:
        return f"did:key:{self.key_multibase}"


def hand_over(*, old: str, new: str, firm: str, now: datetime, named: UUID) -> dict[str, Any]:
    """Unsigned: the holder of the key `old` (did:key) goes on under `new` (did:key)."""
    return {
        "@context": [_CREDENTIALS, _DIDS],
        "id": named.urn,
        "type": ["VerifiableCredential"],
        "issuer": {"id": old, "name": firm},
        "validFrom": iso(now),
        "credentialSubject": {"id": old, "alsoKnownAs": [new]},
    }


def history(
    *, signer: str, firm: str, controller: str, org_id: UUID, periods: Sequence[KeyPeriod], now: datetime
) -> dict[str, Any]:
    """Unsigned: every key of a firm and how long it was used, said by the one that `signer` (did:key) names."""
    return {
        "@context": [_CREDENTIALS, _MULTIKEY],
        "id": uuid5(org_id, f"keys {iso(now)}").urn,
        "type": ["VerifiableCredential"],
        "name": "Signing keys",
        "issuer": {"id": signer, "name": firm},
        "validFrom": iso(now),
        "credentialSubject": [_period(one, controller or one.did) for one in periods],
    }


def trial(*, did: str, firm: str, now: datetime) -> dict[str, Any]:
    """Unsigned: what a new key signs to show that it works. It names nobody and ends after ten minutes."""
    return {
        "@context": [_CREDENTIALS],
        "id": uuid4().urn,
        "type": ["VerifiableCredential"],
        "name": "Trial of a signing key",
        "description": "This says nothing about anybody.",
        "issuer": {"id": did, "name": firm},
        "validFrom": iso(now),
        "validUntil": iso(now + _TRIAL),
        "credentialSubject": {"id": uuid4().urn},
    }


def _period(one: KeyPeriod, controller: str) -> dict[str, Any]:
    said = [one.state]
    if one.active_from is not None:
        said.append(f"from {iso(one.active_from)}")
    if one.retired_at is not None:
        said.append(f"until {iso(one.retired_at)}")
    told: dict[str, Any] = {
        "id": one.did,
        "type": "Multikey",
        "controller": controller,
        "publicKeyMultibase": one.key_multibase,
        "name": one.purpose,
        "description": " ".join(said),
    }
    if one.retired_at is not None:
        told["expires"] = iso(one.retired_at)
    if one.since is not None:
        told["revoked"] = iso(one.since)
    return told
