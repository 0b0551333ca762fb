"""The code with which somebody who leaves takes everything along. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from skillmark.rooms.people.rules.guesses import MAX_TRIES

LASTS = timedelta(days=180)
"""Long enough for paper that was put into a drawer on the last day."""


def pack_problem(
    *, used_at: datetime | None, closed_at: datetime | None, expires_at: datetime, tries: int, now: datetime
) -> str:
    """Why a code opens nothing, as an error code; the first reason in the order in which a person would want to hear it."""
    if used_at is not None:
        return "leaver.used"
    if closed_at is not None:
        return "leaver.closed"
    if expires_at <= now:
        return "leaver.expired"
    return "leaver.locked" if tries >= MAX_TRIES else ""
