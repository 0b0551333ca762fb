"""From the code of an offer to a token. (OpenID4VCI 1.0, section 6; OAuth 2.0, RFC 6749)"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from credcore.codec import strict_json
from credcore.errors import CredcoreError, MalformedError
from credcore.oid4vc.offers import MAX_OFFERED, PRE_AUTHORIZED
from credcore.ports import Posted

Json = dict[str, Any]

FORM: Final = "application/x-www-form-urlencoded"
JSON: Final = "application/json"
MAX_FORM: Final = 16_384
_FIELDS: Final = 20
_DETAILS: Final = "openid_credential"


@dataclass(frozen=True, slots=True)
class TokenRequest:
    """`wanted` are the configurations that `authorization_details` name; None: that was not sent."""

    code: str
    tx_code: str = ""
    wanted: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Token:
    """`identifiers` is {configuration: credential identifiers} where the giver wants them used; `nonce` of older givers."""

    value: str
    identifiers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    nonce: str = ""


class Refusal(CredcoreError):
    """What is said instead of an answer: an OAuth error (`error`; empty: none was named). Its code is `oid4vci.refused`.

    `description` is for a technical reader; that of others is never shown as ours.
    """

    def __init__(self, error: str, description: str = "") -> None:
        super().__init__("oid4vci.refused", f"{error}: {description}" if description else error)
        self.error = error
        self.description = description


def request_body(*, code: str, tx_code: str) -> bytes:
    """The message of an app to the token endpoint, as a form."""
    said = {"grant_type": PRE_AUTHORIZED, "pre-authorized_code": code}
    return urlencode(said | ({"tx_code": tx_code} if tx_code else {})).encode()


def parse_request(body: bytes, *, media_type: str) -> TokenRequest:
    """Read an app's message. Raises Refusal with the error of RFC 6749 that belongs to it."""
    if media_type != FORM or len(body) > MAX_FORM:
        raise Refusal("invalid_request", "a form, please")
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, strict_parsing=bool(body), max_num_fields=_FIELDS, errors="strict"
        )
    except ValueError as error:
        raise Refusal("invalid_request", "not a form") from error
    said = dict(pairs)
    if len(said) != len(pairs):
        raise Refusal("invalid_request", "a field twice")
    if not said.get("grant_type"):
        raise Refusal("invalid_request", "no grant_type")
    if said["grant_type"] != PRE_AUTHORIZED:
        raise Refusal("unsupported_grant_type")
    if not said.get("pre-authorized_code"):
        raise Refusal("invalid_request", "no pre-authorized_code")
    return TokenRequest(said["pre-authorized_code"], said.get("tx_code", ""), _wanted(said.get("authorization_details")))


def response(*, token: str, seconds: int, wanted: Iterable[str] | None) -> Json:
    """Our answer. What was wanted by `authorization_details` is told back, each with its identifier, which is the same."""
    said: Json = {"access_token": token, "token_type": "Bearer", "expires_in": seconds}
    if wanted is not None:
        said["authorization_details"] = [
            {"type": _DETAILS, "credential_configuration_id": one, "credential_identifiers": [one]} for one in wanted
        ]
    return said


def parse_response(answer: Posted) -> Token:
    """Read a giver's answer. Raises Refusal, MalformedError `oid4vci.answer`."""
    value = read(answer)
    token, kind = value.get("access_token"), value.get("token_type")
    if not isinstance(token, str) or not token or not isinstance(kind, str) or kind.lower() != "bearer":
        raise MalformedError("oid4vci.answer", "access_token or token_type")
    nonce = value.get("c_nonce", "")
    details = value.get("authorization_details", [])
    identifiers = parse_details(details, answered=True)
    return Token(token, identifiers, nonce if isinstance(nonce, str) else "")


def parse_details(value: object, *, answered: bool = False) -> dict[str, tuple[str, ...]]:
    """Read `authorization_details`: {configuration: credential identifiers}; those are there in answers only.

    Raises MalformedError `oid4vci.details`.
    """
    if not isinstance(value, list):
        raise MalformedError("oid4vci.details", "not a list")
    found: dict[str, tuple[str, ...]] = {}
    for one in value:
        if not isinstance(one, dict) or one.get("type") != _DETAILS:
            raise MalformedError("oid4vci.details", "another type")
        name, identifiers = one.get("credential_configuration_id"), one.get("credential_identifiers", [])
        if not isinstance(name, str) or not isinstance(identifiers, list) or not all(isinstance(i, str) for i in identifiers):
            raise MalformedError("oid4vci.details", "credential_configuration_id or credential_identifiers")
        if answered and not 0 < len(identifiers) <= MAX_OFFERED:
            raise MalformedError("oid4vci.details", f"{len(identifiers)} credential_identifiers")
        found[name] = tuple(identifiers)
    return found


def read(answer: Posted) -> Json:
    """A JSON object out of a giver's answer. Raises Refusal for a refusal, MalformedError `oid4vci.answer` for nonsense."""
    try:
        value = strict_json.loads(answer.body)
    except CredcoreError as error:
        if answer.status >= 400:
            raise Refusal("", str(answer.status)) from error
        raise MalformedError("oid4vci.answer", error.code) from error
    said = value if isinstance(value, dict) else {}
    if answer.status >= 400:
        code, words = said.get("error"), said.get("error_description")
        raise Refusal(code[:80] if isinstance(code, str) else "", words[:300] if isinstance(words, str) else "")
    if not isinstance(value, dict):
        raise MalformedError("oid4vci.answer", "not an object")
    return value


def _wanted(text: str | None) -> tuple[str, ...] | None:
    if text is None:
        return None
    try:
        return tuple(parse_details(strict_json.loads(text.encode(), max_bytes=MAX_FORM)))
    except CredcoreError as error:
        raise Refusal("invalid_request", "authorization_details") from error
