"""Givers that a firm trusts, and lists that it follows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

GIVER_LENGTH = 200
TRUST_REASON_LENGTH = 1000
LIST_BYTES = 5 * 2**20

_DID = re.compile(r"did:[a-z0-9]+:[A-Za-z0-9._:%-]*[A-Za-z0-9._%-]")


@dataclass(frozen=True, slots=True)
class ListAnswer:
    """What a desk read of somebody's list, after its signature was checked where the kind has one.

    `name` is what the list calls itself, `entries` how many givers it names, `thumbprints` the keys it was signed with.
    """

    name: str
    body: bytes
    entries: int
    fetched_at: datetime
    thumbprints: tuple[str, ...] = ()


def is_issuer(text: str) -> bool:
    """Whether a giver's identifier has the shape of one: a DID without path or fragment, or an https address."""
    return bool(_DID.fullmatch(text)) or is_address(text)


def is_address(text: str) -> bool:
    """Whether it is an https address in plain ASCII, without a user name or a fragment."""
    if not text.isascii() or not text.isprintable() or " " in text:
        return False
    try:
        parts = urlsplit(text)
        named = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return named and parts.scheme == "https" and not parts.username and not parts.password and "#" not in text
