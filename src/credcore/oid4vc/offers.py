"""Offers: what a giver's QR or link says that it would give, and how it is to be fetched. (OpenID4VCI 1.0, section 4.1)"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, TypeGuard
from urllib.parse import parse_qs, quote, urlsplit

from credcore.codec import strict_json
from credcore.errors import MalformedError

Json = dict[str, Any]

PRE_AUTHORIZED: Final = "urn:ietf:params:oauth:grant-type:pre-authorized_code"
SCHEME: Final = "openid-credential-offer"
MAX_LINK: Final = 16_384
MAX_OFFERED: Final = 20
_SCHEMES: Final = (SCHEME, "haip-vci")  # the second one is that of the high assurance profile
_TEXT: Final = 2_048


@dataclass(frozen=True, slots=True)
class TxCode:
    """The short code that the giver tells in another way. `length` 0: not said."""

    numeric: bool = True
    length: int = 0
    description: str = ""


@dataclass(frozen=True, slots=True)
class CredentialOffer:
    """`code` is the pre-authorised code; empty: the giver wants the person to sign in at their site (`needs_sign_in`).

    `server` is the authorization server that the offer names; empty: the only one.
    """

    issuer: str
    configurations: tuple[str, ...]
    code: str = ""
    tx_code: TxCode | None = None
    needs_sign_in: bool = False
    server: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """What a link holds: an `offer`, or the address (`uri`) of one; `is_interaction`: of a choice of protocols."""

    offer: CredentialOffer | None = None
    uri: str = ""
    is_interaction: bool = False


def build(offer: CredentialOffer) -> Json:
    """The offer as JSON, with a pre-authorised code."""
    grant: Json = {"pre-authorized_code": offer.code}
    if offer.tx_code is not None:
        mode = "numeric" if offer.tx_code.numeric else "text"
        told = {"input_mode": mode, "length": offer.tx_code.length, "description": offer.tx_code.description}
        grant["tx_code"] = {name: value for name, value in told.items() if value}
    if offer.server:
        grant["authorization_server"] = offer.server
    return {
        "credential_issuer": offer.issuer,
        "credential_configuration_ids": list(offer.configurations),
        "grants": {PRE_AUTHORIZED: grant},
    }


def parse(value: object) -> CredentialOffer:
    """Read an offer. Raises MalformedError `oid4vci.offer`."""
    if not isinstance(value, dict):
        raise _bad("not an object")
    issuer, names = value.get("credential_issuer"), value.get("credential_configuration_ids")
    if not isinstance(issuer, str) or not issuer.startswith(("https://", "http://")) or len(issuer) > _TEXT:
        raise _bad("credential_issuer")
    if not _texts(names) or not 0 < len(names) <= MAX_OFFERED or len(set(names)) != len(names):
        raise _bad("credential_configuration_ids")
    grants = value.get("grants", {})
    if not isinstance(grants, dict):
        raise _bad("grants")
    sign_in, grant = grants.get("authorization_code"), grants.get(PRE_AUTHORIZED)
    if grant is None:
        # Without any grant, the giver's own metadata decides, and a code that nobody told us is not among the ways.
        return CredentialOffer(issuer, tuple(names), needs_sign_in=True, server=_server(sign_in))
    if not isinstance(grant, dict) or not _text(code := grant.get("pre-authorized_code")):
        raise _bad("pre-authorized_code")
    return CredentialOffer(issuer, tuple(names), code=code, tx_code=_tx_code(grant.get("tx_code")), server=_server(grant))


def link(uri: str) -> str:
    """The link for an app that finds the offer at `uri`."""
    return f"{SCHEME}://?credential_offer_uri={quote(uri, safe='')}"


def read_link(text: str) -> Link:
    """What was scanned, opened or pasted: `openid-credential-offer://…`, https, `interaction:…`, or the offer itself.

    Raises MalformedError `oid4vci.link`, `oid4vci.offer`, or `json.…`.
    """
    text = text.strip()
    if not text or len(text) > MAX_LINK:
        raise MalformedError("oid4vci.link", "empty or too long")
    if text.startswith("{"):
        return Link(offer=parse(strict_json.loads(text.encode())))
    text = text.removeprefix("interaction:")
    try:
        parts = urlsplit(text)
        said = parse_qs(parts.query, strict_parsing=bool(parts.query), max_num_fields=20, errors="strict")
    except ValueError as error:
        raise MalformedError("oid4vci.link", "cannot be read") from error
    given, uris = said.get("credential_offer", []), said.get("credential_offer_uri", [])
    if len(given) + len(uris) > 1:
        raise MalformedError("oid4vci.link", "more than one offer")
    if parts.scheme not in (*_SCHEMES, "https", "http"):
        raise MalformedError("oid4vci.link", parts.scheme[:40])
    if given:
        return Link(offer=parse(strict_json.loads(given[0].encode())))
    if uris:
        if not uris[0].startswith(("https://", "http://")):
            raise MalformedError("oid4vci.link", "credential_offer_uri")
        return Link(uri=uris[0])
    if parts.scheme in _SCHEMES:
        raise MalformedError("oid4vci.link", "no offer in it")
    return Link(uri=text, is_interaction=True)


def _tx_code(value: object) -> TxCode | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise _bad("tx_code")
    mode, length, words = value.get("input_mode", "numeric"), value.get("length", 0), value.get("description", "")
    if mode not in ("numeric", "text") or not isinstance(words, str):
        raise _bad("tx_code")
    if isinstance(length, bool) or not isinstance(length, int) or not 0 <= length <= 100:
        raise _bad("tx_code.length")
    return TxCode(numeric=mode == "numeric", length=length, description=words[:300])


def _server(grant: object) -> str:
    server = grant.get("authorization_server", "") if isinstance(grant, dict) else ""
    if not isinstance(server, str):
        raise _bad("authorization_server")
    return server


def _text(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and 0 < len(value) <= _TEXT


def _texts(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(map(_text, value))


def _bad(detail: str) -> MalformedError:
    return MalformedError("oid4vci.offer", detail)
