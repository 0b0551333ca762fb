"""Is it unchanged, and is it the named giver who signed: tokens. (VC-JOSE-COSE 1.0; RFC 9901; SD-JWT VC)"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from credcore.errors import CredcoreError, MalformedError, UnavailableError
from credcore.formats import sd_jwt_vc, vcdm
from credcore.ports import Fetch
from credcore.proofs import jose, sd_jwt
from credcore.proofs.sd_jwt import SdJwt
from credcore.verify import signer
from credcore.verify.checks import proof
from credcore.verify.checks.holder import failed
from credcore.verify.opening import Opened
from credcore.verify.policy import Asked
from credcore.verify.report import Finding, Outcome

# RSA is read for the documents of 1EdTech's specifications only, whose givers have no other key. (trustworthy: rule 3)
_RSA_TYPES = frozenset({"OpenBadgeCredential", "AchievementCredential", "EndorsementCredential", "ClrCredential"})

# Members of a W3C credential that decide: a holder who could hide one could hide that it ended or was cancelled.
_DECIDING = sd_jwt.ALWAYS_SHOWN | {
    "@context", "type", "issuer", "validFrom", "validUntil", "issuanceDate", "expirationDate", "credentialStatus",
}  # fmt: skip


def check(opened: Opened, *, issuer: str, now: datetime, fetch: Fetch, roots: Sequence[bytes]) -> list[Finding]:
    """Findings `proof` and `issuer` of a signed token."""
    return list(_findings(opened, issuer=issuer, now=now, fetch=fetch, roots=roots))


def holder(sd: SdJwt, *, now: datetime, asked: Asked | None) -> list[Finding]:
    """Who hands it over: the key-binding token, if there is one; if we asked, there must be. (RFC 9901, section 7.3)"""
    if sd.key_binding is None and asked is None:
        return []
    try:
        sd_jwt.check_key_binding(sd, now=now, audience=asked.audience if asked else None, nonce=asked.nonce if asked else None)
    except CredcoreError as error:
        outcome = Outcome.UNKNOWN if isinstance(error, UnavailableError) else Outcome.FAILED
        return [failed(error.code, detail=error.detail, asked=asked, outcome=outcome, late=error.code == "sdjwt.time")]
    return [Finding("holder", "holder.signed", Outcome.PASSED)]


def _findings(opened: Opened, *, issuer: str, now: datetime, fetch: Fetch, roots: Sequence[bytes]) -> Iterator[Finding]:
    jws = opened.jws
    if jws is None:
        raise ValueError("not a token")
    if jws.header["alg"] == "RS256" and not _RSA_TYPES & set(vcdm.texts(opened.document.get("type"))):
        yield Finding("proof", "proof.unsupported", Outcome.UNKNOWN, "RS256", state="unsupported")
        return
    keys = signer.of_token(issuer=issuer, header=jws.header, fetch=fetch, now=now, roots=roots)
    if not keys.methods:
        yield Finding("proof", keys.finding.code, Outcome.UNKNOWN, keys.finding.detail)
        yield keys.finding
        return
    problem: Finding | None = None
    for method in keys.methods:
        try:
            if method.key is None:
                raise UnavailableError(method.problem, method.id[:120], permanent=True)
            jose.verify(jws=jws, key=method.key)
        except CredcoreError as error:
            found = proof.why(error)
            # Several keys were tried: a real mismatch says more than a key that is of another kind.
            if problem is None or (found.code == "proof.mismatch" and problem.code != "proof.mismatch"):
                problem = found
        else:
            if opened.sd is not None:
                yield from _disclosed(opened.sd)
            yield Finding("proof", "proof.fits", Outcome.PASSED, opened.securing)
            yield keys.finding
            return
    if problem is not None:
        yield problem


def _disclosed(sd: SdJwt) -> Iterator[Finding]:
    """What decides must be signed for everyone to see, not shown or hidden as the holder likes."""
    try:
        if sd_jwt_vc.recognises(sd.claims):
            sd_jwt.check_type(sd)
        sd_jwt.check_undisclosed(sd)
    except MalformedError as error:
        yield Finding("proof", error.code, Outcome.FAILED, error.detail, state="altered.uncovered")
        return
    hideable = sorted({str(path[0]) for path in sd.disclosed if path[0] in _DECIDING})
    if hideable:
        yield Finding("proof", "sdjwt.disclosed", Outcome.FAILED, ", ".join(hideable), state="altered.uncovered")
