"""What a giver says about itself: where to ask, and which kinds of proof it gives in which formats.

(OpenID4VCI 1.0, section 12.2 and appendix A; OAuth 2.0 Authorization Server Metadata, RFC 8414)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from credcore.errors import MalformedError
from credcore.oid4vc.offers import PRE_AUTHORIZED

Json = dict[str, Any]

ISSUER: Final = "openid-credential-issuer"
SERVER: Final = "oauth-authorization-server"
LDP_VC, JWT_VC_JSON, SD_JWT_VC = "ldp_vc", "jwt_vc_json", "dc+sd-jwt"
FORMATS: Final = (LDP_VC, SD_JWT_VC, JWT_VC_JSON)
"""What we give and what we take, the fullest first."""

BINDING: Final = ("did:key", "did:jwk", "jwk")
PROOF_ALGORITHMS: Final = ("ES256", "EdDSA")
MAX_CONFIGURATIONS: Final = 2_000


@dataclass(frozen=True, slots=True)
class Configuration:
    """One kind of proof in one format. `names` is {language: name}; `binding` how a copy is tied to a key.

    `proof_algorithms` None: no key is asked for. `types` or `vct` say what it is, `algorithms` how it is signed.
    """

    id: str
    format: str
    names: Mapping[str, str] = field(default_factory=dict)
    types: tuple[str, ...] = ()
    vct: str = ""
    binding: tuple[str, ...] = ()
    proof_algorithms: tuple[str, ...] | None = ()
    algorithms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IssuerMetadata:
    """`servers` are the authorization servers; empty: the giver itself. `encrypts`: it insists on encrypted messages."""

    identifier: str
    names: Mapping[str, str]
    credential_endpoint: str
    nonce_endpoint: str
    servers: tuple[str, ...]
    configurations: Mapping[str, Configuration]
    encrypts: bool = False


def well_known(identifier: str, *, name: str) -> str:
    """Where the metadata is: the name stands between host and path. Raises MalformedError `oid4vci.metadata`."""
    parts = _split(identifier)
    return f"{parts.scheme}://{parts.netloc}/.well-known/{name}{parts.path.rstrip('/')}"


def build(*, identifier: str, names: Mapping[str, str], configurations: Iterable[Configuration]) -> Json:
    """Our metadata; every address lies below the identifier."""
    return {
        "credential_issuer": identifier,
        "credential_endpoint": f"{identifier}/credential",
        "nonce_endpoint": f"{identifier}/nonce",
        "display": _shown(names),
        "credential_configurations_supported": {one.id: _configuration(one) for one in configurations},
    }


def build_server(*, identifier: str) -> Json:
    """Our metadata as the authorization server. Apps need no registration; the code of the offer is all that counts."""
    return {
        "issuer": identifier,
        "token_endpoint": f"{identifier}/token",
        "grant_types_supported": [PRE_AUTHORIZED],
        "response_types_supported": [],
        "token_endpoint_auth_methods_supported": ["none"],
        "pre-authorized_grant_anonymous_access_supported": True,
    }


def parse(value: object, *, identifier: str) -> IssuerMetadata:
    """Read a giver's metadata. Its identifier must be the one that was asked for, letter for letter.

    Formats that we do not know are kept, so that a page can name what cannot be taken. Raises MalformedError
    `oid4vci.metadata`, `oid4vci.other_issuer`.
    """
    if not isinstance(value, dict):
        raise _bad("not an object")
    if value.get("credential_issuer") != identifier:
        raise MalformedError("oid4vci.other_issuer", str(value.get("credential_issuer"))[:200])
    _split(identifier)
    configurations = value.get("credential_configurations_supported")
    if not isinstance(configurations, dict) or len(configurations) > MAX_CONFIGURATIONS:
        raise _bad("credential_configurations_supported")
    return IssuerMetadata(
        identifier=identifier,
        names=_names(value.get("display")),
        credential_endpoint=_address(value, "credential_endpoint"),
        nonce_endpoint=_address(value, "nonce_endpoint") if "nonce_endpoint" in value else "",
        servers=_texts(value, "authorization_servers"),
        configurations=parse_configurations(configurations),
        encrypts=any(_insists(value.get(f"credential_{way}_encryption")) for way in ("request", "response")),
    )


def parse_configurations(value: Mapping[str, object]) -> dict[str, Configuration]:
    """Read `credential_configurations_supported`. Raises MalformedError `oid4vci.metadata`."""
    return {name: _read(name, one) for name, one in value.items()}


def parse_server(value: object, *, identifier: str) -> str:
    """The token endpoint of an authorization server that takes pre-authorised codes.

    Raises MalformedError `oid4vci.metadata`, `oid4vci.other_issuer`, `oid4vci.grant`.
    """
    if not isinstance(value, dict):
        raise _bad("not an object")
    if value.get("issuer") != identifier:
        raise MalformedError("oid4vci.other_issuer", str(value.get("issuer"))[:200])
    # Left out, RFC 8414 means the grants of a browser; givers who leave it out mean nothing by it.
    if "grant_types_supported" in value and PRE_AUTHORIZED not in _texts(value, "grant_types_supported"):
        raise MalformedError("oid4vci.grant", "no pre-authorised codes")
    return _address(value, "token_endpoint")


def _configuration(one: Configuration) -> Json:
    what: Json = {"vct": one.vct} if one.format == SD_JWT_VC else {"credential_definition": {"type": list(one.types)}}
    if one.format == LDP_VC:
        what["credential_definition"] = {"@context": ["https://www.w3.org/ns/credentials/v2"]} | what["credential_definition"]
    return {
        "format": one.format,
        "cryptographic_binding_methods_supported": list(one.binding),
        "credential_signing_alg_values_supported": list(one.algorithms),
        "proof_types_supported": {"jwt": {"proof_signing_alg_values_supported": list(one.proof_algorithms or ())}},
        "credential_metadata": {"display": _shown(one.names)},
        **what,
    }


def _shown(names: Mapping[str, str]) -> list[Json]:
    return [{"name": name, "locale": locale} for locale, name in names.items() if name]


def _read(name: str, value: object) -> Configuration:
    if not isinstance(value, dict) or not isinstance(value.get("format"), str):
        raise _bad(f"configuration {name[:60]}")
    definition = value.get("credential_definition", {})
    types = definition.get("type", []) if isinstance(definition, dict) else []
    about = value.get("credential_metadata", {})
    shown = about.get("display") if isinstance(about, dict) else None
    vct = value.get("vct", "")
    return Configuration(
        id=name,
        format=value["format"],
        names=_names(shown if shown is not None else value.get("display")),
        types=tuple(one for one in types if isinstance(one, str)) if isinstance(types, list) else (),
        vct=vct if isinstance(vct, str) else "",
        binding=_texts(value, "cryptographic_binding_methods_supported"),
        proof_algorithms=_proof_algorithms(value.get("proof_types_supported")),
        algorithms=tuple(str(one) for one in _list(value, "credential_signing_alg_values_supported")),
    )


def _proof_algorithms(value: object) -> tuple[str, ...] | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise _bad("proof_types_supported")
    jwt = value.get("jwt")
    return _texts(jwt, "proof_signing_alg_values_supported") if isinstance(jwt, dict) else ()


def _names(value: object) -> dict[str, str]:
    """By language, the first two letters of the locale; the first name of each."""
    found: dict[str, str] = {}
    for one in value if isinstance(value, list) else []:
        if isinstance(one, dict) and isinstance(one.get("name"), str):
            found.setdefault(str(one.get("locale", "en"))[:2].lower(), one["name"][:200])
    return found


def _insists(value: object) -> bool:
    return isinstance(value, dict) and value.get("encryption_required") is True


def _address(value: Json, name: str) -> str:
    found = value.get(name)
    if not isinstance(found, str) or not found.startswith(("https://", "http://")):
        raise _bad(name)
    return found


def _list(value: Json, name: str) -> list[object]:
    found = value.get(name, [])
    if not isinstance(found, list):
        raise _bad(name)
    return found


def _texts(value: Json, name: str) -> tuple[str, ...]:
    found = _list(value, name)
    if not all(isinstance(one, str) for one in found):
        raise _bad(name)
    return tuple(str(one) for one in found)


def _split(identifier: str) -> Any:
    try:
        parts = urlsplit(identifier)
    except ValueError as error:
        raise _bad("identifier") from error
    if parts.scheme not in ("https", "http") or not parts.netloc or parts.query or parts.fragment:
        raise _bad("identifier")
    return parts


def _bad(detail: str) -> MalformedError:
    return MalformedError("oid4vci.metadata", detail)
