"""Multikey: a public key as text, with its kind in front. (W3C Controlled Identifiers 1.0, section 2.2.2)"""

from __future__ import annotations

from credcore.codec import multibase
from credcore.errors import MalformedError, UnavailableError
from credcore.keys.public import PublicKey

_ED25519 = b"\xed\x01"  # multicodec varint of 0xed
_KNOWN_BUT_UNREAD = {b"\x80\x24": "P-256", b"\x81\x24": "P-384", b"\xe7\x01": "secp256k1", b"\xeb\x01": "BLS12-381"}


def encode_ed25519(public: bytes) -> str:
    """32 raw bytes to `z6Mk…`."""
    return multibase.encode(_ED25519 + public)


def decode(text: str) -> PublicKey:
    """`z6Mk…` to a key.

    Raises MalformedError `key.malformed`, or UnavailableError `key.unsupported` for a kind of key not read yet.
    """
    data = multibase.decode(text)
    if data[:2] in _KNOWN_BUT_UNREAD:
        raise UnavailableError("key.unsupported", _KNOWN_BUT_UNREAD[data[:2]], permanent=True)
    if data[:2] != _ED25519 or len(data) != 34 or not text.startswith("z"):
        raise MalformedError("key.malformed", text[:16])
    return PublicKey(algorithm="Ed25519", raw=data[2:])
