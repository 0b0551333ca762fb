"""What is kept of a check, and what a list of them is ordered by."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from credcore.verify import Verdict

ITEM_BYTES = 10 * 2**20
"""The largest thing that is kept: what the readers of containers read, too."""
BATCH_ROWS = 10_000
BATCH_BYTES = 200 * 2**20
"""All rows of one batch together."""
WATCH_EVERY = timedelta(hours=24)
CLAIM_LASTS = timedelta(minutes=5)
"""A row whose worker has been silent for so long is free again; far longer than the longest check takes."""
NOBODY_ASKED = ("signer.unreachable", "status.unknown", "keys.remembered", "link.unreachable", "incomplete")
"""Answers about the network rather than about the proof: when it goes and comes back, nothing has changed."""
ROW_TRIES = 3
"""So often may a row take its worker down with it, before it is given up for the sake of the others."""
ANSWER_BYTES = 262_144
URL_LENGTH = 2000
REMEMBER_FOR = timedelta(days=365)

# Worst first: what a row with several proofs is told by.
VERDICTS = (Verdict.BAD, Verdict.UNKNOWN, Verdict.CAREFUL, Verdict.GOOD)


def fingerprint(body: bytes) -> str:
    """SHA-256 in hexadecimal: the same for the same bytes."""
    return hashlib.sha256(body).hexdigest()


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The answer that tells of several. At least one."""
    return min(verdicts, key=VERDICTS.index)


def storable(value: Any) -> Any:
    """A JSON value that every database takes: U+0000 and single surrogates, which PostgreSQL refuses, become U+FFFD.

    The signed document itself is in it as base64 and keeps every byte. Depth is bounded by the reader of JSON.
    """
    if isinstance(value, str):
        return storable_text(value)
    if isinstance(value, list):
        return [storable(one) for one in value]
    if isinstance(value, dict):
        return {storable_text(name): storable(one) for name, one in value.items()}
    return value


def storable_text(text: str) -> str:
    """As `storable`, for one text."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode() if _is_odd(text) else text


def _is_odd(text: str) -> bool:
    return any(character == "\0" or "\ud800" <= character <= "\udfff" for character in text)
