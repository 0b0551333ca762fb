"""Answers that only the one who asked can read: JSON Web Encryption with a key of one request.
(OpenID4VP 1.0, section 8.3; RFC 7516; RFC 7518, section 4.6)

Two lists say what is done, and nothing that a message says of itself adds to them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from credcore.codec import multibase, strict_json
from credcore.errors import MalformedError, UnavailableError

Json = dict[str, Any]

ALGORITHM: Final = "ECDH-ES"
ENCODINGS: Final = ("A256GCM", "A128GCM")
CURVE: Final = "P-256"
MAX_MESSAGE: Final = 1_000_000
_ALLOWED: Final = [ALGORITHM, *ENCODINGS]
_HEADER: Final = frozenset({"alg", "enc", "epk", "kid", "apu", "apv", "typ", "cty"})


def new_key(*, name: str) -> Json:
    """A private key (JWK) for the answer to one request."""
    made = ECKey.generate_key(CURVE, private=True).as_dict(private=True)
    return {**made, "kid": name, "use": "enc", "alg": ALGORITHM}


def public(key: Json) -> Json:
    """What others may know of it."""
    return {name: value for name, value in key.items() if name != "d"}


def choose(keys: object, *, encodings: object) -> tuple[Json, str]:
    """The first key of somebody's set that we can write to, and how.

    Raises UnavailableError `jwe.no_key` (none of ours), `jwe.encoding`; MalformedError `jwe.malformed`.
    """
    listed = keys.get("keys") if isinstance(keys, dict) else None
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise MalformedError("jwe.malformed", "jwks")
    # Without a list it is A128GCM. (OpenID4VP 1.0, section 5.1)
    offered = encodings if isinstance(encodings, list) and encodings else ["A128GCM"]
    enc = next((one for one in ENCODINGS if one in offered), "")
    if not enc:
        raise UnavailableError("jwe.encoding", str(offered)[:80], permanent=True)
    for one in listed:
        usable = one.get("use", "enc") == "enc" and one.get("alg", ALGORITHM) == ALGORITHM
        if usable and one.get("kty") == "EC" and one.get("crv") == CURVE and "d" not in one:
            return one, enc
    raise UnavailableError("jwe.no_key", f"{len(listed)} keys", permanent=True)


def encrypt(payload: Json, *, key: Json, enc: str) -> bytes:
    """A compact message that only the owner of `key` reads. Raises MalformedError `jwe.malformed` for a key that is none."""
    header = {"alg": ALGORITHM, "enc": enc} | ({"kid": key["kid"]} if isinstance(key.get("kid"), str) else {})
    try:
        public_key = ECKey.import_key({name: key[name] for name in ("kty", "crv", "x", "y")})
        return jwe.encrypt_compact(header, strict_json.dumps(payload), public_key, algorithms=_ALLOWED).encode()
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise MalformedError("jwe.malformed", str(error)[:120]) from error


def decrypt(message: bytes, *, key: Json) -> Json:
    """What a message to `key` (private) says: a JSON object.

    Raises MalformedError `jwe.too_large`, `jwe.malformed`, `jwe.algorithm` for another way of encrypting, `jwe.other_key`,
    or `json.…`.
    """
    if len(message) > MAX_MESSAGE:
        raise MalformedError("jwe.too_large", f"{len(message)} bytes, at most {MAX_MESSAGE}")
    header = _header(message)
    if header.get("alg") != ALGORITHM or header.get("enc") not in ENCODINGS or header.keys() - _HEADER:
        raise MalformedError("jwe.algorithm", f"{str(header.get('alg'))[:30]} {str(header.get('enc'))[:30]}")
    if header.get("kid", key["kid"]) != key["kid"]:
        raise MalformedError("jwe.other_key", str(header["kid"])[:60])
    try:
        private = ECKey.import_key({name: key[name] for name in ("kty", "crv", "x", "y", "d")})
        opened = jwe.decrypt_compact(message, private, algorithms=_ALLOWED).plaintext
    except (JoseError, ValueError, KeyError, TypeError) as error:
        raise MalformedError("jwe.malformed", type(error).__name__) from error
    value = strict_json.loads(opened or b"", max_bytes=MAX_MESSAGE)
    if not isinstance(value, dict):
        raise MalformedError("jwe.malformed", "not an object")
    return value


def _header(message: bytes) -> Json:
    parts: Sequence[bytes] = message.split(b".", 6)
    if len(parts) != 5:
        raise MalformedError("jwe.malformed", "not five parts")
    try:
        header = strict_json.loads(multibase.decode("u" + parts[0].decode("ascii")), max_bytes=16_384)
    except (MalformedError, UnicodeDecodeError) as error:
        raise MalformedError("jwe.malformed", "header") from error
    if not isinstance(header, dict):
        raise MalformedError("jwe.malformed", "header")
    return header
