"""To whose key a credential is tied. Decides nothing about whether it is genuine: the check does that."""

from __future__ import annotations

from typing import Any

from credcore import dids
from credcore.codec import jose, strict_json
from credcore.errors import CredcoreError, UnavailableError
from credcore.keys import jwk
from credcore.keys.public import PublicKey
from credcore.ports import Fetched, FetchKind


def may_be_ours(document: bytes, *, key: PublicKey) -> bool:
    """False when it is tied to another key, or to a name that is no key of ours. What is tied to nothing may be anybody's."""
    try:
        claims = _claims(document)
        named = list(_keys(claims))
    except CredcoreError:
        return True  # it cannot be read, so the check will say what it is
    return all(one == key for one in named)


def _claims(document: bytes) -> dict[str, Any]:
    body = document.strip()
    if body.startswith(b"{"):
        value = strict_json.loads(body)
        return value if isinstance(value, dict) else {}
    claims = jose.claims(jose.parse(body.partition(b"~")[0]))
    inner = claims.get("vc")
    return claims | (inner if isinstance(inner, dict) else {})


def _keys(claims: dict[str, Any]) -> list[PublicKey | None]:
    """Each key that the claims name; None for somebody whose key we cannot know to be ours."""
    found: list[PublicKey | None] = []
    confirmed = claims.get("cnf")
    if isinstance(confirmed, dict) and isinstance(confirmed.get("jwk"), dict):
        found.append(_decoded(confirmed["jwk"]))
    subjects = claims.get("credentialSubject", {})
    for subject in subjects if isinstance(subjects, list) else [subjects]:
        name = subject.get("id", claims.get("sub")) if isinstance(subject, dict) else None
        if isinstance(name, str) and name.startswith("did:"):
            found.append(_resolved(name.partition("#")[0]))
    return found


def _decoded(value: dict[str, Any]) -> PublicKey | None:
    try:
        return jwk.decode(value)
    except CredcoreError:
        return None


def _resolved(did: str) -> PublicKey | None:
    if not did.startswith(("did:key:", "did:jwk:")):
        return None
    try:
        return next((one.key for one in dids.resolve(did, fetch=_nobody).authentication.values()), None)
    except CredcoreError:
        return None


def _nobody(url: str, *, kind: FetchKind) -> Fetched:
    raise UnavailableError("fetch.offline", url, permanent=True)
