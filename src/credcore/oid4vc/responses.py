"""Answers to a request: put together by whoever shows something, and checked by whoever asked.
(OpenID4VP 1.0, sections 8 and 14; appendix B)

What comes back counts only as an answer to this one request: made by whoever holds the proofs, with this nonce, for this
asker and nobody else, a moment ago.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlencode

from credcore.codec import moments, strict_json
from credcore.errors import CredcoreError, MalformedError
from credcore.formats import vcdm
from credcore.formats.embedded import every
from credcore.formats.vc_jwt import numeric_date
from credcore.oid4vc import dcql, encryption, matching
from credcore.oid4vc.dcql import Query, Wanted
from credcore.oid4vc.requests import Request
from credcore.proofs.sd_jwt_disclosures import digest
from credcore.verify import Asked, Outcome, Report, Verifier
from credcore.verify.opening import Opened, lay_open

Json = dict[str, Any]

FORM: Final = "application/x-www-form-urlencoded"
MAX_ANSWER: Final = 1_000_000
MOST: Final = 20  # presentations in one answer
FRESH: Final = timedelta(minutes=5)
SKEW: Final = timedelta(seconds=60)
_V2: Final = "https://www.w3.org/ns/credentials/v2"


@dataclass(frozen=True, slots=True)
class Shown:
    """One proof that came: to which part of the query, and what a check says of it."""

    wanted: str
    report: Report


# ---- putting an answer together ----


def binding(*, presented: bytes, audience: str, nonce: str, now: datetime) -> Json:
    """What the holder of an SD-JWT signs under `typ` kb+jwt; `presented` ends with `~`. (RFC 9901, section 4.3)"""
    return {"iat": int(now.timestamp()), "aud": audience, "nonce": nonce, "sd_hash": digest(presented)}


def envelope(*, holder: str, credential: str, audience: str, nonce: str, now: datetime) -> Json:
    """What the holder of a token signs as a presentation. (appendix B.1.3.1.5; VC Data Model 1.1, section 6.3.1)"""
    return {
        "iss": holder,
        "aud": audience,
        "nonce": nonce,
        "iat": int(now.timestamp()),
        "exp": int((now + FRESH).timestamp()),
        "vp": {
            "@context": ["https://www.w3.org/2018/credentials/v1"],
            "type": ["VerifiablePresentation"],
            "verifiableCredential": [credential],
        },
    }


def presentation(*, holder: str, credential: Json) -> Json:
    """The unsigned presentation of a credential with proofs inside. (appendix B.1.3.2.5)"""
    return {"@context": [_V2], "type": ["VerifiablePresentation"], "holder": holder, "verifiableCredential": [credential]}


def pack(request: Request, *, vp_token: Mapping[str, list[Any]]) -> bytes:
    """The body of the answer, of media type `FORM`; encrypted when it is asked for.

    Raises MalformedError `jwe.malformed`; UnavailableError `jwe.no_key`, `jwe.encoding`.
    """
    state = {"state": request.state} if request.state else {}
    if not request.encrypted:
        return urlencode({"vp_token": strict_json.dumps(dict(vp_token)).decode(), **state}).encode()
    key, enc = encryption.choose(
        request.metadata.get("jwks"), encodings=request.metadata.get("encrypted_response_enc_values_supported")
    )
    message = encryption.encrypt({"vp_token": dict(vp_token), **state}, key=key, enc=enc)
    return urlencode({"response": message.decode()}).encode()


def refusal(request: Request, *, error: str = "access_denied") -> bytes:
    """The body that says: no. It tells nothing of what the person has."""
    return urlencode({"error": error, **({"state": request.state} if request.state else {})}).encode()


# ---- checking one ----


def unpack(form: Mapping[str, str], *, key: Json | None) -> Json:
    """The parameters of an answer: `vp_token` (object), `state`, or `error`. With a `key` only what is encrypted to it counts.

    Raises MalformedError `oid4vp.malformed`, `oid4vp.not_encrypted`, `jwe.…`, `json.…`.
    """
    if key is not None and "response" in form:
        return encryption.decrypt(form["response"].encode(), key=key)
    if "response" in form:
        raise MalformedError("oid4vp.malformed", "an encrypted answer, although a plain one was asked for")
    if "error" in form:  # a refusal holds nothing, so it may come openly
        return {name: form[name] for name in ("error", "state") if name in form}
    if key is not None:
        raise MalformedError("oid4vp.not_encrypted")
    said: Json = {"state": form["state"]} if "state" in form else {}
    return said | {"vp_token": strict_json.loads(form.get("vp_token", "").encode(), max_bytes=MAX_ANSWER)}


def check(vp_token: object, *, query: Query, asked: Asked, verifier: Verifier, now: datetime) -> list[Shown]:
    """Every proof that came, each with the report of its check.

    Only what was asked for, only as it was asked for. Whether a proof itself is good is in its report; an answer that is not
    one to this request raises MalformedError: `oid4vp.malformed`, `dcql.…`, `oid4vp.holder` (not signed by whoever holds
    it, with this nonce and for this asker), `oid4vp.old`, `oid4vp.other_subject`.
    """
    came = _presentations(vp_token)
    matching.check_ids(query, came=came)
    shown = []
    for name, several in came.items():
        wanted = query.named(name)
        for one in several:
            shown += _check_one(one, wanted=wanted, asked=asked, verifier=verifier, now=now)
    return shown


def _presentations(vp_token: object) -> dict[str, list[bytes]]:
    if not isinstance(vp_token, dict) or not vp_token:
        raise MalformedError("oid4vp.malformed", "vp_token is no object")
    found: dict[str, list[bytes]] = {}
    for name, several in vp_token.items():
        if not isinstance(several, list) or not all(isinstance(one, str | dict) for one in several):
            raise MalformedError("oid4vp.malformed", f"{name[:60]} is no list of presentations")
        found[name] = [one.encode() if isinstance(one, str) else strict_json.dumps(one) for one in several]
    if sum(map(len, found.values())) > MOST:
        raise MalformedError("oid4vp.malformed", f"over {MOST} presentations")
    return found


def _check_one(data: bytes, *, wanted: Wanted, asked: Asked, verifier: Verifier, now: datetime) -> list[Shown]:
    """One of three shapes: an SD-JWT with its holder's token, a signed token with proofs in it, JSON with proofs in it.

    What need not be bound to its holder may come as it is.
    """
    outer = lay_open(data)
    report = verifier.check(data, now=now, asked=asked if wanted.bound else None)
    by_holder = tuple(finding for finding in report.findings if finding.check == "holder")
    wrapped = vcdm.is_a(outer.document, kind="VerifiablePresentation")
    if wanted.bound:
        if outer.sd is None and not wrapped:
            raise MalformedError("dcql.unbound", "a proof that nobody signed for this request")
        if not by_holder or any(finding.outcome is not Outcome.PASSED for finding in by_holder):
            raise MalformedError("oid4vp.holder", by_holder[0].code if by_holder else "unsigned")
    if not wrapped:
        matching.check_one(wanted, candidate=_candidate(outer, bound=bool(by_holder)))
        return [Shown(wanted.id, report)]
    parts = [part for part in report.parts if part.role == "credential"]
    if not 0 < len(parts) <= MOST:
        raise MalformedError("oid4vp.malformed", f"{len(parts)} proofs in a presentation")
    if wanted.bound:
        _check_fresh(outer, now)
    for part in parts:
        inner = lay_open(part.document)
        if inner.sd is not None or (inner.jws is None) != (outer.jws is None):
            raise MalformedError("dcql.other_format", "a proof of one format in a presentation of another")
        matching.check_one(wanted, candidate=_candidate(inner, bound=wanted.bound and _is_about(outer, inner)))
    return [Shown(wanted.id, replace(part, findings=(*part.findings, *by_holder))) for part in parts]


def _check_fresh(opened: Opened, now: datetime) -> None:
    """A presentation must be made a moment ago, whatever it is made of."""
    if opened.jws is not None:
        claims = strict_json.loads(opened.jws.payload)
        made, ends = numeric_date(claims.get("iat", claims.get("nbf"))), numeric_date(claims.get("exp"))
        dates = [(made, ends)]
    else:
        proofs = [one for one in every(opened.document.get("proof")) if isinstance(one, dict)]
        dates = [(moments.instant(one.get("created")), moments.instant(one.get("expires"))) for one in proofs]
    for made, ends in dates:
        if made is None or not now - FRESH <= made <= now + SKEW or (ends is not None and ends <= now - SKEW):
            raise MalformedError("oid4vp.old", made.isoformat() if made else "no date")


def _is_about(outer: Opened, inner: Opened) -> bool:
    """True when whoever shows the proof is whom it is about; else raises MalformedError `oid4vp.other_subject`."""
    named_holder = outer.document.get("holder")
    holder = vcdm.text(named_holder) or vcdm.text(vcdm.first(named_holder).get("id"))
    named = {vcdm.text(one.get("id")) for one in every(inner.document.get("credentialSubject")) if isinstance(one, dict)}
    if not holder or named != {holder}:
        raise MalformedError("oid4vp.other_subject", ", ".join(sorted(named))[:120])
    return True


def _candidate(opened: Opened, *, bound: bool) -> matching.Candidate:
    format_ = dcql.SD_JWT if opened.sd is not None else dcql.JWT if opened.jws is not None else dcql.LDP
    return matching.Candidate("", format_, opened.document, bound)


def problem(error: CredcoreError) -> str:
    """What the one who answered hears (OAuth): never more than that the answer was not one."""
    return "invalid_request" if isinstance(error, MalformedError) else "server_error"
