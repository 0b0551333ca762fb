"""What must not be signed. Our own verifier has the last word, on a trial under a key that is thrown away."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import NoReturn

from credcore.codec import rdf, strict_json
from credcore.errors import CredcoreError, MalformedError, UnavailableError
from credcore.formats import vcdm, vcdm2_shape
from credcore.issue.securing import Json, LocalSigner, Making, secure, throwaway
from credcore.keys.public import ED25519
from credcore.ports import Fetched, FetchKind, Signer
from credcore.proofs import ecdsa_sd_2023
from credcore.status import bitstring, token_status_list
from credcore.verify import Policy, Verifier, lists

_TELLING = 5


class LintError(CredcoreError):
    """What was asked to be signed must not be signed. `code` says why."""


def _no_fetch(url: str) -> NoReturn:
    raise UnavailableError("fetch.offline", url)


def _offline(url: str, *, kind: FetchKind) -> Fetched:
    _no_fetch(url)


def lint(credential: Json, *, now: datetime, making: Making | None = None, algorithm: str = ED25519) -> None:
    """Raise LintError unless the credential is one that our own verifier would accept once signed.

    Looks at: version and type, giver, receiver, dates in order, no proof yet (unless one more is asked for), every part
    built as the data model says, every term defined, every id absolute. `algorithm` is the kind of key that will sign.
    """
    how = making or Making()
    if "proof" in credential and how.previous is None:
        raise LintError("lint.already_signed")
    body = {name: value for name, value in credential.items() if name != "proof"}
    check_shape(body)
    try:
        key = throwaway(algorithm)
        _try(body, now=now, making=how, key=key)
        if how.previous is not None:
            # The trial above was of the content alone. Here: are the proofs proofs, and those there that are built on?
            secure(credential, signer=key, now=now, making=how)
    except LintError:
        raise
    except CredcoreError as error:
        raise LintError(error.code, error.detail) from error


def check_shape(credential: Json) -> None:
    """Raise LintError for what can be seen without signing anything."""
    if not vcdm.version(credential) or "VerifiableCredential" not in vcdm.texts(credential.get("type")):
        raise LintError("lint.not_a_credential")
    if not vcdm.issuer_id(credential):
        raise LintError("lint.no_issuer")
    if not vcdm.first(credential.get("credentialSubject")):
        raise LintError("lint.no_subject")
    try:
        start, end = vcdm.validity(credential)
    except MalformedError as error:
        raise LintError(error.code, error.detail) from error
    if start is not None and end is not None and end < start:
        raise LintError("dates.reversed")
    if problems := vcdm2_shape.problems(credential):
        raise LintError("lint.shape", "; ".join(problems[:_TELLING])[:400])
    _check_status(credential)


def _check_status(credential: Json) -> None:
    """Entries of the kinds that we know must be such as our own verifier can follow."""
    value = credential.get("credentialStatus", [])
    for entry in value if isinstance(value, list) else [value]:
        if any(kind in bitstring.KINDS for kind in vcdm.texts(entry.get("type"))):
            try:
                bitstring.read_entry(entry)
            except (MalformedError, UnavailableError) as error:
                raise LintError("lint.status", error.detail) from error


def check_giver(giver: str, *, signer: Signer) -> None:
    """Raise LintError `lint.issuer` where a signer would sign in the name of another DID.

    Whose an https address is, only its own key document can say.
    """
    if giver.startswith("did:") and giver != signer.verification_method.partition("#")[0]:
        raise LintError("lint.issuer", giver[:120])


def in_the_name_of(giver: str, *, credential: Json) -> Json:
    """The same statement, given by somebody else."""
    named = credential["issuer"]
    return {**credential, "issuer": {**named, "id": giver} if isinstance(named, dict) else giver}


def accepted(data: bytes, *, giver: str, now: datetime, start: datetime | None) -> None:
    """Raise LintError unless our own verifier accepts this as made by `giver` a moment ago (or, if later, at its start)."""
    report = Verifier(fetch=_offline).check(data, now=max(now, start) if start else now)
    if not Policy.own(issuers=[giver]).accepts(report):
        raise LintError("lint.refused", report.summary())


def accepted_list(data: bytes, *, giver: str, now: datetime) -> None:
    """Raise unless our own verifier reads this as a fresh list token of `giver`, with a list in it.

    Raises LintError `lint.status`, and as `lists.ListReader.token`.
    """
    claims = lists.ListReader(fetch=_offline, now=now).token(data, issuer=giver, read_at=now)
    if not isinstance(claims.get("sub"), str) or token_status_list.ttl_seconds(claims) is None:
        raise LintError("lint.status", "sub or ttl")
    token_status_list.read_list(claims.get("status_list"))


def _try(body: Json, *, now: datetime, making: Making, key: LocalSigner) -> None:
    # In the throw-away key's own name, so that the binding of key and giver is tried as well.
    trial = in_the_name_of(key.did, credential=body)
    start, end = vcdm.validity(body)
    moment = min(now, end) if making.ended and end is not None else now
    secured = secure(trial, signer=key, now=moment, making=replace(making, previous=None))
    if "jcs" in making.suite:
        rdf.canonicalize(secured)  # these suites sign the letters, so an undefined word would pass unseen
    if making.suite == ecdsa_sd_2023.NAME:
        secured = ecdsa_sd_2023.derive(document=secured, selective_pointers=[""])
    accepted(strict_json.dumps(secured), giver=key.did, now=moment, start=start)
