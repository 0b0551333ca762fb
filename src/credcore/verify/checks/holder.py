"""Who hands it over? The proof of a presentation, made by the person who holds what is inside. (VCDM 2.0, section 4.13)"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from credcore import proofs
from credcore.codec import jose as framing
from credcore.codec.jose import Jws
from credcore.errors import CredcoreError, MalformedError, UnavailableError
from credcore.formats.vcdm import Json
from credcore.keys.public import PublicKey
from credcore.ports import Fetch
from credcore.proofs import jose
from credcore.verify import signer
from credcore.verify.checks import proof
from credcore.verify.policy import Asked
from credcore.verify.report import Finding, Outcome


def check(document: Json, *, holder: str, jws: Jws | None, now: datetime, fetch: Fetch, asked: Asked | None) -> list[Finding]:
    """One finding `holder`; none when nobody asked and the presentation is not signed, which is allowed."""
    try:
        found = proof.proofs_of(document)
    except MalformedError as error:
        return [_failed(error.code, error.detail, asked=asked)]
    if jws is None and not found:
        return [_failed("holder.unsigned", asked=asked)] if asked is not None else []
    if jws is not None:
        return [_token(holder=holder, jws=jws, now=now, fetch=fetch, asked=asked)]
    return [_embedded(document, one, holder=holder, now=now, fetch=fetch, asked=asked) for one in found]


def _embedded(document: Json, one: Json, *, holder: str, now: datetime, fetch: Fetch, asked: Asked | None) -> Finding:
    if one.get("proofPurpose") != "authentication":
        return _failed("proof.purpose", str(one.get("proofPurpose"))[:60], asked=asked)
    if asked is not None and (one.get("challenge") != asked.nonce or one.get("domain") != asked.audience):
        return _failed("holder.not_for_us", asked=asked)
    try:
        proofs.find(one)
        late = list(proof.times(one, now=now))
    except (UnavailableError, MalformedError) as error:
        return _failed(error.code, error.detail, asked=asked, outcome=Outcome.UNKNOWN)
    if late:
        return _failed(late[0].code, asked=asked)
    owner = holder or str(one.get("verificationMethod")).partition("#")[0]
    fits, who = proof.confirm(document, proof=one, owner=owner, relation="authentication", now=now, fetch=fetch)
    if fits.outcome is not Outcome.PASSED or who is None or who.outcome is not Outcome.PASSED:
        worst = fits if fits.outcome is not Outcome.PASSED else who
        return _failed(worst.code if worst else fits.code, fits.detail, asked=asked, outcome=fits.outcome)
    return Finding("holder", "holder.signed", Outcome.PASSED, owner[:200])


def _token(*, holder: str, jws: Jws, now: datetime, fetch: Fetch, asked: Asked | None) -> Finding:
    claims = framing.claims(jws)
    if asked is not None and (claims.get("nonce") != asked.nonce or claims.get("aud") != asked.audience):
        return _failed("holder.not_for_us", asked=asked)
    keys = signer.of_token(issuer=holder, header=jws.header, fetch=fetch, now=now, relation="authentication")
    fitting: Sequence[PublicKey] = [method.key for method in keys.methods if method.key is not None]
    problem = keys.finding.code
    for key in fitting:
        try:
            jose.verify(jws=jws, key=key)
        except CredcoreError as error:
            problem = error.code
        else:
            return Finding("holder", "holder.signed", Outcome.PASSED, holder[:200])
    return _failed(problem, holder[:120], asked=asked, outcome=Outcome.FAILED if fitting else Outcome.UNKNOWN)


def _failed(code: str, detail: str = "", *, asked: Asked | None, outcome: Outcome = Outcome.FAILED) -> Finding:
    state = "holder.broken" if asked is None else "holder.other"
    return Finding("holder", code, outcome, detail, state=state)
