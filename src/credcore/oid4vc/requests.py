"""Requests to show something: made by us, and read when others make them. (OpenID4VP 1.0, section 5; RFC 9101)

Read strictly: what we cannot do exactly as it is asked for is refused with a code, never answered in another way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from credcore import dids
from credcore.codec import jose as framing
from credcore.codec import strict_json
from credcore.errors import MalformedError, SignatureMismatch, UnavailableError
from credcore.formats.vc_jwt import numeric_date
from credcore.keys.public import PublicKey
from credcore.oid4vc import dcql
from credcore.ports import Fetch
from credcore.proofs import jose

Json = dict[str, Any]

TYPE: Final = "oauth-authz-req+jwt"
MEDIA_TYPE: Final = "application/oauth-authz-req+jwt"
AUDIENCE: Final = "https://self-issued.me/v2"
DID, REDIRECT = "decentralized_identifier", "redirect_uri"
MODES: Final = ("direct_post", "direct_post.jwt")
SCHEMES: Final = frozenset({"openid4vp", "haip-vp", "https", "http"})
MAX_LINK: Final = 16_384
SKEW: Final = timedelta(seconds=60)
_HOLDER_ALGORITHMS: Final = ["ES256", "ES384", "EdDSA"]
FORMATS: Final[Json] = {
    dcql.SD_JWT: {"sd-jwt_alg_values": _HOLDER_ALGORITHMS, "kb-jwt_alg_values": _HOLDER_ALGORITHMS},
    dcql.JWT: {"alg_values": _HOLDER_ALGORITHMS},
    dcql.LDP: {
        "proof_type_values": ["DataIntegrityProof", "Ed25519Signature2020"],
        "cryptosuite_values": [
            "eddsa-rdfc-2022",
            "eddsa-jcs-2022",
            "ecdsa-rdfc-2019",
            "ecdsa-jcs-2019",
            "ecdsa-sd-2023",
        ],
    },
}


@dataclass(frozen=True, slots=True)
class Link:
    """What a link or a code holds: the whole request (`parameters`), or where it is (`request_uri`), or its token."""

    client_id: str
    request_uri: str = ""
    by_post: bool = False
    token: bytes = b""
    parameters: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """A request that can be answered. `tied_to` is the host that answers for whoever asks; empty: we know of nobody.

    `client_id` is the audience of every signature. `metadata` is what the asker says of itself.
    """

    client_id: str
    tied_to: str
    response_uri: str
    mode: str
    nonce: str
    state: str
    query: dcql.Query
    metadata: Json
    purpose: str = ""

    @property
    def encrypted(self) -> bool:
        """Whether the answer must be readable to the asker alone."""
        return self.mode == "direct_post.jwt"

    @property
    def says_it_is(self) -> str:
        """The name that the asker gives itself. Nobody has checked it."""
        name = self.metadata.get("client_name")
        return name[:200] if isinstance(name, str) else ""


def make(
    *,
    client_id: str,
    response_uri: str,
    nonce: str,
    state: str,
    query: Json,
    now: datetime,
    until: datetime,
    name: str = "",
    purpose: str = "",
    key: Json | None = None,
    encodings: tuple[str, ...] = (),
    wallet_nonce: str = "",
) -> Json:
    """The payload of a request object, for `typ` oauth-authz-req+jwt. With a public `key` the answer comes encrypted to it."""
    metadata: Json = {"vp_formats_supported": FORMATS}
    if name:
        metadata["client_name"] = name
    if key is not None:
        metadata |= {"jwks": {"keys": [key]}, "encrypted_response_enc_values_supported": list(encodings)}
    return {
        "aud": AUDIENCE,
        "iat": int(now.timestamp()),
        "exp": int(until.timestamp()),
        "client_id": client_id,
        "response_type": "vp_token",
        "response_mode": "direct_post.jwt" if key is not None else "direct_post",
        "response_uri": response_uri,
        "nonce": nonce,
        "state": state,
        "dcql_query": query,
        "client_metadata": metadata,
        **({"purpose": purpose} if purpose else {}),
        **({"wallet_nonce": wallet_nonce} if wallet_nonce else {}),
    }


def link(*, client_id: str, request_uri: str, scheme: str = "openid4vp://") -> str:
    """The text of the code and of the link on the same phone; the request itself is fetched with GET or POST."""
    return f"{scheme}?{urlencode({'client_id': client_id, 'request_uri': request_uri, 'request_uri_method': 'post'})}"


def read_link(text: str) -> Link:
    """Take a link apart. Raises MalformedError `oid4vp.no_link`, `oid4vp.too_large`."""
    if len(text) > MAX_LINK:
        raise MalformedError("oid4vp.too_large", f"{len(text)} characters, at most {MAX_LINK}")
    try:
        parts = urlsplit(text.strip())
        pairs = parse_qsl(parts.query, strict_parsing=True, max_num_fields=50) if parts.query else []
    except ValueError as error:
        raise MalformedError("oid4vp.no_link") from error
    found = dict(pairs)
    if parts.scheme not in SCHEMES or len(found) != len(pairs) or not found.get("client_id"):
        raise MalformedError("oid4vp.no_link", parts.scheme[:20])
    method = found.get("request_uri_method", "get")
    if method not in ("get", "post"):
        raise MalformedError("oid4vp.no_link", f"request_uri_method {method[:20]}")
    if "request_uri" in found and "request" in found:
        raise MalformedError("oid4vp.no_link", "request twice")
    if "request_uri" in found:
        return Link(found["client_id"], request_uri=found["request_uri"], by_post=method == "post")
    if "request" in found:
        return Link(found["client_id"], token=found["request"].encode())
    return Link(found["client_id"], parameters=found)


def read_signed(
    token: bytes, *, client_id: str, now: datetime, fetch: Fetch, request_uri: str = "", wallet_nonce: str = ""
) -> Request:
    """A signed request object, from whoever `client_id` names; `request_uri` is where it was found, if anywhere.

    Raises MalformedError (`jose.…`, `oid4vp.…`, `dcql.…`), SignatureMismatch `oid4vp.signature`, UnavailableError
    (`oid4vp.client_prefix`, `fetch.…`, `did.…`, `key.…`, and as `read_payload`).
    """
    jws = framing.parse(token)
    if jws.header.get("typ") != TYPE:
        raise MalformedError("oid4vp.type", str(jws.header.get("typ"))[:40])
    payload = framing.claims(jws)
    if payload.get("client_id") != client_id:
        raise MalformedError("oid4vp.other_client", str(payload.get("client_id"))[:120])
    did = _did(client_id)
    key = _key(did, jws.header.get("kid"), fetch=fetch, now=now)
    try:
        jose.verify(jws=jws, key=key)
    except (SignatureMismatch, MalformedError) as error:
        raise SignatureMismatch("oid4vp.signature", error.code) from error
    if wallet_nonce and payload.get("wallet_nonce") != wallet_nonce:
        raise MalformedError("oid4vp.wallet_nonce")
    host = urlsplit(dids.did_web.url(did)).netloc if did.startswith("did:web:") else ""
    # Whom it is for: any such app; or, as a wide-spread library writes it, whoever fetches it from there.
    if request_uri and payload.get("aud") == request_uri:
        payload = payload | {"aud": AUDIENCE}
    request = read_payload(payload, now=now, tied_to=host)
    if host and urlsplit(request.response_uri).netloc != host:
        raise MalformedError("oid4vp.other_host", request.response_uri[:120])
    return request


def read_unsigned(parameters: Mapping[str, str], *, now: datetime) -> Request:
    """A request whose parameters stand in the link itself: allowed only when the answer goes to the very address that is
    the asker's name. Nobody is tied to it. Raises as `read_payload`, and `oid4vp.client_prefix`, `oid4vp.unsigned`.
    """
    prefix, _, rest = parameters.get("client_id", "").partition(":")
    if prefix == DID:
        raise MalformedError("oid4vp.unsigned", prefix)
    if prefix != REDIRECT:
        raise UnavailableError("oid4vp.client_prefix", prefix[:60], permanent=True)
    payload: Json = dict(parameters)
    for name in ("dcql_query", "client_metadata", "transaction_data"):
        if name in payload:
            payload[name] = strict_json.loads(payload[name].encode())
    request = read_payload(payload, now=now, tied_to="")
    if request.response_uri != rest:
        raise MalformedError("oid4vp.other_host", request.response_uri[:120])
    return request


def read_payload(payload: Json, *, now: datetime, tied_to: str) -> Request:
    """The parameters of a request.

    Raises MalformedError `oid4vp.response_type`, `oid4vp.malformed`, `oid4vp.expired`, `oid4vp.audience`,
    `oid4vp.no_query`, `dcql.…`; UnavailableError `oid4vp.response_mode`, `oid4vp.transaction_data`, `dcql.format`.
    """
    if payload.get("response_type") != "vp_token":
        raise UnavailableError("oid4vp.response_type", str(payload.get("response_type"))[:40], permanent=True)
    mode = payload.get("response_mode", "fragment")
    if mode not in MODES:
        raise UnavailableError("oid4vp.response_mode", str(mode)[:40], permanent=True)
    if "transaction_data" in payload:
        raise UnavailableError("oid4vp.transaction_data", permanent=True)
    if "redirect_uri" in payload:
        raise MalformedError("oid4vp.malformed", "redirect_uri beside response_uri")
    said = {name: payload.get(name, "") for name in ("response_uri", "nonce", "state", "purpose", "client_id")}
    if not all(isinstance(value, str) and len(value) <= 2_000 for value in said.values()):
        raise MalformedError("oid4vp.malformed", "a parameter that is no text")
    if not said["response_uri"] or not said["nonce"] or not said["nonce"].isascii():
        raise MalformedError("oid4vp.malformed", "no response_uri or nonce")
    _check_times(payload, now)
    if payload.get("aud", AUDIENCE) != AUDIENCE:
        raise MalformedError("oid4vp.audience", str(payload["aud"])[:80])
    if "dcql_query" not in payload:
        raise MalformedError("oid4vp.no_query")
    metadata = payload.get("client_metadata", {})
    if not isinstance(metadata, dict):
        raise MalformedError("oid4vp.malformed", "client_metadata")
    query = dcql.parse(payload["dcql_query"])
    dcql.demand_read(query)
    return Request(
        client_id=said["client_id"], tied_to=tied_to, response_uri=said["response_uri"], mode=mode, nonce=said["nonce"],
        state=said["state"], query=query, metadata=metadata, purpose=said["purpose"][:500],
    )  # fmt: skip


def _check_times(payload: Json, now: datetime) -> None:
    ends, starts = numeric_date(payload.get("exp")), numeric_date(payload.get("nbf", payload.get("iat")))
    if ends is not None and ends <= now - SKEW:
        raise MalformedError("oid4vp.expired", ends.isoformat())
    if starts is not None and starts > now + SKEW:
        raise MalformedError("oid4vp.expired", f"from {starts.isoformat()}")


def _did(client_id: str) -> str:
    prefix, mark, did = client_id.partition(":")
    if not mark or prefix != DID:
        if prefix == REDIRECT:
            raise MalformedError("oid4vp.signed", "a name that nobody can sign for")
        raise UnavailableError("oid4vp.client_prefix", prefix[:60], permanent=True)
    return did


def _key(did: str, kid: object, *, fetch: Fetch, now: datetime) -> PublicKey:
    """The key that `kid` names among those of the asker; it must be one by which they show who they are."""
    if not isinstance(kid, str) or kid.partition("#")[0] != did:
        raise MalformedError("oid4vp.other_key", str(kid)[:120])
    document = dids.resolve(did, fetch=fetch)
    method = document.authentication.get(kid) or document.assertion.get(kid)
    if method is None or method.controller != did or method.ended(now):
        raise MalformedError("oid4vp.other_key", kid[:120])
    if method.key is None:
        raise UnavailableError(method.problem or "key.unsupported", kid[:120], permanent=True)
    return method.key
