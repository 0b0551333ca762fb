"""What every W3C credential says, whichever version: parties, dates, types. (VC Data Model 1.1 and 2.0, section 4)"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from credcore.codec import moments
from credcore.model import Credential, Party

instant = moments.instant
iso = moments.iso
Json = dict[str, Any]

V1 = "https://www.w3.org/2018/credentials/v1"
V2 = "https://www.w3.org/ns/credentials/v2"
_VERSIONS = {V1: "1.1", V2: "2.0"}


def texts(value: object) -> tuple[str, ...]:
    """A string or list of strings as a tuple; anything else is left out."""
    if isinstance(value, str):
        return (value,)
    return tuple([item for item in value if isinstance(item, str)]) if isinstance(value, list) else ()


def text(value: object) -> str:
    """A string; of a language-tagged value its text; of a list its first. Else empty."""
    if isinstance(value, str):  # nearly always
        return value
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("@value") or value.get("value")
    return value if isinstance(value, str) else ""


def first(value: object) -> Json:
    """The first object of an object or list of objects; else an empty one."""
    if isinstance(value, list):
        value = next((item for item in value if isinstance(item, dict)), None)
    return value if isinstance(value, dict) else {}


def only(value: object) -> Json:
    """The object, also of a list of one; else an empty one: what is signed has no order, so no member is the first."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    return value if isinstance(value, dict) else {}


def name_of(value: Json) -> str:
    """The `id` of an object; empty for one that is only a label within the document (`_:x`), which no signature covers."""
    name = text(value.get("id"))
    return "" if name.startswith("_:") else name


def is_a(document: Json, *, kind: str) -> bool:
    """Whether a document of either data model says that it is of this kind."""
    said = document.get("type")
    return (said == kind or (isinstance(said, list) and kind in said)) and bool(version(document))


def version(document: Json) -> str:
    """`1.1` or `2.0` by the first context, as the data models require; empty for neither."""
    contexts = document.get("@context")
    base = contexts[0] if isinstance(contexts, list) and contexts else contexts
    return _VERSIONS.get(base, "") if isinstance(base, str) else ""


def issuer_id(document: Json) -> str:
    """The identifier of the giver, or empty, also when several are named."""
    value = document.get("issuer")
    return value if isinstance(value, str) else text(value.get("id")) if isinstance(value, dict) else ""


def validity(document: Json) -> tuple[datetime | None, datetime | None]:
    """(from, until). Where the names of both data models stand, the narrower date counts: neither may hide the other.

    Raises MalformedError `dates.malformed`.
    """
    start, other_start = instant(document.get("validFrom")), instant(document.get("issuanceDate"))
    end, other_end = instant(document.get("validUntil")), instant(document.get("expirationDate"))
    if start is None or (other_start is not None and other_start > start):
        start = other_start
    if end is None or (other_end is not None and other_end < end):
        end = other_end
    return start, end


def parse(document: Json, *, format: str) -> Credential:
    """The common fields in plain form. Raises MalformedError `dates.malformed`."""
    return Credential(**fields(document, format=format))


def fields(document: Json, *, format: str) -> Json:
    """The same as keyword arguments, for formats that have more to say. Raises as `parse`."""
    giver, subject = only(document.get("issuer")), only(document.get("credentialSubject"))
    valid_from, valid_until = validity(document)
    return {
        "id": name_of(document),
        "name": text(document.get("name")) or text(subject.get("name")),
        "format": format,
        "issuer": Party(id=issuer_id(document), name=text(giver.get("name")), url=text(giver.get("url"))),
        "subject": Party(id=name_of(subject), name=text(subject.get("name"))),
        "valid_from": valid_from,
        "valid_until": valid_until,
        "description": text(document.get("description")),
        "types": texts(document.get("type")),
    }
