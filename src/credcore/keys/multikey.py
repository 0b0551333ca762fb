"""Multikey: a public key as text, with its kind in front. (W3C Controlled Identifiers 1.0, section 2.2.2)"""

from __future__ import annotations

from credcore.codec import multibase
from credcore.errors import MalformedError, UnavailableError
from credcore.keys.acceptance import accept
from credcore.keys.public import ED25519, P256, P384, PublicKey

# Multicodec numbers as varints of two bytes.
_PREFIXES = {b"\xed\x01": ED25519, b"\x80\x24": P256, b"\x81\x24": P384}
_OF_ALGORITHM = {algorithm: prefix for prefix, algorithm in _PREFIXES.items()}
_KNOWN_BUT_UNREAD = {
    b"\xe7\x01": "secp256k1", b"\xea\x01": "BLS12-381 G1", b"\xeb\x01": "BLS12-381 G2", b"\xec\x01": "X25519",
    b"\xee\x01": "BLS12-381 G1G2", b"\x82\x24": "P-521", b"\x85\x24": "RSA",
}  # fmt: skip


def encode(key: PublicKey) -> str:
    """A key as `z6Mk…`, `zDn…` or `z82…`. Raises UnavailableError `key.unsupported` for RSA."""
    if key.algorithm not in _OF_ALGORITHM:
        raise UnavailableError("key.unsupported", key.algorithm, permanent=True)
    return multibase.encode(_OF_ALGORITHM[key.algorithm] + key.raw)


def decode(text: str) -> PublicKey:
    """`z6Mk…`, `zDn…` or `z82…` to a key.

    Raises MalformedError (`key.malformed`, `multibase.bad`), or UnavailableError `key.unsupported` for a kind of key
    that we do not read.
    """
    data = multibase.decode(text)
    if data[:2] in _KNOWN_BUT_UNREAD:
        raise UnavailableError("key.unsupported", _KNOWN_BUT_UNREAD[data[:2]], permanent=True)
    if data[:2] not in _PREFIXES or not text.startswith("z"):
        raise MalformedError("key.malformed", text[:16])
    return accept(algorithm=_PREFIXES[data[:2]], raw=data[2:])
