"""How the code of a hand-over is kept. How codes look, and how typed ones are read, is in `people.rules`."""

from __future__ import annotations

import hashlib
import hmac

from skillmark.rooms.people import rules as people


def digest(code: str, *, key: str, purpose: str) -> str:
    """The keyed SHA-256 of a typed or scanned code, in hexadecimal.

    Keyed with the server's secret, because the 39 bits of eight characters could be found again from a stolen database.
    """
    return hmac.new(key.encode(), f"{purpose}:{people.plain_code(code)}".encode(), hashlib.sha256).hexdigest()


def pin_digits(text: str) -> str:
    """The digits of a typed PIN; spaces and hyphens are left out."""
    return "".join(character for character in text if character in "0123456789")
