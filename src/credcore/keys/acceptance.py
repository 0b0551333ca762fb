"""The one rule for which public keys are keys at all, however they arrived: JWK, Multikey, certificate, DID document.

Every key has exactly one spelling, and no key fits signatures that nobody made.
"""

from __future__ import annotations

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

from credcore.errors import MalformedError
from credcore.keys.public import ED25519, P256, P384, RSA, PublicKey

CURVES: dict[str, ec.EllipticCurve] = {P256: ec.SECP256R1(), P384: ec.SECP384R1()}
RSA_BITS = range(2048, 8193)  # less can be factored; more costs seconds
RSA_EXPONENTS = range(65537, 2**64, 2)  # odd; small ones forgive bad padding, long ones cost time

_ED25519_PRIME = 2**255 - 19
# The eight points of small order in their canonical spellings: such a "key" fits signatures that nobody made. The two
# whose x is 0 are also listed with a set sign bit, which no canonical spelling has.
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
    )
)


def accept(*, algorithm: str, raw: bytes) -> PublicKey:
    """The key, when `raw` is the canonical spelling of a safe one (see `PublicKey` for the spellings).

    Raises MalformedError `key.malformed`.
    """
    if algorithm == ED25519:
        _ed25519(raw)
    elif algorithm in CURVES:
        elliptic(algorithm=algorithm, raw=raw)
    elif algorithm == RSA:
        rsa_key(raw)
    else:
        raise MalformedError("key.malformed", algorithm[:40])
    return PublicKey(algorithm=algorithm, raw=raw)


def _ed25519(raw: bytes) -> None:
    if len(raw) != 32:
        raise MalformedError("key.malformed", f"{len(raw)} bytes")
    if int.from_bytes(raw, "little") % 2**255 >= _ED25519_PRIME:
        raise MalformedError("key.malformed", "not the canonical spelling of a point")
    if raw in _SMALL_ORDER:
        raise MalformedError("key.malformed", "small-order point")


def elliptic(*, algorithm: str, raw: bytes) -> ec.EllipticCurvePublicKey:
    """A compressed point of SEC 1, section 2.3.4, on P-256 or P-384. Raises MalformedError `key.malformed`."""
    curve = CURVES[algorithm]
    # The point at infinity is one byte, an uncompressed point begins with 4: neither passes here.
    if len(raw) != 1 + curve.key_size // 8 or raw[0] not in (2, 3):
        raise MalformedError("key.malformed", f"not a compressed point of {algorithm}")
    try:
        return ec.EllipticCurvePublicKey.from_encoded_point(curve, raw)
    except ValueError as error:
        raise MalformedError("key.malformed", f"not on {algorithm}") from error


def rsa_key(raw: bytes) -> rsa.RSAPublicKey:
    """The DER of a SubjectPublicKeyInfo with an RSA key of 2048 to 8192 bits. Raises MalformedError `key.malformed`."""
    try:
        key = load_der_public_key(raw)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise MalformedError("key.malformed", "not a SubjectPublicKeyInfo") from error
    if not isinstance(key, rsa.RSAPublicKey):
        raise MalformedError("key.malformed", "not an RSA key")
    if key.key_size not in RSA_BITS or key.public_numbers().e not in RSA_EXPONENTS:
        raise MalformedError("key.malformed", f"RSA of {key.key_size} bits")
    if key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo) != raw:
        raise MalformedError("key.malformed", "not the canonical spelling of an RSA key")
    return key
