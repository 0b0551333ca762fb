"""Lays on the table what was handed over: what it says, and the token that secures it, if it is one.

Three shapes hold the same things: JSON with proofs inside, a signed token (JWT, SD-JWT), and JSON that only wraps a token.
(VC Data Model 2.0, section 4.13; VC-JOSE-COSE 1.0; RFC 9901)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote_to_bytes

from credcore.codec import jose, strict_json
from credcore.codec.jose import Jws
from credcore.errors import MalformedError
from credcore.formats import openbadges2, sd_jwt_vc, vc_jwt, vcdm
from credcore.proofs import ecdsa_sd_2023, sd_jwt
from credcore.proofs.sd_jwt import SdJwt

Json = dict[str, Any]

_ENVELOPES = frozenset({"EnvelopedVerifiableCredential", "EnvelopedVerifiablePresentation"})
_MEDIA_TYPES = (
    "application/vc+jwt",
    "application/vp+jwt",
    "application/vc+sd-jwt",
    "application/dc+sd-jwt",
    "application/jwt",
)


@dataclass(frozen=True, slots=True)
class Opened:
    """`document` is what is said, and exactly what was signed when it came in a token (`jws`).

    `sd` holds the selective part of an SD-JWT, `jws` then is its signed core.
    """

    document: Json
    jws: Jws | None = None
    sd: SdJwt | None = None

    @property
    def securing(self) -> str:
        """The name of the token's kind for a technical reader; empty for proofs inside the document."""
        if self.jws is None:
            return ""
        return f"{'SD-JWT' if self.sd is not None else 'JWT'} {self.jws.header['alg']}"[:60]

    @property
    def partial(self) -> bool:
        """Whether its holder may have left things out: then what is missing says nothing against it."""
        if self.sd is not None:
            return self.sd.hidden > 0
        found = self.document.get("proof")
        if isinstance(found, dict):
            return found.get("cryptosuite") == ecdsa_sd_2023.NAME
        several = found if isinstance(found, list) else []
        return any(isinstance(one, dict) and one.get("cryptosuite") == ecdsa_sd_2023.NAME for one in several)


def lay_open(data: bytes) -> Opened:
    """Read what was handed over. Nothing is checked yet.

    Raises MalformedError (`json.…`, `jose.…`, `sdjwt.…`, `format.not_an_object`) or UnavailableError `format.unsupported`.
    """
    if not data.startswith(b"{"):
        return _array(data) if data.startswith(b"[") else _token(data)
    value = strict_json.loads(data)
    if "payload" in value and "@context" not in value and ("signature" in value or "signatures" in value):
        return _selective(sd_jwt.parse(data))
    if not _ENVELOPES.isdisjoint(vcdm.texts(value.get("type"))):
        return _token(_enveloped(value))
    return Opened(value)


def _array(data: bytes) -> Opened:
    strict_json.loads(data)
    raise MalformedError("format.not_an_object")


def _enveloped(value: Json) -> bytes:
    """The token in the data URL of an envelope (VC Data Model 2.0, section 4.13.1). The envelope itself says nothing."""
    address = vcdm.text(value.get("id"))
    head, comma, body = address.partition(",")
    if not comma or head.removeprefix("data:").partition(";")[0].lower() not in _MEDIA_TYPES or ";base64" in head:
        raise MalformedError("format.envelope", address[:60])
    return unquote_to_bytes(body)


def _token(data: bytes) -> Opened:
    if b"~" in data:
        return _selective(sd_jwt.parse(data))
    jws = jose.parse(data)
    claims = jose.claims(jws)
    if openbadges2.recognises(claims):
        return Opened(claims, jws)
    return Opened(vc_jwt.credential_of(header=jws.header, claims=claims), jws)


def _selective(sd: SdJwt) -> Opened:
    if sd_jwt_vc.recognises(sd.claims):
        return Opened(sd.claims, sd.jws, sd)
    # VC-JOSE-COSE, section 3.2: the credential itself is the payload.
    return Opened(vc_jwt.credential_of(header=sd.jws.header, claims=sd.claims), sd.jws, sd)
