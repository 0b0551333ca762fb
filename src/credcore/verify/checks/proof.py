"""Is it unchanged, and is it the named giver who signed? (W3C Data Integrity 1.0, section 4.4; VCDM 2.0, section 7.1)"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from credcore import dids, proofs
from credcore.errors import BudgetError, MalformedError, SignatureMismatch, UnavailableError, UnsafeError
from credcore.formats import vcdm
from credcore.formats.vcdm import Json
from credcore.ports import Fetch
from credcore.verify.report import Finding, Outcome

MAX_PROOFS = 10
SKEW = timedelta(seconds=60)


def proofs_of(document: Json) -> list[Json]:
    """The proofs, each an object. Raises MalformedError `proof.malformed`."""
    value = document.get("proof", [])
    found = value if isinstance(value, list) else [value]
    if len(found) > MAX_PROOFS or not all(isinstance(one, dict) for one in found):
        raise MalformedError("proof.malformed", f"{len(found)} proofs")
    return found


def check(document: Json, *, now: datetime, fetch: Fetch) -> list[Finding]:
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
            if "previousProof" in proof:
                raise UnavailableError("proof.chain_unsupported", permanent=True)
        except UnavailableError as error:
            unread.append(Finding("proof", error.code, Outcome.UNKNOWN, error.detail, state="unsupported"))
            continue
        findings.extend(_one(document, proof, now=now, fetch=fetch))
    if not findings:
        return unread
    # The good one decides; the others are named without a state of their own.
    return findings + [Finding("other_proof", one.code, one.outcome, one.detail) for one in unread]


def _one(document: Json, proof: Json, *, now: datetime, fetch: Fetch) -> Iterator[Finding]:
    name = proofs.suite_name(proof)
    if proof.get("proofPurpose") != "assertionMethod":
        yield Finding("proof", "proof.purpose", Outcome.FAILED, str(proof.get("proofPurpose"))[:60], state="altered")
        return
    try:
        yield from _times(proof, now=now)
    except MalformedError as error:
        yield Finding("proof", "proof.malformed", Outcome.FAILED, error.detail, state="altered")
        return
    method, issuer_finding = _method(document, proof, fetch=fetch)
    if method is None or method.key is None:
        if method is not None:
            yield Finding("proof", method.problem, Outcome.UNKNOWN, method.id[:120], state="unsupported")
        else:
            yield Finding("proof", issuer_finding.code, Outcome.UNKNOWN, issuer_finding.detail)
            yield issuer_finding
        return
    try:
        proofs.find(proof)(document=document, proof=proof, key=method.key)
    except SignatureMismatch as error:
        yield Finding("proof", error.code, Outcome.FAILED, name, state="altered")
    except UnsafeError as error:
        yield Finding("proof", error.code, Outcome.FAILED, error.detail, state="altered.uncovered")
    except BudgetError as error:
        yield Finding("proof", error.code, Outcome.UNKNOWN, error.detail, state="unreadable.budget")
    except MalformedError as error:
        # A damaged signature value is an alteration; anything else means that we cannot read the document.
        state = "altered" if error.code in ("proof.value", "multibase.bad") else "unreadable"
        yield Finding("proof", error.code, Outcome.FAILED, error.detail, state=state)
    except UnavailableError as error:
        yield Finding("proof", error.code, Outcome.UNKNOWN, error.detail, state="unsupported")
    else:
        yield Finding("proof", "proof.fits", Outcome.PASSED, name)
        yield issuer_finding


def _times(proof: Json, *, now: datetime) -> Iterator[Finding]:
    created, expires = vcdm.instant(proof.get("created")), vcdm.instant(proof.get("expires"))
    if created is not None and created > now + SKEW:
        facts = {"date": created.isoformat()}
        yield Finding("dates", "proof.from_the_future", Outcome.FAILED, state="dates.not_yet", facts=facts)
    if expires is not None and expires <= now - SKEW:
        facts = {"date": expires.isoformat()}
        yield Finding("dates", "proof.expired", Outcome.FAILED, state="dates.expired", facts=facts)


def _method(document: Json, proof: Json, *, fetch: Fetch) -> tuple[dids.Method | None, Finding]:
    """The key that signed, resolved from the named giver and never from the proof alone, and what that says."""
    reference = proof.get("verificationMethod")
    if not isinstance(reference, str):
        return None, Finding("issuer", "proof.no_method", Outcome.UNKNOWN, state="signer.not_tied")
    issuer, signer = vcdm.issuer_id(document), reference.partition("#")[0]
    giver = issuer if issuer.startswith("did:") else signer
    try:
        known = dids.resolve(giver, fetch=fetch).assertion
        if reference in known and known[reference].controller == giver:
            if giver == issuer:
                return known[reference], Finding("issuer", "issuer.key", Outcome.PASSED, reference[:200])
            # An https giver and a key of its own: the signature may be fine, but nothing ties the two together.
            return known[reference], Finding("issuer", "issuer.not_tied", Outcome.UNKNOWN, state="signer.not_tied")
        if giver == issuer:
            # The giver's own published keys contradict the signature.
            return None, Finding("issuer", "issuer.other_key", Outcome.FAILED, reference[:200], state="name.borrowed")
        return None, Finding("issuer", "issuer.no_such_key", Outcome.UNKNOWN, reference[:200], state="signer.not_tied")
    except UnavailableError as error:
        state = "signer.unreachable" if error.code.startswith("fetch.") else "unsupported"
        return None, Finding("issuer", error.code, Outcome.UNKNOWN, error.detail, state=state, facts={"site": _site(giver)})
    except MalformedError as error:
        return None, Finding("issuer", error.code, Outcome.UNKNOWN, error.detail, state="signer.not_tied")


def _site(did: str) -> str:
    """The host of a did:web, for the sentence; the DID itself otherwise."""
    return did.split(":")[2].replace("%3A", ":") if did.startswith("did:web:") else did
