"""JSON Web Signatures taken apart and put together. Nothing is verified here, and no key is known here. (RFC 7515)

A token is refused before anything reads it when it is unsigned, secured with a shared secret, encrypted, or written in
one of the ways that make two readers see two different tokens. There is no symmetric algorithm to confuse a key with.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from credcore.codec import multibase, strict_json
from credcore.errors import MalformedError

Json = dict[str, Any]

MAX_TOKEN: Final = 524_288
MAX_HEADER: Final = 16_384

# Unsecured, shared secrets and encryption (RFC 7518, sections 3.2, 3.6 and 4; RFC 9180 for JOSE), in small letters.
_NOT_SIGNATURES: Final = ("none", "hs", "dir", "a128", "a192", "a256", "rsa", "ecdh", "pbes", "hpke")


@dataclass(frozen=True, slots=True)
class Jws:
    """One signed thing in its parts.

    `header` is the protected header alone: what is outside of it is not signed and is not here. `signing_input` are the
    octets that `signature` is over; `payload` are the octets that were signed, decoded once.
    """

    header: Json
    payload: bytes
    signing_input: bytes
    signature: bytes

    @property
    def compact(self) -> bytes:
        """The same as a compact serialization (RFC 7515, section 7.1)."""
        return self.signing_input + b"." + _encode(self.signature)


def parse(token: bytes) -> Jws:
    """Read a compact serialization (RFC 7515, section 7.1) of at most 512 KiB, its header at most 16 KiB.

    Raises MalformedError: `jose.malformed`, `jose.too_large`, `jose.unsigned`, `jose.algorithm`, `jose.crit`,
    `jose.unencoded`, or `json.…` for a header that is not strict JSON.
    """
    if len(token) > MAX_TOKEN:
        raise MalformedError("jose.too_large", f"{len(token)} bytes, at most {MAX_TOKEN}")
    parts = token.split(b".", 5)
    if len(parts) != 3:
        raise MalformedError("jose.malformed", "not three parts")
    return _read(*parts)


def parse_json(value: Json) -> Jws:
    """Read a flattened or general JSON serialization with exactly one signature (RFC 7515, section 7.2).

    The unprotected `header` is looked at only to refuse what must not stand there; other members are not our business.
    Raises as `parse`.
    """
    if "signatures" in value:
        signatures = value["signatures"]
        if "signature" in value or "protected" in value or "header" in value:
            raise MalformedError("jose.malformed", "flattened and general at once")
        if not isinstance(signatures, list) or len(signatures) != 1 or not isinstance(signatures[0], dict):
            raise MalformedError("jose.malformed", "not exactly one signature")
        value = signatures[0] | {"payload": value.get("payload")}
    parts = []
    for name in ("protected", "payload", "signature"):
        if not isinstance(text := value.get(name), str):
            raise MalformedError("jose.malformed", f"no {name}")
        if len(text) > MAX_TOKEN:
            raise MalformedError("jose.too_large", f"{name} of {len(text)} characters")
        parts.append(text.encode())
    jws = _read(*parts)
    unprotected = value.get("header", {})
    if not isinstance(unprotected, dict) or unprotected.keys() & (jws.header.keys() | {"alg", "crit", "b64"}):
        raise MalformedError("jose.malformed", "unprotected header")
    return jws


def claims(jws: Jws) -> Json:
    """The payload as a JSON object (RFC 7519, section 7.2). Raises MalformedError `jose.malformed` or `json.…`."""
    value = strict_json.loads(jws.payload)
    if not isinstance(value, dict):
        raise MalformedError("jose.malformed", "the payload is not an object")
    return value


def signing_input(*, header: Json, payload: bytes) -> bytes:
    """The octets to sign (RFC 7515, section 5.1)."""
    return _encode(strict_json.dumps(header)) + b"." + _encode(payload)


def compact(*, header: Json, payload: bytes, signature: bytes) -> bytes:
    """A compact serialization. The signature is one over `signing_input` of the same header and payload."""
    return signing_input(header=header, payload=payload) + b"." + _encode(signature)


def _read(protected: bytes, payload: bytes, signature: bytes) -> Jws:
    if len(protected) * 3 // 4 > MAX_HEADER:
        raise MalformedError("jose.too_large", f"header of {len(protected)} characters")
    header = strict_json.loads(_decode(protected))
    if not isinstance(header, dict):
        raise MalformedError("jose.malformed", "the header is not an object")
    _refuse(header)
    if not signature:
        raise MalformedError("jose.unsigned")
    return Jws(
        header=header,
        payload=_decode(payload),
        signing_input=protected + b"." + payload,
        signature=_decode(signature),
    )


def _refuse(header: Json) -> None:
    algorithm = header.get("alg")
    if not isinstance(algorithm, str):
        raise MalformedError("jose.malformed", "no alg")
    if algorithm.strip().lower().startswith(_NOT_SIGNATURES) or not algorithm.strip() or "enc" in header:
        raise MalformedError("jose.algorithm", algorithm[:40])
    # We know no extension that a header could insist on, so whatever stands in `crit`, we cannot honour it.
    if "crit" in header:
        raise MalformedError("jose.crit", str(header["crit"])[:80])
    if header.get("b64", True) is not True:
        raise MalformedError("jose.unencoded")


def _encode(data: bytes) -> bytes:
    return multibase.encode(data, base="u")[1:].encode()


def _decode(part: bytes) -> bytes:
    try:
        return multibase.base64url(part)
    except MalformedError as error:
        raise MalformedError("jose.malformed", "not canonical base64url") from error
