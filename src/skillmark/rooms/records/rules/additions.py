"""How much may be handed over for a page at once, and how long it waits. Pure."""

from __future__ import annotations

from datetime import timedelta

Row = tuple[str, str, bytes]
"""(name, kind, body): kind `file`, `text`, `link` (body is the address) or `problem` (body is the code of why)."""
PROBLEM = "problem"
MOST_ITEMS = 2_000
MOST_BYTES = 100 * 2**20
AT_HAND = 20
"""So many are looked at while the person waits, for a moment; more than that in the background."""
CLAIM_LASTS = timedelta(minutes=5)
TRIES = 3
STAYS = timedelta(days=7)
_NAME = 200


def storable_name(name: str) -> str:
    """A file's name as every database takes it."""
    return name.replace("\0", "\ufffd").encode("utf-8", "replace").decode()[-_NAME:]
