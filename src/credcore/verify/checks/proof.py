"""Is it unchanged, and is it the named giver who signed: proofs inside the document.
(W3C Data Integrity 1.0, section 4.4; VCDM 2.0, section 7.1)"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from credcore import proofs
from credcore.errors import BudgetError, CredcoreError, MalformedError, SignatureMismatch, UnavailableError, UnsafeError
from credcore.formats import vcdm
from credcore.formats.vcdm import Json
from credcore.ports import Fetch
from credcore.verify import signer
from credcore.verify.report import Finding, Outcome

MAX_PROOFS = 10
_DAMAGED = frozenset({"proof.value", "multibase.bad", "cbor.malformed", "jose.key_mismatch"})
SKEW = timedelta(seconds=60)


def proofs_of(document: Json) -> list[Json]:
    """The proofs, each an object. Raises MalformedError `proof.malformed`."""
    value = document.get("proof", [])
    if isinstance(value, dict):  # nearly always
        return [value]
    found = value if isinstance(value, list) else [value]
    if len(found) > MAX_PROOFS or not all(isinstance(one, dict) for one in found):
        raise MalformedError("proof.malformed", f"{len(found)} proofs")
    return found


def check(document: Json, *, issuer: str, now: datetime, fetch: Fetch) -> list[Finding]:
    """Findings `proof` and `issuer` of every proof. A proof of an unknown kind beside a good one is only named."""
    try:
        found = proofs_of(document)
    except MalformedError as error:
        return [Finding("proof", error.code, Outcome.FAILED, error.detail, state="unreadable")]
    if not found:
        return [Finding("proof", "proof.none", Outcome.UNKNOWN, state="unsigned")]
    findings: list[Finding] = []
    unread: list[Finding] = []
    for proof in found:
        try:
            proofs.find(proof)
        except UnavailableError as error:
            unread.append(Finding("proof", error.code, Outcome.UNKNOWN, error.detail, state="unsupported"))
            continue
        findings.extend(_one(document, proof, issuer=issuer, now=now, fetch=fetch))
    if not findings or any("previousProof" in proof for proof in found):
        # A signature over signatures is worth what those are worth, so none of them may be of an unknown kind.
        return findings + unread
    # The good one decides; the others are named without a state of their own.
    return findings + [Finding("other_proof", one.code, one.outcome, one.detail) for one in unread]


def why(error: CredcoreError, *, detail: str = "") -> Finding:
    """What a signature that could not be confirmed argues for."""
    code, detail = error.code, detail or error.detail
    match error:
        case SignatureMismatch():
            return Finding("proof", code, Outcome.FAILED, detail, state="altered")
        case UnsafeError():
            return Finding("proof", code, Outcome.FAILED, detail, state="altered.uncovered")
        case BudgetError():
            return Finding("proof", code, Outcome.UNKNOWN, detail, state="unreadable.budget")
        case MalformedError():
            # A damaged signature value is an alteration; anything else means that we cannot read the document.
            state = "altered" if code in _DAMAGED else "unreadable"
            return Finding("proof", code, Outcome.FAILED, detail, state=state)
        case _:
            return Finding("proof", code, Outcome.UNKNOWN, detail, state="unsupported")


def confirm(
    document: Json, *, proof: Json, owner: str, relation: str, now: datetime, fetch: Fetch
) -> tuple[Finding, Finding | None]:
    """One signature against the keys of `owner`: the finding `proof`, and what is known of the owner once it fits."""
    keys = signer.of_proof(issuer=owner, reference=proof.get("verificationMethod"), now=now, fetch=fetch, relation=relation)
    if not keys.methods:
        return Finding("proof", keys.finding.code, Outcome.UNKNOWN, keys.finding.detail), keys.finding
    (method,) = keys.methods
    if method.key is None:
        return Finding("proof", method.problem, Outcome.UNKNOWN, method.id[:120], state="unsupported"), None
    try:
        proofs.find(proof)(document=document, proof=proof, key=method.key)
    except CredcoreError as error:
        return why(error), None
    return Finding("proof", "proof.fits", Outcome.PASSED, proofs.suite_name(proof)), keys.finding


def times(proof: Json, *, now: datetime) -> Iterator[Finding]:
    """Findings `dates` for a signature from the future or past its end. Raises MalformedError `dates.malformed`."""
    created, expires = vcdm.instant(proof.get("created")), vcdm.instant(proof.get("expires"))
    if created is not None and created > now + SKEW:
        facts = {"date": created.isoformat()}
        yield Finding("dates", "proof.from_the_future", Outcome.FAILED, state="dates.not_yet", facts=facts)
    if expires is not None and expires <= now - SKEW:
        facts = {"date": expires.isoformat()}
        yield Finding("dates", "proof.expired", Outcome.FAILED, state="dates.expired", facts=facts)


def _one(document: Json, proof: Json, *, issuer: str, now: datetime, fetch: Fetch) -> Iterator[Finding]:
    if proof.get("proofPurpose") != "assertionMethod":
        yield Finding("proof", "proof.purpose", Outcome.FAILED, str(proof.get("proofPurpose"))[:60], state="altered")
        return
    try:
        yield from times(proof, now=now)
    except MalformedError as error:
        yield Finding("proof", "proof.malformed", Outcome.FAILED, error.detail, state="altered")
        return
    fits, owner = confirm(document, proof=proof, owner=issuer, relation="assertion", now=now, fetch=fetch)
    yield fits
    if owner is not None:
        yield owner
