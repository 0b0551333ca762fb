"""Credentials that are tokens, and lists of their states. (VC-JOSE-COSE 1.0; VC Data Model 1.1, section 6.3.1; SD-JWT VC;
IETF Token Status List)"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from credcore.codec import rdf, strict_json
from credcore.errors import CredcoreError, MalformedError
from credcore.formats import sd_jwt_vc, vcdm
from credcore.issue.linting import LintError, accepted, accepted_list, check_giver, check_shape, in_the_name_of
from credcore.issue.securing import Json, throwaway
from credcore.ports import Signer
from credcore.proofs import jose, sd_jwt_making
from credcore.proofs.sd_jwt_disclosures import Path
from credcore.status import token_status_list


def issue_jwt(credential: Json, *, signer: Signer, now: datetime, ended: bool = False) -> bytes:
    """The credential as a compact token: under `typ` vc+jwt for the data model 2.0, in a `vc` claim for 1.1.
    `ended` as in `Making`.

    Raises LintError; nothing is signed in the giver's name before our own verifier has accepted a trial.
    """
    if "proof" in credential:
        raise LintError("lint.already_signed")
    check_shape(credential)
    check_giver(vcdm.issuer_id(credential), signer=signer)
    try:
        rdf.canonicalize(credential)  # a token is only letters: here an undefined word would pass unseen
        key = throwaway(signer.algorithm)
        trial = _jwt(in_the_name_of(key.did, credential=credential), signer=key)
        start, end = vcdm.validity(credential)
        accepted(trial, giver=key.did, now=min(now, end) if ended and end is not None else now, start=start)
        return _jwt(credential, signer=signer)
    except LintError:
        raise
    except CredcoreError as error:
        raise LintError(error.code, error.detail) from error


def envelope(token: bytes) -> Json:
    """A vc+jwt token as the JSON object that stands for it. (VC Data Model 2.0, section 4.13.1)"""
    return {
        "@context": vcdm.V2,
        "id": f"data:application/vc+jwt,{token.decode('ascii')}",
        "type": "EnvelopedVerifiableCredential",
    }


@dataclass(frozen=True, slots=True)
class Claims:
    """What an SD-JWT VC says: `claims` with `vct` and `iss`, of which the holder may hide the `hideable` places; `holder`
    is the public key (JWK) that the holder must use when handing it over.
    """

    claims: Json
    hideable: Collection[Path] = ()
    holder: Json = field(default_factory=dict)


def issue_sd_jwt(claims: Claims, *, signer: Signer, now: datetime) -> bytes:
    """An SD-JWT VC with all its disclosures, for the holder; `iat` is added where it says no start. Raises LintError."""
    said = dict(claims.claims)
    if claims.holder:
        said["cnf"] = {"jwk": claims.holder}
    said.setdefault("iat", int(now.timestamp()))
    giver = said.get("iss")
    if not isinstance(giver, str) or not giver:
        raise LintError("lint.no_issuer")
    check_giver(giver, signer=signer)
    try:
        start = sd_jwt_vc.parse(said).valid_from
        key = throwaway(signer.algorithm)
        trial = _sd_jwt(said | {"iss": key.did}, hideable=claims.hideable, signer=key)
        accepted(trial, giver=key.did, now=now, start=start)
        return _sd_jwt(said, hideable=claims.hideable, signer=signer)
    except LintError:
        raise
    except CredcoreError as error:
        raise LintError(error.code, error.detail) from error


def issue_status_list(claims: Json, *, signer: Signer, now: datetime) -> bytes:
    """A list token, of claims as `token_status_list.build` makes them with the giver as `iss`. Raises LintError."""
    giver = claims.get("iss")
    if not isinstance(giver, str) or not giver:
        raise LintError("lint.no_issuer")
    check_giver(giver, signer=signer)
    try:
        key = throwaway(signer.algorithm)
        accepted_list(_list(claims | {"iss": key.did}, signer=key), giver=key.did, now=now)
        return _list(claims, signer=signer)
    except LintError:
        raise
    except CredcoreError as error:
        raise LintError(error.code, error.detail) from error


def _list(claims: Json, *, signer: Signer) -> bytes:
    header = {"typ": token_status_list.JWT_TYPE, "kid": signer.verification_method}
    return jose.sign(payload=strict_json.dumps(claims), signer=signer, header=header)


def _jwt(credential: Json, *, signer: Signer) -> bytes:
    is_older = vcdm.version(credential) == "1.1"
    header: Json = {"kid": signer.verification_method, "typ": "JWT" if is_older else "vc+jwt"}
    said = {"vc": credential} if is_older else credential
    return jose.sign(payload=strict_json.dumps(said | _registered(credential)), signer=signer, header=header)


def _registered(credential: Json) -> Json:
    """What the older model and Open Badges 3.0 (section 8.2) want said a second time, in the names of JWT."""
    start, end = vcdm.validity(credential)
    subject = credential["credentialSubject"]
    names = {
        "iss": vcdm.issuer_id(credential),
        "jti": credential.get("id"),
        "sub": subject.get("id") if isinstance(subject, dict) else None,
    }
    dates = {name: int(moment.timestamp()) for name, moment in (("nbf", start), ("exp", end)) if moment is not None}
    return {name: value for name, value in names.items() if value is not None} | dates


def _sd_jwt(claims: Json, *, hideable: Collection[Path], signer: Signer) -> bytes:
    if not sd_jwt_vc.recognises(claims):
        raise MalformedError("format.no_type", "vct")
    header = {"typ": "dc+sd-jwt", "kid": signer.verification_method}
    return sd_jwt_making.issue(claims=claims, disclosable=hideable, signer=signer, header=header)
