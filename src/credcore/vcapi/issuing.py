"""`/issuers/{name}/credentials/issue`, and the status lists of what was issued."""

from __future__ import annotations

import itertools
import re
from datetime import datetime, timedelta

from credcore import contexts
from credcore.errors import MalformedError, UnavailableError
from credcore.formats import vcdm, vcdm2_shape
from credcore.issue import Claims, LintError, Making, envelope, issue, issue_jwt, issue_sd_jwt
from credcore.issue.linting import in_the_name_of
from credcore.proofs import ecdsa_sd_2023
from credcore.proofs.data_integrity import OPTIONS, context_list
from credcore.proofs.sd_jwt_disclosures import Path
from credcore.status import bitstring
from credcore.vcapi.issuers import SD_JWT_VC, VC_JOSE, Issuer
from credcore.vcapi.messages import Json, options_of, text_option, texts_option

PURPOSES = ("revocation", "suspension", "refresh")
_STATUS_WORDS = "https://www.w3.org/ns/credentials/status/v1"
_MAX_STATUS = 4
# Reserved for examples, so nobody's: in such a name a suite says “whoever you are”.
_NOBODY = "did:example:"


class StatusPlaces:
    """Hands out places in status lists, each once. Nothing is cancelled here, so the lists need not be kept."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self._next = itertools.count()

    def entry(self, issuer: Issuer, *, purpose: str) -> Json:
        """A `credentialStatus` with a fresh place in one of the issuer's lists."""
        number, index = divmod(next(self._next), bitstring.LENGTH)
        return bitstring.entry(list_url=self.url(issuer.name, purpose=purpose, number=number), index=index, purpose=purpose)

    def url(self, name: str, *, purpose: str, number: int) -> str:
        """The address of a list."""
        return f"{self.base_url}/status/{name}-{purpose}-{number}"

    def list(self, name: str, *, issuers: dict[str, Issuer], now: datetime) -> Json | None:
        """The signed list that lies at `/status/{name}`; None where there is none."""
        giver, _, rest = name.rpartition("-")
        giver, _, purpose = giver.rpartition("-")
        if giver not in issuers or purpose not in PURPOSES or not re.fullmatch(r"[0-9]{1,9}", rest):
            return None
        issuer = issuers[giver]
        unsigned = bitstring.build(
            id=self.url(giver, purpose=purpose, number=int(rest)),
            issuer=issuer.did,
            purpose=purpose,
            indexes=(),
            valid_from=now,
            valid_until=now + timedelta(days=1),
            ttl_ms=300_000,
        )
        return issue(unsigned, signer=issuer.signer, now=now, making=Making(issuer.list_suite))


def issue_credential(request: Json, *, issuer: Issuer, places: StatusPlaces, now: datetime) -> Json | str:
    """The signed credential: an object, an envelope around a token (`vc-jose`), or a token (`sd-jwt-vc`).

    Raises LintError, MalformedError or UnavailableError for whatever must not be signed.
    """
    credential, options = request.get("credential"), options_of(request)
    if not isinstance(credential, dict):
        raise MalformedError("vcapi.request", "no credential")
    if issuer.suite == SD_JWT_VC:
        return _selective_token(credential, options, issuer=issuer, now=now)
    prepared = _prepared(credential, options, issuer=issuer, places=places)
    with contexts.own_words():
        if issuer.suite == VC_JOSE:
            return envelope(issue_jwt(prepared, signer=issuer.signer, now=now, ended=True))
        return issue(prepared, signer=issuer.signer, now=now, making=_making(prepared, options, issuer=issuer))


def _prepared(credential: Json, options: Json, *, issuer: Issuer, places: StatusPlaces) -> Json:
    giver = vcdm.issuer_id(credential)
    if giver.startswith(_NOBODY):
        credential = in_the_name_of(issuer.did, credential=credential)
    elif vcdm2_shape.is_url(giver) and giver != issuer.did:
        raise LintError("lint.issuer", giver[:120])
    name = text_option(options, name="credentialId")
    if name and "id" not in credential:
        credential = {**credential, "id": name}
    wanted = options.get("credentialStatus")
    return credential if wanted is None else _with_status(credential, wanted, issuer=issuer, places=places)


def _with_status(credential: Json, wanted: object, *, issuer: Issuer, places: StatusPlaces) -> Json:
    listed = wanted if isinstance(wanted, list) else [wanted]
    if not 0 < len(listed) <= _MAX_STATUS or "proof" in credential:
        raise MalformedError("vcapi.request", "options.credentialStatus")
    entries = []
    for one in listed:
        kind = one.get("type", "BitstringStatusListEntry") if isinstance(one, dict) else None
        purpose = one.get("statusPurpose", PURPOSES[0]) if isinstance(one, dict) else None
        if kind != "BitstringStatusListEntry" or purpose not in PURPOSES:
            raise UnavailableError("status.unsupported", f"{kind} {purpose}"[:80], permanent=True)
        entries.append(places.entry(issuer, purpose=purpose))
    held = credential.get("credentialStatus", [])
    every = [*(held if isinstance(held, list) else [held]), *entries]
    made = {**credential, "credentialStatus": every if len(every) > 1 else every[0]}
    if vcdm.version(credential) == "1.1":  # the older model has no words for it
        made["@context"] = [*context_list(credential), _STATUS_WORDS]
    return made


def _making(credential: Json, options: Json, *, issuer: Issuer) -> Making:
    """A credential that is signed already gets one more proof, on top of those that `previousProof` names."""
    previous = options.get("previousProof")
    signed = "proof" in credential
    names = previous if isinstance(previous, list) else [] if previous is None else [previous]
    if not all(isinstance(name, str) for name in names):
        raise MalformedError("vcapi.request", "options.previousProof")
    said = {name: options[name] for name in OPTIONS.keys() & options.keys() - {"previousProof", "id"}}
    if proof_id := text_option(options, name="proofId"):
        said["id"] = proof_id
    pointers = texts_option(options, name="mandatoryPointers")
    return Making(
        suite=issuer.suite,
        options=said,
        mandatory_pointers=pointers if issuer.suite == ecdsa_sd_2023.NAME else None,
        previous=names if signed or names else None,
        ended=True,
    )


def _selective_token(claims: Json, options: Json, *, issuer: Issuer, now: datetime) -> str:
    """`options.disclosable` are JSON pointers of what the holder may hide, `options.cnf` holds the holder's key as `jwk`."""
    said = {"iss": issuer.did, **claims}
    bound = options.get("cnf", {})
    holder = bound.get("jwk", {}) if isinstance(bound, dict) else None
    if not isinstance(holder, dict):
        raise MalformedError("vcapi.request", "options.cnf")
    pointers = texts_option(options, name="disclosable") or []
    made = Claims(claims=said, hideable=[_path(said, pointer) for pointer in pointers], holder=holder)
    return issue_sd_jwt(made, signer=issuer.signer, now=now).decode("ascii")


def _path(claims: Json, pointer: str) -> Path:
    """A JSON pointer (RFC 6901) as the way to a claim; whether anything lies there is found out when it is hidden."""
    value: object = claims
    path: list[str | int] = []
    for step in pointer.split("/")[1:] if pointer.startswith("/") else [pointer]:
        plain = step.replace("~1", "/").replace("~0", "~")
        place: str | int = int(plain) if isinstance(value, list) and re.fullmatch(r"[0-9]{1,6}", plain) else plain
        path.append(place)
        if isinstance(value, dict):
            value = value.get(plain)
        elif isinstance(value, list) and isinstance(place, int) and place < len(value):
            value = value[place]
    return tuple(path)
