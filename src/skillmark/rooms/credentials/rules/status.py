"""The public lists of what was cancelled and of what is paused. (W3C Bitstring Status List 1.0; trustworthy: section 4)"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

STATUS_LENGTH = 131_072  # the smallest length that the standard allows, so that a place in the list tells nothing
STATUS_FULL = STATUS_LENGTH * 7 // 10  # above this a random draw takes too many tries
STATUS_VALID = timedelta(hours=24)
STATUS_FRESH = timedelta(hours=12)  # signed again after this long, well before it runs out
STATUS_TTL_MS = 15 * 60 * 1000


class Purpose(StrEnum):
    """What a set bit means, in the words of the standard. Cancelled is for good, paused may end."""

    CANCELLED = "revocation"
    PAUSED = "suspension"
