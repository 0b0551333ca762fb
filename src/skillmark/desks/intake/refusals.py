"""Why a file is not taken. Each code has a plain sentence that says what to do instead."""

from __future__ import annotations

from typing import Final

from skillmark.errors import DomainError

MOST_BYTES: Final = 15 * 2**20
"""What a phone sends, with room to spare."""


class CannotTake(DomainError):
    """A photo or scan is refused: `photo.empty`, `photo.too_large`, `photo.too_many_points`, `photo.heic`, `photo.svg`,
    `photo.unknown`, `photo.broken`, `photo.pdf_locked`, `photo.pdf_broken`."""
