"""From a token to a credential. (OpenID4VCI 1.0, sections 7 and 8)"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from credcore.codec import strict_json
from credcore.errors import CredcoreError, MalformedError
from credcore.oid4vc import tokens
from credcore.oid4vc.tokens import Refusal
from credcore.ports import Posted

Json = dict[str, Any]

MAX_REQUEST: Final = 65_536
MAX_CREDENTIALS: Final = 20


@dataclass(frozen=True, slots=True)
class CredentialRequest:
    """Which configuration is asked for, and the one proof of a key. `by_identifier`: under the identifier that came with the
    token, which is the same here."""

    configuration: str
    proof: str
    by_identifier: bool = False


def request(*, configuration: str, identifier: str, proof: str) -> bytes:
    """The message of an app to the credential endpoint. `identifier`, where the token came with some; `proof` may be empty."""
    said: Json = {"credential_identifier": identifier} if identifier else {"credential_configuration_id": configuration}
    return strict_json.dumps(said | ({"proofs": {"jwt": [proof]}} if proof else {}))


def parse_request(body: bytes, *, media_type: str) -> CredentialRequest:
    """Read an app's message. Raises Refusal with the error of OpenID4VCI (section 8.3.1) that belongs to it."""
    if media_type != tokens.JSON:
        raise Refusal("invalid_credential_request", "JSON, please")
    try:
        said = strict_json.loads(body, max_bytes=MAX_REQUEST)
    except CredcoreError as error:
        raise Refusal("invalid_credential_request", error.code) from error
    if not isinstance(said, dict):
        raise Refusal("invalid_credential_request", "not an object")
    if "credential_response_encryption" in said:
        raise Refusal("invalid_encryption_parameters", "answers are not encrypted here")
    named = [said[name] for name in ("credential_configuration_id", "credential_identifier") if name in said]
    if len(named) != 1 or not isinstance(named[0], str) or not named[0]:
        raise Refusal("invalid_credential_request", "exactly one of credential_configuration_id and credential_identifier")
    proofs = said.get("proofs")
    if not isinstance(proofs, dict) or set(proofs) != {"jwt"} or not isinstance(proofs["jwt"], list):
        raise Refusal("invalid_proof", "proofs.jwt, please")
    if len(proofs["jwt"]) != 1 or not isinstance(proofs["jwt"][0], str):
        raise Refusal("invalid_proof", "one proof, for one key")
    return CredentialRequest(named[0], proofs["jwt"][0], by_identifier="credential_identifier" in said)


def response(credential: str | Json) -> Json:
    """Our answer: a token as text, a signed document as an object."""
    return {"credentials": [{"credential": credential}]}


def parse_response(answer: Posted) -> list[bytes]:
    """The credentials in a giver's answer, each as the bytes to check.

    Raises Refusal, MalformedError `oid4vci.answer`, `oid4vci.deferred` (the giver would make it later).
    """
    value = tokens.read(answer)
    if "transaction_id" in value and "credentials" not in value:
        raise MalformedError("oid4vci.deferred")
    found = value.get("credentials")
    if not isinstance(found, list) or not 0 < len(found) <= MAX_CREDENTIALS:
        raise MalformedError("oid4vci.answer", "credentials")
    return [_bytes(one) for one in found]


def _bytes(one: object) -> bytes:
    credential = one.get("credential") if isinstance(one, dict) else None
    if isinstance(credential, dict) and credential:
        return strict_json.dumps(credential)
    if isinstance(credential, str) and credential:
        return credential.encode()
    raise MalformedError("oid4vci.answer", "credential")
