"""How a person's own space is locked. Pure."""

from __future__ import annotations

import hashlib
import hmac

from skillmark.rooms.people import rules as people

SLIP_LENGTH = 12
PIN_LENGTH = 6
_ASCENDING = "01234567890123456789"


def new_slip() -> str:
    """Twelve characters, 59 bits: too many to guess at any speed that the pauses allow."""
    return people.new_code(SLIP_LENGTH)


def slip_digest(code: str, *, key: str) -> str:
    """How the code of a slip is kept and looked up: keyed, so that a stolen database alone does not tell it."""
    return hmac.new(key.encode(), f"records.slip:{people.plain_code(code)}".encode(), hashlib.sha256).hexdigest()


def pin_digits(text: str) -> str:
    """The digits of a typed PIN; spaces and hyphens are left out."""
    return "".join(character for character in text if character in "0123456789")


def pin_problem(pin: str) -> str:
    """Why this PIN cannot be chosen, as an error code; empty when it can."""
    if len(pin) != PIN_LENGTH:
        return "pin.wrong_length"
    if len(set(pin)) < 3 or pin in _ASCENDING or pin[::-1] in _ASCENDING or pin[:3] == pin[3:]:
        return "pin.too_easy"
    return ""
