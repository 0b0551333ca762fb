"""Token Status List, read and made. (IETF draft-ietf-oauth-status-list)

Pure reader: the verifier fetches a list token, verifies its signature, type and dates, and hands its claims down here.
The claims of a CWT come from `codec.cwt` under the same names, its bytes as base64url.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, TypeGuard

from credcore.codec import multibase
from credcore.errors import MalformedError
from credcore.status import bits as packed_bits

Json = dict[str, Any]

JWT_TYPE: Final = "statuslist+jwt"
CWT_TYPE: Final = "application/statuslist+cwt"
VALID, INVALID, SUSPENDED = 0, 1, 2
NAMES: Final = {VALID: "valid", INVALID: "invalid", SUSPENDED: "suspended"}
"""Section 7.1. Every other value means what its giver and its reader agreed on: to us it is unknown."""

SIZES: Final = (1, 2, 4, 8)
_MAX_URL = 2_048
_MAX_TIME = 253_402_300_799  # the last second of the year 9999


@dataclass(frozen=True, slots=True)
class Entry:
    """Where to look: the list's URL and the place in it."""

    url: str
    index: int


def read_entry(entry: Json) -> Entry:
    """Read a `status` claim, `{"status_list": {"idx": 0, "uri": "https://…"}}` (section 6).

    Raises MalformedError `status.entry`.
    """
    place = entry.get("status_list")
    if not isinstance(place, dict):
        raise MalformedError("status.entry", "no status_list")
    index, url = place.get("idx"), place.get("uri")
    if not _is_natural(index) or not isinstance(url, str) or not 0 < len(url) <= _MAX_URL:
        raise MalformedError("status.entry", "idx or uri")
    return Entry(url=url, index=index)


def status_of(*, entry: Entry, claims: Json) -> int:
    """The value at the entry's place, from the claims of a list token that the caller has verified (section 8.3).

    Raises MalformedError: `status.other_list` when `sub` is another URL, `status.malformed`, `status.index`.
    """
    if claims.get("sub") != entry.url:
        raise MalformedError("status.other_list", str(claims.get("sub"))[:120])
    size, data = read_list(claims.get("status_list"))
    return value(data, index=entry.index, size=size)


def read_list(status_list: object) -> tuple[int, bytes]:
    """Bits an entry, and the bytes, of `{"bits": 1, "lst": "…"}` (section 4.2). Raises MalformedError `status.malformed`."""
    if not isinstance(status_list, dict):
        raise MalformedError("status.malformed", "no status_list")
    size, text = status_list.get("bits"), status_list.get("lst")
    if type(size) is not int or size not in SIZES or not isinstance(text, str):
        raise MalformedError("status.malformed", "bits or lst")
    return size, packed_bits.inflate(multibase.decode(f"u{text}"), wrapping=packed_bits.ZLIB)


def value(data: bytes, *, index: int, size: int) -> int:
    """The number in the entry's `size` bits, the least significant first (section 4.1).

    Raises MalformedError `status.index` outside the list.
    """
    place, within = divmod(index * size, 8)
    if index < 0 or place >= len(data):
        raise MalformedError("status.index", str(index))
    return data[place] >> within & ((1 << size) - 1)


def is_list_type(typ: object) -> bool:
    """Whether a token's `typ` says that it is a status list (section 5): a proof of another kind must not pass for one."""
    return isinstance(typ, str) and typ.lower().removeprefix("application/") in ("statuslist+jwt", "statuslist+cwt")


def ttl_seconds(claims: Json) -> float | None:
    """How long an answer may be reused, if the list says so."""
    ttl = claims.get("ttl")
    return float(ttl) if _is_natural(ttl) else None


def dates(claims: Json) -> tuple[datetime, datetime | None]:
    """When the list was made and when it ends, if it does (section 5.1).

    Raises MalformedError `status.malformed` for a list that does not say when it was made, or says it in a way that is none.
    """
    issued, expires = claims.get("iat"), claims.get("exp")
    if not _is_time(issued) or not (expires is None or _is_time(expires)):
        raise MalformedError("status.malformed", "iat or exp")
    return datetime.fromtimestamp(issued, UTC), None if expires is None else datetime.fromtimestamp(expires, UTC)


def entry(*, list_url: str, index: int) -> Json:
    """The `status` claim for a new token."""
    return {"status_list": {"idx": index, "uri": list_url}}


def pack(*, values: Mapping[int, int], size: int, length: int) -> str:
    """Base64url text of `length` entries of `size` bits, 0 where `values` has none. Same input, same bytes.

    Raises MalformedError `status.index` for an index outside the list, `status.malformed` for a size or value that does
    not fit.
    """
    if size not in SIZES:
        raise MalformedError("status.malformed", f"{size} bits")
    data = bytearray((length * size + 7) // 8)
    for index, number in values.items():
        if not 0 <= index < length:
            raise MalformedError("status.index", str(index))
        if not 0 <= number < 1 << size:
            raise MalformedError("status.malformed", f"{number} in {size} bits")
        place, within = divmod(index * size, 8)
        data[place] |= number << within
    return multibase.encode(zlib.compress(bytes(data), level=9), base="u")[1:]


def build(
    *,
    list_url: str,
    values: Mapping[int, int],
    size: int,
    length: int,
    issued_at: datetime,
    expires_at: datetime,
    ttl_s: int,
) -> Json:
    """The claims of a new list token; it is signed with `typ` JWT_TYPE. Dates are aware. Raises as `pack`."""
    return {
        "sub": list_url,
        "iat": int(issued_at.timestamp()),
        "exp": int(expires_at.timestamp()),
        "ttl": ttl_s,
        "status_list": {"bits": size, "lst": pack(values=values, size=size, length=length)},
    }


def _is_natural(number: object) -> TypeGuard[int]:
    return type(number) is int and number >= 0


def _is_time(number: object) -> TypeGuard[int | float]:
    return isinstance(number, int | float) and not isinstance(number, bool) and 0 <= number <= _MAX_TIME
