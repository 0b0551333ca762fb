"""The PIN with which somebody takes over a shared phone. Pure."""

from __future__ import annotations

from datetime import timedelta

SHORTEST, LONGEST = 4, 6
LINK_LIFE = timedelta(hours=24)
STAYS_OPEN = timedelta(minutes=2)
"""A shared phone that was left lying locks itself after this long without a request."""
_ROW = "01234567890123456789"


def digits(text: str) -> str:
    """The digits of a typed PIN; spaces and hyphens are left out."""
    return "".join(one for one in text if one in "0123456789")


def problem(pin: str) -> str:
    """Why this PIN cannot be chosen, as an error code; empty when it can."""
    if not SHORTEST <= len(pin) <= LONGEST:
        return "sign_pin.length"
    half = len(pin) // 2
    if len(set(pin)) < 3 or pin in _ROW or pin[::-1] in _ROW or pin[:half] == pin[half:]:
        return "pin.too_easy"
    return ""
