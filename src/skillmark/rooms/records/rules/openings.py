"""For how long a person's page stands open, and when the memory of it goes. Pure."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta

from skillmark.rooms.people import rules as people

STAYS_OPEN = timedelta(minutes=30)
"""Phones and tablets are lent: a page that nobody looks at closes by itself."""
SEEN_EVERY = timedelta(minutes=1)
"""How exactly it is known when somebody last looked; more would only write to the disk."""
FRESH_FOR = timedelta(minutes=10)
"""A new way in is made only by whoever opened the page just now: not on a phone that was left lying open."""
FORGOTTEN_AFTER = timedelta(days=30)
COPY_FORGOTTEN_AFTER = timedelta(days=400)

RECOVERY_CODES = 8
RECOVERY_LENGTH = 12
MOST_PASSKEYS = 20


def new_recovery_codes() -> list[str]:
    """Eight codes of twelve characters, 59 bits each, as a slip's."""
    return [people.new_code(RECOVERY_LENGTH) for _ in range(RECOVERY_CODES)]


def recovery_digest(code: str, *, key: str) -> str:
    """How such a code is kept and looked up: keyed, as the code of a slip is."""
    return hmac.new(key.encode(), f"records.recovery:{people.plain_code(code)}".encode(), hashlib.sha256).hexdigest()
