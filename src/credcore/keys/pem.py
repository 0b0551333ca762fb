"""Public keys as PEM text, the form in which Open Badges 1.x and 2.0 publish them. (RFC 7468, section 13)"""

from __future__ import annotations

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from credcore.errors import MalformedError, UnavailableError
from credcore.keys.acceptance import CURVES, accept
from credcore.keys.public import ED25519, RSA, PublicKey

MAX_BYTES = 8_192  # an RSA key of 8192 bits has about 1,400
_CURVES = {curve.name: name for name, curve in CURVES.items()}


def decode(pem: bytes) -> PublicKey:
    """A PEM text that holds one public key and nothing else.

    Raises MalformedError `key.malformed`, or UnavailableError `key.unsupported` for a kind of key that we do not read.
    """
    if len(pem) > MAX_BYTES or pem.count(b"-----BEGIN ") != 1 or b"PUBLIC KEY-----" not in pem:
        raise MalformedError("key.malformed", "not the PEM text of one public key")
    try:
        key = load_pem_public_key(pem)
    except UnsupportedAlgorithm as error:
        raise UnavailableError("key.unsupported", "PEM", permanent=True) from error
    except ValueError as error:
        raise MalformedError("key.malformed", "not the PEM text of a public key") from error
    if isinstance(key, rsa.RSAPublicKey):
        return accept(algorithm=RSA, raw=key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))
    if isinstance(key, ed25519.Ed25519PublicKey):
        return accept(algorithm=ED25519, raw=key.public_bytes_raw())
    if isinstance(key, ec.EllipticCurvePublicKey) and key.curve.name in _CURVES:
        point = key.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
        return accept(algorithm=_CURVES[key.curve.name], raw=point)
    raise UnavailableError("key.unsupported", type(key).__name__, permanent=True)
