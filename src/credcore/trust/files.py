"""Read and write a list of givers: our own small JSON form.

{"name": "Our list", "source": "…", "entries": [{"issuer": "did:…", "name": "…", "since": "2026-01-09", "aliases": [],
"source": "…", "reason": "…", "certificates": ["base64 of DER"]}]}

Only `name`, `entries`, `issuer` and an entry's `name` are required. Members that we do not know are passed over.
"""

from __future__ import annotations

import base64
import binascii
from datetime import date, datetime
from typing import Any, Final

from credcore.codec import strict_json
from credcore.errors import MalformedError
from credcore.trust import TrustEntry, TrustList

Json = dict[str, Any]

MAX_BYTES: Final = 5 * 2**20
MAX_ENTRIES: Final = 20_000
MAX_ALIASES: Final = 50
MAX_CERTIFICATES: Final = 10
MAX_CERTIFICATE: Final = 16_384


def parse(data: bytes, *, fetched_at: datetime | None = None) -> TrustList:
    """A list of at most 5 MiB and 20,000 entries. `fetched_at`: when another computer handed it over.

    Raises MalformedError `trust.malformed` or `json.…`.
    """
    return from_json(strict_json.loads(data, max_bytes=MAX_BYTES), fetched_at=fetched_at)


def dumps(one: TrustList) -> bytes:
    """The list as a file that `parse` reads. When it was fetched is not part of it."""
    return strict_json.dumps(to_json(one))


def from_json(value: Any, *, fetched_at: datetime | None = None) -> TrustList:
    """The same as `parse`, from JSON that was read already. Raises MalformedError `trust.malformed`."""
    if not isinstance(value, dict) or not isinstance(value.get("entries"), list):
        raise MalformedError("trust.malformed", "expected an object with entries")
    if len(value["entries"]) > MAX_ENTRIES:
        raise MalformedError("trust.malformed", f"{len(value['entries'])} entries, at most {MAX_ENTRIES}")
    entries = tuple(_entry(one) for one in value["entries"])
    return TrustList(name=_text(value, "name"), entries=entries, source=_optional(value, "source"), fetched_at=fetched_at)


def to_json(one: TrustList) -> Json:
    """The members of the file."""
    return _filled({"name": one.name, "source": one.source}) | {"entries": [_members(entry) for entry in one.entries]}


def _entry(value: Any) -> TrustEntry:
    if not isinstance(value, dict):
        raise MalformedError("trust.malformed", "an entry is not an object")
    since = value.get("since")
    try:
        day = date.fromisoformat(since) if since is not None else None
    except (TypeError, ValueError) as error:
        raise MalformedError("trust.malformed", f"since {str(since)[:40]}") from error
    return TrustEntry(
        issuer=_text(value, "issuer"),
        name=_text(value, "name"),
        since=day,
        aliases=_texts(value, "aliases", most=MAX_ALIASES),
        source=_optional(value, "source"),
        reason=_optional(value, "reason"),
        certificates=tuple(_certificate(text) for text in _texts(value, "certificates", most=MAX_CERTIFICATES)),
    )


def _members(entry: TrustEntry) -> Json:
    return _filled(
        {
            "issuer": entry.issuer,
            "name": entry.name,
            "since": entry.since.isoformat() if entry.since else "",
            "aliases": list(entry.aliases),
            "source": entry.source,
            "reason": entry.reason,
            "certificates": [base64.b64encode(der).decode() for der in entry.certificates],
        }
    )


def _filled(members: Json) -> Json:
    return {name: value for name, value in members.items() if value}


def _text(value: Json, key: str) -> str:
    text = value.get(key)
    if not isinstance(text, str) or not text:
        raise MalformedError("trust.malformed", f"no {key}")
    return text


def _optional(value: Json, key: str) -> str:
    text = value.get(key, "")
    if not isinstance(text, str):
        raise MalformedError("trust.malformed", f"{key} is not text")
    return text


def _texts(value: Json, key: str, *, most: int) -> tuple[str, ...]:
    texts = value.get(key, [])
    if not isinstance(texts, list) or len(texts) > most or not all(isinstance(text, str) for text in texts):
        raise MalformedError("trust.malformed", key)
    return tuple(texts)


def _certificate(text: str) -> bytes:
    try:
        der = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise MalformedError("trust.malformed", "a certificate is not base64") from error
    if not 0 < len(der) <= MAX_CERTIFICATE:
        raise MalformedError("trust.malformed", f"a certificate of {len(der)} bytes")
    return der
