"""CBOR Web Tokens signed once, taken apart. Nothing is verified here, and no key is known here.
(RFC 8392; RFC 9052, sections 3, 4.2 and 4.4; RFC 9596 for `typ`)

A token becomes the same parts as a JSON Web Signature, under the names that JSON has for them, so that everything above
reads both alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from credcore.codec import cbor, multibase
from credcore.codec.jose import Json, Jws
from credcore.errors import MalformedError, UnavailableError

MAX_BYTES: Final = 2 * 1024 * 1024

_SIGN1: Final = b"\xd2"  # tag 18, COSE_Sign1: without it any array of four would be a token
_CWT: Final = b"\xd8\x3d"  # tag 61 may stand before it
_ALG, _CRIT, _KID, _TYP = 1, 2, 4, 16
_ALGORITHMS: Final = {-7: "ES256", -35: "ES384", -8: "EdDSA", -9: "ES256", -51: "ES384", -19: "Ed25519"}
_CLAIMS: Final = {
    1: "iss", 2: "sub", 3: "aud", 4: "exp", 5: "nbf", 6: "iat", 7: "cti",
    65533: "status_list", 65534: "ttl", 65535: "status",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cwt:
    """One signed CBOR Web Token.

    `jws`: protected header (`alg`, `typ` if there is one), payload, what the signature is over, and the signature.
    `claims`: the payload by JSON names, byte strings as base64url; number claims without such a name are left out.
    `key_id`: a hint from either header, not signed when it is from the unprotected one.
    """

    jws: Jws
    claims: Json
    key_id: bytes | None


def parse(data: bytes) -> Cwt:
    """Read a tagged COSE_Sign1 of at most 2 MiB whose payload is a map of claims.

    Raises MalformedError (`cwt.malformed`, `cbor.malformed`) or UnavailableError `proof.unsupported` for an algorithm that
    we do not read.
    """
    body = data.removeprefix(_CWT)
    if not body.startswith(_SIGN1):
        raise MalformedError("cwt.malformed", "not a COSE_Sign1")
    parts = cbor.loads(body[1:], max_bytes=MAX_BYTES)
    if not isinstance(parts, list) or len(parts) != 4:
        raise MalformedError("cwt.malformed", "not four parts")
    protected, unprotected, payload, signature = parts
    if not isinstance(protected, bytes) or not isinstance(payload, bytes) or not isinstance(signature, bytes):
        raise MalformedError("cwt.malformed", "a part that is no byte string")
    header = _map(protected)
    if not isinstance(unprotected, dict) or unprotected.keys() & (header.keys() | {_ALG, _CRIT, _TYP}):
        raise MalformedError("cwt.malformed", "unprotected header")
    if _CRIT in header:  # we know no extension that a header could insist on
        raise MalformedError("cwt.malformed", "crit")
    key_id = header.get(_KID, unprotected.get(_KID))
    if key_id is not None and not isinstance(key_id, bytes):
        raise MalformedError("cwt.malformed", "kid")
    jws = Jws(
        header=_named_header(header),
        payload=payload,
        signing_input=cbor.dumps(["Signature1", protected, b"", payload]),
        signature=signature,
    )
    return Cwt(jws=jws, claims=_named_claims(_map(payload)), key_id=key_id)


def _map(data: bytes) -> dict[Any, Any]:
    value = cbor.loads(data, max_bytes=MAX_BYTES)
    if not isinstance(value, dict):
        raise MalformedError("cwt.malformed", "not a map")
    return value


def _named_header(header: dict[Any, Any]) -> Json:
    algorithm = header.get(_ALG)
    if not isinstance(algorithm, int) or algorithm not in _ALGORITHMS:
        raise UnavailableError("proof.unsupported", f"COSE algorithm {algorithm}"[:60], permanent=True)
    named: Json = {"alg": _ALGORITHMS[algorithm]}
    if _TYP in header:
        if not isinstance(header[_TYP], str):
            raise MalformedError("cwt.malformed", "typ is no text")
        named["typ"] = header[_TYP]
    return named


def _named_claims(claims: dict[Any, Any]) -> Json:
    named: Json = {}
    for key, value in claims.items():
        name = key if isinstance(key, str) else _CLAIMS.get(key)
        if name is None:
            continue
        if isinstance(key, str) and key in _CLAIMS.values():
            raise MalformedError("cwt.malformed", f"{key} by name")  # two readers could see two values
        named[name] = _as_json(value)
    return named


def _as_json(value: Any) -> Any:
    """As deep as `cbor.loads` lets a value be."""
    if isinstance(value, bytes):
        return multibase.encode(value, base="u")[1:]
    if isinstance(value, list):
        return [_as_json(item) for item in value]
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise MalformedError("cwt.malformed", "numbers for names inside a claim")
        return {key: _as_json(item) for key, item in value.items()}
    return value
