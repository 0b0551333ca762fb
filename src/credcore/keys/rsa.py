"""RS256, checked and never made: some badge platforms still sign with it. (RFC 8017, section 8.2; RFC 7518, section 3.3)"""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from credcore.errors import MalformedError, SignatureMismatch
from credcore.keys.acceptance import rsa_key
from credcore.keys.public import RSA, PublicKey


def check(*, key: PublicKey, signature: bytes, message: bytes) -> None:
    """Return when the signature fits: PKCS #1 v1.5 with SHA-256, 2048 to 8192 bits.

    Raises SignatureMismatch when it does not, MalformedError (`proof.value`, `key.malformed`) for a key or signature
    that is none.
    """
    if key.algorithm != RSA:
        raise MalformedError("key.malformed", key.algorithm[:40])
    public = rsa_key(key.raw)
    if len(signature) != (public.key_size + 7) // 8:
        raise MalformedError("proof.value", f"signature of {len(signature)} bytes")
    try:
        public.verify(signature, message, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature as error:
        raise SignatureMismatch("proof.mismatch") from error
