"""Bitstring Status List, read and made; StatusList2021, read. (W3C Bitstring Status List 1.0; W3C CCG StatusList2021)

Pure readers: the verifier fetches a list, verifies it as a credential, and hands it down here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from credcore.errors import MalformedError
from credcore.formats.vcdm import iso
from credcore.status import bits

Json = dict[str, Any]
LENGTH = 131_072  # the smallest length that hides an entry in a crowd (section 3.1)

# status entry type → (list credential type, list subject type)
KINDS = {
    "BitstringStatusListEntry": ("BitstringStatusListCredential", "BitstringStatusList"),
    "StatusList2021Entry": ("StatusList2021Credential", "StatusList2021"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """Where to look: the list's URL, the place in it, and what a set bit means."""

    kind: str
    url: str
    index: int
    purpose: str


def read_entry(entry: Json) -> Entry:
    """Read a `credentialStatus`. Raises MalformedError `status.entry`."""
    kind, url, purpose = entry.get("type"), entry.get("statusListCredential"), entry.get("statusPurpose")
    index = str(entry.get("statusListIndex"))
    if not isinstance(kind, str) or kind not in KINDS or not isinstance(url, str) or not isinstance(purpose, str):
        raise MalformedError("status.entry", str(kind)[:60])
    if not re.fullmatch(r"[0-9]{1,9}", index):
        raise MalformedError("status.entry", "index")
    if entry.get("statusSize", 1) != 1:
        raise MalformedError("status.entry", "lists with more than one bit an entry are not read yet")
    return Entry(kind=kind, url=url, index=int(index), purpose=purpose)


def is_set(*, entry: Entry, document: Json) -> bool:
    """Look the entry up in a list credential that the caller has verified.

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
    return bits.bit(bits.unpack(encoded), index=entry.index)


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


def _texts(value: object) -> tuple[str, ...]:
    items = value if isinstance(value, list) else [value]
    return tuple(item for item in items if isinstance(item, str))
