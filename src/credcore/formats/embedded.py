"""Proofs inside other ones, taken out so that each can be checked by itself."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import unquote_to_bytes

from credcore.codec import strict_json
from credcore.errors import MalformedError
from credcore.formats.vcdm import V2, Json, texts
from credcore.model import Part

MAX_PARTS = 100
_ENVELOPES = ("EnvelopedVerifiableCredential", "EnvelopedVerifiablePresentation")


def every(value: object) -> list[object]:
    """The items of a list, a single value as a list of one, nothing as an empty list."""
    return value if isinstance(value, list) else [] if value is None else [value]


def collect(values: Iterable[object], *, role: str) -> tuple[Part, ...]:
    """Each value as a part: an object as JSON, a text as the token that it is, an envelope as what is in it.

    What is none of these becomes a part too: it must be found unreadable, not passed over. Raises MalformedError
    `parts.too_many`.
    """
    found: list[Part] = []
    for value in values:
        if len(found) == MAX_PARTS:
            raise MalformedError("parts.too_many", f"more than {MAX_PARTS}")
        found.append(Part(role, _body(value)))
    return tuple(found)


def as_member(credential: bytes) -> Json:
    """A credential as the object that stands for it inside another: JSON as it is, a token in its envelope.

    (VC Data Model 2.0, section 4.13.1) Raises MalformedError for what is neither.
    """
    if credential.lstrip().startswith(b"{"):
        member: Json = strict_json.loads(credential)
        return member
    media = "dc+sd-jwt" if b"~" in credential else "vc+jwt"
    try:
        token = credential.decode("ascii").strip()
    except UnicodeDecodeError as error:
        raise MalformedError("jose.malformed", "not ASCII") from error
    return {"@context": V2, "id": f"data:application/{media},{token}", "type": "EnvelopedVerifiableCredential"}


def _body(value: object) -> bytes:
    if isinstance(value, str):
        return value.encode()
    if isinstance(value, dict) and any(name in _ENVELOPES for name in texts(value.get("type"))):
        return _unwrapped(str(value.get("id")))
    return strict_json.dumps(value)


def _unwrapped(url: str) -> bytes:
    """The token in a `data:` URL, such as `data:application/vc+jwt,eyJ…`. (VC Data Model 2.0, section 4.13; RFC 2397)

    A token is letters only, so nobody writes it in base64; then, and for another address, there is nothing to read.
    """
    head, comma, body = url.partition(",")
    return unquote_to_bytes(body) if head.startswith("data:") and comma and not head.endswith(";base64") else b""
