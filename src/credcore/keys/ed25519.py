"""Ed25519 signing and checking. (RFC 8032)"""

from __future__ import annotations

import secrets

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from nacl.bindings import crypto_sign_open
from nacl.exceptions import BadSignatureError

from credcore.errors import MalformedError, SignatureMismatch
from credcore.keys import multikey
from credcore.keys.acceptance import accept
from credcore.keys.public import ED25519, PublicKey


class LocalSigner:
    """A `Signer` whose 32-byte seed lives in this process."""

    algorithm = ED25519

    def __init__(self, seed: bytes, verification_method: str = "") -> None:
        """`verification_method` defaults to the key's own did:key."""
        self.seed = seed
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = self._private.public_key().public_bytes_raw()
        self.key = PublicKey(algorithm=ED25519, raw=self.public)
        self.multibase = multikey.encode(self.key)
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


def check(*, key: PublicKey, signature: bytes, message: bytes) -> None:
    """Return when the signature fits.

    Raises SignatureMismatch when it does not, MalformedError (`proof.value`, `key.malformed`) for a key or signature
    that is none.
    """
    if len(signature) != 64:
        raise MalformedError("proof.value", f"signature of {len(signature)} bytes")
    accept(algorithm=ED25519, raw=key.raw)
    try:
        crypto_sign_open(signature + message, key.raw)
    except BadSignatureError as error:
        raise SignatureMismatch("proof.mismatch") from error
