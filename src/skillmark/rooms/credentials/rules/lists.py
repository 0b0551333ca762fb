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

    `name` is what the list calls itself, `body` its content in our own JSON form, `entries` how many givers it names,
    `left_out` how many more could not be read, `valid_until` when its keeper says that it ends, `thumbprints` a federation's
    keys.
    """

    name: str
    body: bytes
    entries: int
    fetched_at: datetime
    left_out: int = 0
    valid_until: datetime | None = None
    thumbprints: tuple[str, ...] = ()


def is_issuer(text: str) -> bool:
    """Whether a giver's identifier has the shape of one: a DID without path or fragment, or an https address."""
    return is_did(text) or is_address(text)


def is_did(text: str) -> bool:
    """Whether it has the shape of a DID without path, query or fragment. (W3C DID Core 1.0, section 3.1)"""
    return bool(_DID.fullmatch(text))


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
