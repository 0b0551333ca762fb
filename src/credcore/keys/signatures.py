"""Does a signature fit? The key says which algorithm, never the signature."""

from __future__ import annotations

from credcore.errors import MalformedError
from credcore.keys import ecdsa, ed25519, rsa
from credcore.keys.public import ED25519, P256, P384, RSA, PublicKey

_CHECKS = {ED25519: ed25519.check, P256: ecdsa.check, P384: ecdsa.check, RSA: rsa.check}


def check(*, key: PublicKey, signature: bytes, message: bytes) -> None:
    """Return when the raw signature over the message fits.

    Ed25519 as in RFC 8032; P-256 with SHA-256 and P-384 with SHA-384, r and s one after the other; RSA with PKCS #1 v1.5
    and SHA-256.

    Raises SignatureMismatch `proof.mismatch`, MalformedError `proof.value` for bytes that are no signature of this kind,
    MalformedError `key.malformed` for a key that is none.
    """
    if key.algorithm not in _CHECKS:
        raise MalformedError("key.malformed", key.algorithm[:40])
    _CHECKS[key.algorithm](key=key, signature=signature, message=message)
