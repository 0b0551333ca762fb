"""ECDSA signing and checking on P-256 with SHA-256 and P-384 with SHA-384. (FIPS 186-5, section 6; RFC 6979)

Signatures are r and s one after the other, each as long as the curve's numbers (IEEE P1363), as JOSE and Data Integrity
have them. Both s and n - s are accepted: neither family of standards asks for the lower one.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from credcore.errors import MalformedError, SignatureMismatch
from credcore.keys import multikey
from credcore.keys.acceptance import CURVES, elliptic
from credcore.keys.public import P256, P384, PublicKey

_HASHES: dict[str, hashes.HashAlgorithm] = {P256: hashes.SHA256(), P384: hashes.SHA384()}
_ORDERS = {
    P256: 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
    P384: 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973,
}  # FIPS 186-5 / SP 800-186, section 3.2.1


class LocalSigner:
    """A `Signer` whose private number lives in this process. Signatures are deterministic (RFC 6979)."""

    def __init__(self, algorithm: str, private_number: int, verification_method: str = "") -> None:
        """`algorithm` is `P-256` or `P-384`; `verification_method` defaults to the key's own did:key.

        Raises MalformedError `key.malformed` for another algorithm or a number outside 1 … n-1.
        """
        if algorithm not in CURVES or not 0 < private_number < _ORDERS[algorithm]:
            raise MalformedError("key.malformed", algorithm[:40])
        self.algorithm = algorithm
        self.private_number = private_number
        self._private = ec.derive_private_key(private_number, CURVES[algorithm])
        self.public = self._private.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
        self.key = PublicKey(algorithm=algorithm, raw=self.public)
        self.multibase = multikey.encode(self.key)
        self.verification_method = verification_method or f"did:key:{self.multibase}#{self.multibase}"

    @property
    def did(self) -> str:
        """The identifier part of the verification method."""
        return self.verification_method.partition("#")[0]

    def sign(self, message: bytes) -> bytes:
        """64 bytes (P-256) or 96 bytes (P-384) over the message."""
        how = ec.ECDSA(_HASHES[self.algorithm], deterministic_signing=True)
        size = CURVES[self.algorithm].key_size // 8
        return b"".join(number.to_bytes(size, "big") for number in decode_dss_signature(self._private.sign(message, how)))


def generate(algorithm: str) -> LocalSigner:
    """A new key from the system's random source, named by its own did:key. Raises MalformedError `key.malformed`."""
    if algorithm not in CURVES:
        raise MalformedError("key.malformed", algorithm[:40])
    return LocalSigner(algorithm, ec.generate_private_key(CURVES[algorithm]).private_numbers().private_value)


def check(*, key: PublicKey, signature: bytes, message: bytes) -> None:
    """Return when the signature fits.

    Raises SignatureMismatch when it does not, MalformedError (`proof.value`, `key.malformed`) for a key or signature
    that is none.
    """
    if key.algorithm not in CURVES:
        raise MalformedError("key.malformed", key.algorithm[:40])
    public = elliptic(algorithm=key.algorithm, raw=key.raw)
    size = CURVES[key.algorithm].key_size // 8
    if len(signature) != 2 * size:
        raise MalformedError("proof.value", f"signature of {len(signature)} bytes")
    r, s = int.from_bytes(signature[:size], "big"), int.from_bytes(signature[size:], "big")
    if not (0 < r < _ORDERS[key.algorithm] and 0 < s < _ORDERS[key.algorithm]):
        raise MalformedError("proof.value", "a number outside the group")
    try:
        public.verify(encode_dss_signature(r, s), message, ec.ECDSA(_HASHES[key.algorithm]))
    except InvalidSignature as error:
        raise SignatureMismatch("proof.mismatch") from error
