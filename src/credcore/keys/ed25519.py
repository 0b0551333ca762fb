"""Ed25519 signing and checking. (RFC 8032)"""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from credcore.errors import MalformedError, SignatureMismatch
from credcore.keys import multikey

# Points of small order and their non-canonical spellings: such a "key" fits signatures that nobody made.
# (Chalkias, Garillot, Nikolaenko: "Taming the many EdDSAs", table 1)
_SMALL_ORDER = frozenset(
    bytes.fromhex(text)
    for text in (
        "0100000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    )
)


class LocalSigner:
    """A `Signer` whose 32-byte seed lives in this process."""

    algorithm = "Ed25519"

    def __init__(self, seed: bytes, verification_method: str = "") -> None:
        """`verification_method` defaults to the key's own did:key."""
        self.seed = seed
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = self._private.public_key().public_bytes_raw()
        self.multibase = multikey.encode_ed25519(self.public)
        self.verification_method = verification_method or f"did:key:{self.multibase}#{self.multibase}"

    @property
    def did(self) -> str:
        """The identifier part of the verification method."""
        return self.verification_method.partition("#")[0]

    def sign(self, message: bytes) -> bytes:
        """64 bytes over the message."""
        return self._private.sign(message)


def generate() -> LocalSigner:
    """A new key from the system's random source, named by its own did:key."""
    return LocalSigner(secrets.token_bytes(32))


def check(*, public: bytes, signature: bytes, message: bytes) -> None:
    """Return when the signature fits.

    Raises SignatureMismatch when it does not, MalformedError for a key or signature that is none.
    """
    if len(signature) != 64:
        raise MalformedError("proof.value", f"signature of {len(signature)} bytes")
    if public in _SMALL_ORDER:
        raise MalformedError("key.malformed", "small-order point")
    try:
        key = Ed25519PublicKey.from_public_bytes(public)
    except ValueError as error:
        raise MalformedError("key.malformed", "not an Ed25519 key") from error
    try:
        key.verify(signature, message)
    except InvalidSignature as error:
        raise SignatureMismatch("proof.mismatch") from error
