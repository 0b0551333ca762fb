"""Read a list of givers from a file: our own small JSON form.

{"name": "Our list", "source": "…", "entries": [{"issuer": "did:…", "name": "…", "since": "2026-01-09", "aliases": []}]}
"""

from __future__ import annotations

from datetime import date
from typing import Any

from credcore.codec import strict_json
from credcore.errors import MalformedError
from credcore.trust import TrustEntry, TrustList


def parse(data: bytes) -> TrustList:
    """Raises MalformedError `trust.malformed` or `json.…`."""
    value = strict_json.loads(data, max_bytes=5 * 2**20)
    if not isinstance(value, dict) or not isinstance(value.get("entries"), list):
        raise MalformedError("trust.malformed", "expected an object with entries")
    entries = tuple(_entry(one) for one in value["entries"])
    return TrustList(name=_text(value, "name"), entries=entries, source=str(value.get("source", "")))


def _entry(value: Any) -> TrustEntry:
    if not isinstance(value, dict):
        raise MalformedError("trust.malformed", "an entry is not an object")
    aliases = value.get("aliases", [])
    if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
        raise MalformedError("trust.malformed", "aliases")
    since = value.get("since")
    try:
        day = date.fromisoformat(since) if since is not None else None
    except (TypeError, ValueError) as error:
        raise MalformedError("trust.malformed", f"since {since!r}") from error
    return TrustEntry(issuer=_text(value, "issuer"), name=_text(value, "name"), since=day, aliases=tuple(aliases))


def _text(value: dict[str, Any], key: str) -> str:
    text = value.get(key)
    if not isinstance(text, str) or not text:
        raise MalformedError("trust.malformed", f"no {key}")
    return text
