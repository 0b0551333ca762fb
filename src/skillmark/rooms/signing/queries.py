"""Ask under which identifiers and keys a firm signs. Nothing secret leaves."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from skillmark.errors import NotFound
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.signing.models import IssuerKey
from skillmark.rooms.signing.rules import IssuerIdentity, did_web

__all__ = ["IssuerIdentity", "NotFound"]


def issuer(*, org_id: UUID, purpose: str = "credential") -> IssuerIdentity:
    """The identity for the next proof: did:web once the firm has a public https address, did:key until then.

    Lists that tell of cancelled proofs are signed under the same identifier by a key of their own.
    Raises NotFound when the firm has no keys yet.
    """
    org = people.organisation_public(org_id=org_id)
    if not org.base_url:
        # did:key is the key: one identifier for proofs and their lists needs one key for both.
        key = _active(org_id, "credential")
        did = f"did:key:{key.public_multibase}"
    else:
        key = _active(org_id, purpose)
        did = did_web(base_url=org.base_url, org_id=org_id)
    return IssuerIdentity(did, f"{did}#{key.public_multibase}", key.public_multibase)


def identities(*, org_id: UUID) -> list[str]:
    """Every identifier that this firm has ever signed proofs under."""
    org = people.organisation_public(org_id=org_id)
    keys = IssuerKey.objects.filter(org_id=org_id).exclude(state=IssuerKey.State.COMPROMISED)
    webs = [did_web(base_url=url, org_id=org_id) for url in (org.base_url, *org.past_base_urls) if url]
    return [f"did:key:{key.public_multibase}" for key in keys] + webs


def did_document(*, org_id: UUID, base_url: str = "") -> dict[str, Any]:
    """The firm's public key document (W3C Controlled Identifiers 1.0), retired keys included so that old proofs check.

    `base_url` defaults to the firm's present address; an earlier one works too. Raises NotFound.
    """
    org = people.organisation_public(org_id=org_id)
    wanted = base_url or org.base_url
    if not wanted or wanted not in (org.base_url, *org.past_base_urls):
        raise NotFound
    did = did_web(base_url=wanted, org_id=org_id)
    keys = IssuerKey.objects.filter(org_id=org_id).exclude(state=IssuerKey.State.COMPROMISED)
    methods = [
        {
            "id": f"{did}#{key.public_multibase}",
            "type": "Multikey",
            "controller": did,
            "publicKeyMultibase": key.public_multibase,
        }
        for key in keys
    ]
    if not methods:
        raise NotFound
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def keys(*, actor: Actor) -> list[IssuerKey]:
    """The firm's keys, oldest first; their private part stays wrapped."""
    return list(IssuerKey.objects.filter(org_id=actor.org_id))


def _active(org_id: UUID, purpose: str) -> IssuerKey:
    key = IssuerKey.objects.filter(org_id=org_id, purpose=purpose, state=IssuerKey.State.ACTIVE).first()
    if key is None:
        raise NotFound
    return key
