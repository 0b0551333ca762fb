"""JSON Web Keys, public ones only: OKP with Ed25519, EC with P-256 and P-384, RSA. (RFC 7517; RFC 7518; RFC 8037)"""

from __future__ import annotations

import hashlib
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from credcore.codec import multibase, strict_json
from credcore.errors import MalformedError, UnavailableError
from credcore.keys.acceptance import CURVES, accept, elliptic, rsa_key
from credcore.keys.public import ED25519, P256, P384, RSA, PublicKey

MAX_NUMBER = 1400  # letters: a modulus of 8192 bits has 1366
_PRIVATE = ("d", "p", "q", "dp", "dq", "qi", "oth", "k")
# What a key may say that it is for. ECDH-ES, PS256 and the like make it a key that we do not read.
_ALGORITHMS = {ED25519: ("EdDSA", "Ed25519"), P256: ("ES256",), P384: ("ES384",), RSA: ("RS256",)}


def decode(jwk: dict[str, Any]) -> PublicKey:
    """A public JWK to a key.

    Raises MalformedError (`key.malformed`, `multibase.bad`), also for a private or shared key, or UnavailableError
    `key.unsupported` for a kind of key, or a use of it, that we do not read.
    """
    if jwk.get("kty") == "oct" or any(part in jwk for part in _PRIVATE):
        raise MalformedError("key.malformed", "a secret key was published")
    kind = jwk.get("kty"), jwk.get("crv")
    if kind == ("OKP", ED25519):
        key = accept(algorithm=ED25519, raw=_bytes(jwk, "x"))
    elif kind == ("EC", P256) or kind == ("EC", P384):
        key = _elliptic(jwk, str(jwk["crv"]))
    elif kind[0] == "RSA":
        key = _rsa(jwk)
    else:
        raise UnavailableError("key.unsupported", f"{str(kind[0])[:20]}/{str(kind[1])[:20]}", permanent=True)
    if "alg" in jwk and jwk["alg"] not in _ALGORITHMS[key.algorithm]:
        raise UnavailableError("key.unsupported", f"{key.algorithm} for {str(jwk['alg'])[:20]}", permanent=True)
    if not _may_sign(jwk):
        raise UnavailableError("key.unsupported", f"{key.algorithm} to keep secrets", permanent=True)
    return key


def _may_sign(jwk: dict[str, Any]) -> bool:
    """What the key says that it is for (RFC 7517, sections 4.2 and 4.3). Some write what its other half does: sign."""
    operations = jwk.get("key_ops", ["verify"])
    return jwk.get("use", "sig") == "sig" and isinstance(operations, list) and ("verify" in operations or "sign" in operations)


def encode(key: PublicKey) -> dict[str, Any]:
    """A key as the members that RFC 7638 counts, and no others. Raises MalformedError `key.malformed`."""
    if key.algorithm == ED25519:
        return {"crv": ED25519, "kty": "OKP", "x": _text(key.raw)}
    if key.algorithm in CURVES:
        point = elliptic(algorithm=key.algorithm, raw=key.raw).public_numbers()
        size = CURVES[key.algorithm].key_size // 8
        x, y = (_text(number.to_bytes(size, "big")) for number in (point.x, point.y))
        return {"crv": key.algorithm, "kty": "EC", "x": x, "y": y}
    numbers = rsa_key(key.raw).public_numbers()
    e, n = (_text(number.to_bytes((number.bit_length() + 7) // 8, "big")) for number in (numbers.e, numbers.n))
    return {"e": e, "kty": "RSA", "n": n}


def thumbprint(key: PublicKey) -> str:
    """SHA-256 of the key in base64url without padding, 43 letters. (RFC 7638)"""
    # `encode` gives the members in the order of their names, all of them plain letters.
    return _text(hashlib.sha256(strict_json.dumps(encode(key))).digest())


def _elliptic(jwk: dict[str, Any], algorithm: str) -> PublicKey:
    curve = CURVES[algorithm]
    x, y = _bytes(jwk, "x"), _bytes(jwk, "y")
    if not len(x) == len(y) == curve.key_size // 8:
        raise MalformedError("key.malformed", f"{len(x)} and {len(y)} bytes")
    try:
        point = ec.EllipticCurvePublicNumbers(int.from_bytes(x, "big"), int.from_bytes(y, "big"), curve).public_key()
    except ValueError as error:
        raise MalformedError("key.malformed", f"not on {algorithm}") from error
    return accept(algorithm=algorithm, raw=point.public_bytes(Encoding.X962, PublicFormat.CompressedPoint))


def _rsa(jwk: dict[str, Any]) -> PublicKey:
    n, e = _bytes(jwk, "n"), _bytes(jwk, "e")
    if not n[0] or not e[0]:
        raise MalformedError("key.malformed", "a number with a zero in front")
    try:
        key = rsa.RSAPublicNumbers(int.from_bytes(e, "big"), int.from_bytes(n, "big")).public_key()
    except ValueError as error:
        raise MalformedError("key.malformed", "not an RSA key") from error
    return accept(algorithm=RSA, raw=key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo))


def _bytes(jwk: dict[str, Any], name: str) -> bytes:
    text = jwk.get(name)
    if not isinstance(text, str) or not 0 < len(text) <= MAX_NUMBER:
        raise MalformedError("key.malformed", f"no {name}")
    return multibase.decode("u" + text)


def _text(data: bytes) -> str:
    return multibase.encode(data, base="u")[1:]
