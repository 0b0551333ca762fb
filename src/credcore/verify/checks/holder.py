"""Who hands it over? The proof of a presentation, made by the person who holds what is inside. (VCDM 2.0, section 4.13)"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from credcore import proofs
from credcore.codec import jose as framing
from credcore.codec.jose import Jws
from credcore.errors import CredcoreError, MalformedError, UnavailableError
from credcore.formats import vcdm
from credcore.formats.vcdm import Json
from credcore.keys.public import PublicKey
from credcore.ports import Fetch
from credcore.proofs import jose
from credcore.verify import signer
from credcore.verify.checks import proof
from credcore.verify.policy import Asked
from credcore.verify.report import Finding, Outcome


def check(document: Json, *, holder: str, jws: Jws | None, now: datetime, fetch: Fetch, asked: Asked | None) -> list[Finding]:
    """One finding `holder` for each signature; none when nobody asked and the presentation is not signed, which is allowed."""
    try:
        found = proof.proofs_of(document)
        start, end = vcdm.validity(document)
    except MalformedError as error:
        return [failed(error.code, detail=error.detail, asked=asked)]
    if jws is None and not found:
        return [failed("holder.unsigned", asked=asked)] if asked is not None else []
    if jws is not None:
        made = [_token(holder=holder, jws=jws, now=now, fetch=fetch, asked=asked)]
    else:
        made = [_embedded(document, one, holder=holder, now=now, fetch=fetch, asked=asked) for one in found]
    if (start is not None and start > now + proof.SKEW) or (end is not None and end < now - proof.SKEW):
        made.append(failed("holder.out_of_date", asked=asked, late=True))
    return made


def failed(
    code: str, *, asked: Asked | None, detail: str = "", outcome: Outcome = Outcome.FAILED, late: bool = False
) -> Finding:
    """Why whoever hands it over is not shown to be its holder. Nobody can tell (unknown) is never said as: somebody else."""
    state = "holder.other" if asked is not None else "holder.late" if late else "holder.broken"
    return Finding("holder", code, outcome, detail, state="holder.unsure" if outcome is Outcome.UNKNOWN else state)


def _embedded(document: Json, one: Json, *, holder: str, now: datetime, fetch: Fetch, asked: Asked | None) -> Finding:
    if one.get("proofPurpose") != "authentication":
        return failed("proof.purpose", detail=str(one.get("proofPurpose"))[:60], asked=asked)
    if asked is not None and (one.get("challenge") != asked.nonce or one.get("domain") != asked.audience):
        return failed("holder.not_for_us", asked=asked)
    try:
        proofs.find(one)
        late = list(proof.times(one, now=now))
    except (UnavailableError, MalformedError) as error:
        return failed(error.code, detail=error.detail, asked=asked, outcome=Outcome.UNKNOWN)
    if late:
        return failed(late[0].code, asked=asked, late=True)
    owner = holder or str(one.get("verificationMethod")).partition("#")[0]
    fits, who = proof.confirm(document, proof=one, owner=owner, relation="authentication", now=now, fetch=fetch)
    against = [one for one in (who, fits) if one is not None and one.outcome is not Outcome.PASSED]
    if against:
        return failed(against[0].code, detail=fits.detail, asked=asked, outcome=against[0].outcome)
    return Finding("holder", "holder.signed", Outcome.PASSED, owner[:200])


def _token(*, holder: str, jws: Jws, now: datetime, fetch: Fetch, asked: Asked | None) -> Finding:
    claims = framing.claims(jws)
    if asked is not None and (claims.get("nonce") != asked.nonce or claims.get("aud") != asked.audience):
        return failed("holder.not_for_us", asked=asked)
    keys = signer.of_token(issuer=holder, header=jws.header, fetch=fetch, now=now, relation="authentication")
    fitting: Sequence[PublicKey] = [method.key for method in keys.methods if method.key is not None]
    problem, outcome = keys.finding.code, Outcome.UNKNOWN if keys.methods else keys.finding.outcome
    for key in fitting:
        try:
            jose.verify(jws=jws, key=key)
        except CredcoreError as error:
            found = proof.why(error)
            problem, outcome = found.code, found.outcome
        else:
            return Finding("holder", "holder.signed", Outcome.PASSED, holder[:200])
    return failed(problem, detail=holder[:120], asked=asked, outcome=outcome)
