"""JSON Web Keys of the kinds that we read: OKP/Ed25519. (RFC 7517, RFC 8037)"""

from __future__ import annotations

from typing import Any

from credcore.codec import multibase
from credcore.errors import MalformedError, UnavailableError
from credcore.keys.public import PublicKey


def decode(jwk: dict[str, Any]) -> PublicKey:
    """A public JWK to a key. Raises MalformedError `key.malformed` or UnavailableError `key.unsupported`."""
    if "d" in jwk:
        raise MalformedError("key.malformed", "a private key was published")
    if jwk.get("kty") != "OKP" or jwk.get("crv") != "Ed25519":
        raise UnavailableError("key.unsupported", f"{jwk.get('kty')}/{jwk.get('crv')}", permanent=True)
    text = jwk.get("x")
    if not isinstance(text, str):
        raise MalformedError("key.malformed", "no x")
    raw = multibase.decode("u" + text)
    if len(raw) != 32:
        raise MalformedError("key.malformed", f"{len(raw)} bytes")
    return PublicKey(algorithm="Ed25519", raw=raw)
