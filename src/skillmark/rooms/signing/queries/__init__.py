"""Ask under which identifiers and keys a firm signs. Nothing secret leaves."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from skillmark.errors import NotFound
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.signing.models import HandOver, IssuerKey, PartyKey
from skillmark.rooms.signing.queries.stopped import standing, stops
from skillmark.rooms.signing.rules import IssuerIdentity, did_web
from skillmark.rooms.signing.rules.statements import KeyPeriod

__all__ = [
    "IssuerIdentity",
    "KeyPeriod",
    "NotFound",
    "active_key",
    "compromised",
    "did_document",
    "firm_of_asker",
    "hand_overs",
    "identities",
    "issuer",
    "key",
    "key_history",
    "keys",
    "signs_now",
    "standing",
    "stops",
]

_PUBLISHED = (IssuerKey.State.STAGED, IssuerKey.State.ACTIVE, IssuerKey.State.RETIRED)


def issuer(*, org_id: UUID, purpose: str = "credential") -> IssuerIdentity:
    """The identity for the next proof: did:web once the firm has a public https address, did:key until then.

    Lists that tell of cancelled proofs are signed under the same identifier by a key of their own.
    Raises NotFound when the firm has no keys yet.
    """
    org = people.organisation_public(org_id=org_id)
    if not org.base_url:
        # did:key is the key: one identifier for proofs and their lists needs one key for both.
        key = active(org_id=org_id, purpose="credential")
        did = f"did:key:{key.public_multibase}"
    else:
        key = active(org_id=org_id, purpose=purpose)
        did = did_web(base_url=org.base_url, org_id=org_id)
    return IssuerIdentity(did, f"{did}#{key.public_multibase}", key.public_multibase)


def identities(*, org_id: UUID) -> list[str]:
    """Every identifier that this firm has ever signed proofs under, and that still stands for it.

    A key that somebody else may know does not stand for it any more; one that was never used does not yet.
    """
    org = people.organisation_public(org_id=org_id)
    keys = IssuerKey.objects.filter(
        org_id=org_id, purpose=IssuerKey.Purpose.CREDENTIAL, state__in=(IssuerKey.State.ACTIVE, IssuerKey.State.RETIRED)
    )
    webs = [did_web(base_url=url, org_id=org_id) for url in (org.base_url, *org.past_base_urls) if url]
    return [f"did:key:{key.public_multibase}" for key in keys] + webs


def compromised() -> frozenset[str]:
    """Every key (Multikey) of any firm here that somebody else may know: nothing that it signed counts."""
    found = IssuerKey.objects.filter(state=IssuerKey.State.COMPROMISED)
    return frozenset(found.values_list("public_multibase", flat=True))


def firm_of_asker(*, did: str) -> UUID | None:
    """The firm on this server that asks people for proofs under this identifier; None: it is nobody's here. Public."""
    if did.startswith("did:key:"):
        found = PartyKey.objects.filter(public_multibase=did.removeprefix("did:key:")).first()
        known = found.org_id if found is not None else None
        return known if known in {firm.id for firm in people.firms()} else None
    for firm in people.firms():
        if any(did == did_web(base_url=url, org_id=firm.id) for url in (firm.base_url, *firm.past_base_urls) if url):
            return firm.id
    return None


def did_document(*, org_id: UUID, base_url: str = "") -> dict[str, Any]:
    """The firm's public key document (W3C Controlled Identifiers 1.0).

    Retired keys are in it, so that old proofs check, and the next one before it is used; not what others may know.
    `base_url` defaults to the firm's present address; an earlier one works too. Raises NotFound.
    """
    org = people.organisation_public(org_id=org_id)
    wanted = base_url or org.base_url
    if not wanted or wanted not in (org.base_url, *org.past_base_urls):
        raise NotFound
    did = did_web(base_url=wanted, org_id=org_id)
    giving = IssuerKey.objects.filter(org_id=org_id, state__in=_PUBLISHED).values_list("public_multibase", flat=True)
    methods = [_method(did, key) for key in giving]
    if not methods:
        raise NotFound
    # The key by which the firm asks people for proofs. It shows who asks, and gives no proofs.
    asking = [_method(did, key) for key in PartyKey.objects.filter(org_id=org_id).values_list("public_multibase", flat=True)]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did,
        "verificationMethod": [*methods, *asking],
        "assertionMethod": [method["id"] for method in methods],
        **({"authentication": [method["id"] for method in asking]} if asking else {}),
    }


def _method(did: str, key: str) -> dict[str, str]:
    return {"id": f"{did}#{key}", "type": "Multikey", "controller": did, "publicKeyMultibase": key}


def keys(*, actor: Actor) -> list[IssuerKey]:
    """The firm's keys, oldest first; their private part stays wrapped."""
    return list(IssuerKey.objects.filter(org_id=actor.org_id))


def key(*, actor: Actor, key_id: UUID) -> IssuerKey:
    """One of the firm's keys. Raises NotFound."""
    found = IssuerKey.objects.filter(org_id=actor.org_id, id=key_id).first()
    if found is None:
        raise NotFound
    return found


def active_key(*, actor: Actor) -> IssuerKey:
    """The firm's key that signs proofs now. Raises NotFound when there is none yet."""
    return active(org_id=actor.org_id, purpose=IssuerKey.Purpose.CREDENTIAL)


def active(*, org_id: UUID, purpose: str) -> IssuerKey:
    """The key that signs now. Raises NotFound when the firm has none."""
    found = IssuerKey.objects.filter(org_id=org_id, purpose=purpose, state=IssuerKey.State.ACTIVE).first()
    if found is None:
        raise NotFound
    return found


def signs_now(*, org_id: UUID, did: str) -> bool:
    """Whether the firm can sign a proof under this identifier now: not when it is that of a key which has been replaced."""
    key = IssuerKey.objects.filter(org_id=org_id, purpose=IssuerKey.Purpose.CREDENTIAL, state=IssuerKey.State.ACTIVE).first()
    if key is None or did not in identities(org_id=org_id):
        return False
    return not did.startswith("did:key:") or did == f"did:key:{key.public_multibase}"


def key_history(*, org_id: UUID) -> list[KeyPeriod]:
    """Every key that the firm has ever had, oldest first, with its state and its days. Public."""
    return [
        KeyPeriod(
            id=one.id, key_multibase=one.public_multibase, purpose=one.purpose, state=one.state, made_at=one.made_at,
            active_from=one.active_from, retired_at=one.retired_at, since=one.compromised_at,
        )
        for one in IssuerKey.objects.filter(org_id=org_id)
    ]  # fmt: skip


def hand_overs(*, org_id: UUID) -> list[bytes]:
    """What old keys have signed about the ones after them, oldest first. Not by a key that somebody else may know. Public."""
    found = HandOver.objects.filter(org_id=org_id).exclude(old__state=IssuerKey.State.COMPROMISED)
    return [bytes(one.document) for one in found]
