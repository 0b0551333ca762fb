"""Make a proof: build → lint with a throw-away key, by our own verifier → secure. (trustworthy: section 4)"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NoReturn

from credcore.codec import strict_json
from credcore.errors import CredcoreError, MalformedError, UnavailableError
from credcore.formats import vcdm
from credcore.keys import ed25519
from credcore.ports import Fetched, FetchKind, Signer
from credcore.proofs import eddsa_rdfc_2022
from credcore.verify import Policy, Verifier

Json = dict[str, Any]


class LintError(CredcoreError):
    """What was asked to be signed must not be signed. `code` says why."""


def _no_fetch(url: str, *, kind: FetchKind) -> NoReturn:
    raise UnavailableError("fetch.offline", url)


def _offline(url: str, *, kind: FetchKind) -> Fetched:
    _no_fetch(url, kind=kind)


def lint(credential: Json, *, now: datetime) -> None:
    """Raise LintError unless the credential is one that our own verifier would accept once signed.

    Looks at: version and type, giver, receiver, dates in order, no proof yet, every term defined, every id absolute.
    """
    if "proof" in credential:
        raise LintError("lint.already_signed")
    if vcdm.version(credential) != "2.0" or "VerifiableCredential" not in vcdm.texts(credential.get("type")):
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
    throwaway = ed25519.generate()
    # The same statement in the throw-away key's own name, so that the binding of key and giver is tried as well.
    giver = credential["issuer"]
    trial = {**credential, "issuer": {**giver, "id": throwaway.did} if isinstance(giver, dict) else throwaway.did}
    try:
        secured = _secure(trial, signer=throwaway, now=now)
    except CredcoreError as error:
        raise LintError(error.code, error.detail) from error
    report = Verifier(fetch=_offline).check(strict_json.dumps(secured), now=max(now, start) if start else now)
    if not Policy.own(issuers=[throwaway.did]).accepts(report):
        raise LintError("lint.refused", report.summary())


def issue(credential: Json, *, signer: Signer, now: datetime) -> Json:
    """The credential with an eddsa-rdfc-2022 proof. `now` becomes the proof's `created`.

    Raises LintError; nothing is signed in the giver's name before the lint has passed.
    """
    lint(credential, now=now)
    return _secure(credential, signer=signer, now=now)


def _secure(credential: Json, *, signer: Signer, now: datetime) -> Json:
    return {**credential, "proof": eddsa_rdfc_2022.sign(document=credential, signer=signer, created=vcdm.iso(now))}
