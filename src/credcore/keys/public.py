"""A public key that knows its kind, so that no key can be used with another algorithm."""

from __future__ import annotations

from dataclasses import dataclass

ED25519, P256, P384, RSA = "Ed25519", "P-256", "P-384", "RSA"


@dataclass(frozen=True, slots=True)
class PublicKey:
    """`algorithm` is one of the names above.

    `raw`: Ed25519, the 32 bytes of RFC 8032; P-256 and P-384, the compressed point of SEC 1 (33 and 49 bytes); RSA, the
    DER of a SubjectPublicKeyInfo.
    """

    algorithm: str
    raw: bytes
