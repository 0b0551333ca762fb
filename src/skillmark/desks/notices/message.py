"""A message, ready to send."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """Plain text: every mail program shows it, nothing is loaded from elsewhere, and nobody is tracked."""

    to: str
    subject: str
    body: str
