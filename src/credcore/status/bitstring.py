"""Bitstring Status List, read and made; StatusList2021, read. (W3C Bitstring Status List 1.0; W3C CCG StatusList2021)

Pure readers: the verifier fetches a list, verifies it as a credential, and hands it down here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from credcore.errors import MalformedError
from credcore.formats.vcdm import iso
from credcore.status import bits

Json = dict[str, Any]
MAX_SIZE = 8  # bits of one place, so 256 messages
LENGTH = 131_072  # the smallest length that hides an entry in a crowd (section 3.1)

# status entry type → (list credential type, list subject type)
KINDS = {
    "BitstringStatusListEntry": ("BitstringStatusListCredential", "BitstringStatusList"),
    "StatusList2021Entry": ("StatusList2021Credential", "StatusList2021"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """Where to look: the list's URL, the place in it, and what a value means.

    `purpose` tells for `revocation` and `suspension`, where everything but 0 is a yes. For `message`, `messages` tells for
    each value. `size` is the number of bits of one place.
    """

    kind: str
    url: str
    index: int
    purpose: str
    size: int = 1
    messages: Mapping[int, str] = field(default_factory=dict)


def read_entry(entry: Json) -> Entry:
    """Read a `credentialStatus`. Raises MalformedError `status.entry`."""
    kind, url, purpose = entry.get("type"), entry.get("statusListCredential"), entry.get("statusPurpose")
    index = str(entry.get("statusListIndex"))
    if not isinstance(kind, str) or kind not in KINDS or not isinstance(url, str) or not isinstance(purpose, str):
        raise MalformedError("status.entry", str(kind)[:60])
    if not re.fullmatch(r"[0-9]{1,9}", index):
        raise MalformedError("status.entry", "index")
    size = entry.get("statusSize", 1)
    if type(size) is not int or not 0 < size <= MAX_SIZE:
        raise MalformedError("status.entry", "statusSize")
    return Entry(kind, url, int(index), purpose, size, _messages(entry, purpose=purpose, size=size))


def value(*, entry: Entry, document: Json) -> int:
    """The number at the entry's place (0 to 2**size - 1), from a list credential that the caller has verified (section 3.2).

    Raises MalformedError `status.malformed` (another kind of list, another purpose) or `status.index`.
    """
    list_type, subject_type = KINDS[entry.kind]
    subject = document.get("credentialSubject")
    if list_type not in _texts(document.get("type")) or not isinstance(subject, dict):
        raise MalformedError("status.malformed", f"not a {list_type}")
    if subject_type not in _texts(subject.get("type")):
        raise MalformedError("status.malformed", f"subject is not a {subject_type}")
    if entry.purpose not in _texts(subject.get("statusPurpose")):
        raise MalformedError("status.malformed", "another purpose")
    encoded = subject.get("encodedList")
    if not isinstance(encoded, str):
        raise MalformedError("status.malformed", "no encodedList")
    return bits.value(bits.unpack(encoded), index=entry.index, size=entry.size)


def is_set(*, entry: Entry, document: Json) -> bool:
    """Whether the value is anything but 0. Raises as `value`."""
    return value(entry=entry, document=document) != 0


def ttl_seconds(document: Json) -> float | None:
    """How long an answer may be reused, if the list says so (`ttl` is in milliseconds)."""
    subject = document.get("credentialSubject")
    ttl = subject.get("ttl") if isinstance(subject, dict) else None
    return ttl / 1000 if isinstance(ttl, int) and not isinstance(ttl, bool) and ttl >= 0 else None


def entry(*, list_url: str, index: int, purpose: str = "revocation") -> Json:
    """The `credentialStatus` for a new credential."""
    return {
        "id": f"{list_url}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": str(index),
        "statusListCredential": list_url,
    }


def build(
    *,
    id: str,
    issuer: str,
    purpose: str,
    indexes: Iterable[int],
    valid_from: datetime,
    valid_until: datetime,
    ttl_ms: int,
    length: int = LENGTH,
) -> Json:
    """An unsigned list credential with the given bits set."""
    return {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": id,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": iso(valid_from),
        "validUntil": iso(valid_until),
        "credentialSubject": {
            "id": f"{id}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": bits.pack(indexes=indexes, length=length),
            "ttl": ttl_ms,
        },
    }


def _messages(entry: Json, *, purpose: str, size: int) -> dict[int, str]:
    """`statusMessage` (section 2.1): one text for each value, `{"status": "0x2", "message": "…"}`; none for other purposes."""
    listed = entry.get("statusMessage")
    if listed is None and purpose != "message" and size == 1:
        return {}
    if not isinstance(listed, list) or len(listed) != 1 << size:
        raise MalformedError("status.entry", "statusMessage has not one text for each value")
    messages = {}
    for item in listed:
        status, message = (item.get("status"), item.get("message")) if isinstance(item, dict) else (None, None)
        if not isinstance(status, str) or not re.fullmatch(r"0x[0-9A-Fa-f]{1,2}", status) or not isinstance(message, str):
            raise MalformedError("status.entry", "statusMessage")
        messages[int(status, 16)] = message
    if messages.keys() != set(range(1 << size)):
        raise MalformedError("status.entry", "statusMessage has not one text for each value")
    return messages


def _texts(value: object) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    return tuple(item for item in items if isinstance(item, str))
