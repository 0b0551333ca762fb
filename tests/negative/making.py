"""What the families build with: one small credential, tokens of any header and payload, keys of every kind."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from credcore.codec import strict_json
from credcore.formats.vcdm import V2
from credcore.keys import ecdsa, jwk
from credcore.keys.ed25519 import LocalSigner
from credcore.keys.public import P256, P384
from credcore.ports import Signer
from credcore.proofs import eddsa_jcs_2022
from tests.core.proofs import COLLEGE

Json = dict[str, Any]

NAME = "Prairie Valley College"
FROM, UNTIL, CREATED = "2026-04-04T12:00:00Z", "2027-02-28T12:00:00Z", "2026-05-04T12:00:00Z"
SUBJECT = "urn:uuid:6c54b12a-9b0f-4f1c-9a53-222222222222"
HOLDER = ecdsa.LocalSigner(P256, 41)


def b64(data: bytes) -> bytes:
    """Base64url without padding."""
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def did_jwk(key: Json) -> str:
    """The identifier that is this key."""
    return "did:jwk:" + b64(strict_json.dumps(key)).decode()


def credential(giver: str = COLLEGE.did, **more: Any) -> Json:
    """A small unsigned credential; `None` takes a member away."""
    made: Json = {
        "@context": [V2],
        "id": "urn:uuid:6c54b12a-9b0f-4f1c-9a53-444444444444",
        "type": ["VerifiableCredential"],
        "issuer": {"id": giver, "name": NAME},
        "validFrom": FROM,
        "validUntil": UNTIL,
        "credentialSubject": {"id": SUBJECT, "name": "Rosa Delgado"},
    }
    return {name: value for name, value in (made | more).items() if value is not None}


def dumps(value: object) -> bytes:
    """JSON, also such as our own writer would refuse."""
    return json.dumps(value, separators=(",", ":")).encode()


def token(
    header: Json | bytes, payload: Json | bytes | None = None, *, sign: Callable[[bytes], bytes] = COLLEGE.sign
) -> bytes:
    """A compact token, signed by the College whatever stands in it."""
    head = header if isinstance(header, bytes) else dumps(header)
    payload = credential() if payload is None else payload
    body = payload if isinstance(payload, bytes) else dumps(payload)
    message = b64(head) + b"." + b64(body)
    return message + b"." + b64(sign(message))


def secured(document: Json, *, signer: LocalSigner = COLLEGE) -> Json:
    """With a proof eddsa-jcs-2022."""
    return {**document, "proof": eddsa_jcs_2022.sign(document=document, signer=signer, created=CREATED)}


def secured_bytes(document: Json, *, signer: LocalSigner = COLLEGE) -> bytes:
    """The same, as a file."""
    return dumps(secured(document, signer=signer))


def with_jwk(algorithm: str, number: int) -> tuple[Signer, str]:
    """A signer on P-256 or P-384, and its did:jwk."""
    signer = ecdsa.LocalSigner(algorithm, number)
    return signer, did_jwk(jwk.encode(signer.key))


EC_SIGNER, EC_DID = with_jwk(P256, 31)
P384_SIGNER, P384_DID = with_jwk(P384, 32)


def _rsa(p: int, q: int) -> rsa.RSAPrivateKey:
    """A key that is the same each time. Its primes are plain to see: it guards nothing."""
    d = pow(65537, -1, (p - 1) * (q - 1))
    return rsa.RSAPrivateNumbers(
        p, q, d, d % (p - 1), d % (q - 1), pow(q, -1, p), rsa.RSAPublicNumbers(65537, p * q)
    ).private_key()


RSA_KEY = _rsa(7 * 2**1021 + 309, 15 * 2**1020 + 1627)
SHORT_RSA_KEY = _rsa(7 * 2**509 + 15, 15 * 2**508 + 127)


def rsa_jwk(key: rsa.RSAPrivateKey) -> Json:
    """Its public part as a JSON Web Key."""
    numbers = key.public_key().public_numbers()
    n, e = (number.to_bytes((number.bit_length() + 7) // 8, "big") for number in (numbers.n, numbers.e))
    return {"kty": "RSA", "n": b64(n).decode(), "e": b64(e).decode()}


def rs256(key: rsa.RSAPrivateKey) -> Callable[[bytes], bytes]:
    """How to sign with it as RS256."""
    return lambda message: key.sign(message, padding.PKCS1v15(), hashes.SHA256())
