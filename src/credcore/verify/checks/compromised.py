"""Was it signed by a key that its giver has given up, because somebody else may know it?

A giver with a key document takes such a key out of it. A did:key is its own document, so only who was told can know.
"""

from __future__ import annotations

from collections.abc import Collection

from credcore.errors import MalformedError
from credcore.verify.checks import proof
from credcore.verify.opening import Opened
from credcore.verify.report import Finding, Outcome


def check(opened: Opened, *, issuer: str, compromised: Collection[str]) -> list[Finding]:
    """A finding when one of these keys (Multikey) is the giver's or is named as the one that signed. None otherwise."""
    if not compromised:
        return []
    named = {one.rpartition("#")[2].rpartition(":")[2] for one in (issuer, *_references(opened))}
    found = sorted(named & set(compromised))
    if not found:
        return []
    return [Finding("issuer", "issuer.compromised", Outcome.FAILED, found[0], state="key.compromised")]


def _references(opened: Opened) -> list[str]:
    if opened.jws is not None:
        return [str(opened.jws.header.get("kid", ""))]
    try:
        return [str(one.get("verificationMethod", "")) for one in proof.proofs_of(opened.document)]
    except MalformedError:  # said by the check of the proofs themselves
        return []
