"""How an erased space is remembered. Pure."""

from __future__ import annotations

import hashlib
from uuid import UUID


def erased_digest(space_id: UUID) -> str:
    """A space's id is 122 random bits, so nobody finds it from this; whoever has the id finds this."""
    return hashlib.sha256(f"skillmark erased:{space_id}".encode()).hexdigest()
