"""What may be said to be wrong on a proof, how long the firm has to answer, and what may take its place. Pure."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum

from skillmark.rooms.credentials.rules.dates import day_there

DISPUTE_DAYS = 10
DISPUTE_LENGTH = 600

# Why a proof takes the place of another: it goes on where that one ends, or it says right what that one says wrong.
RENEWED, CORRECTED = "renewed", "corrected"
# Why the old one was cancelled; whoever reads it reads it in their own language.
REPLACED_REASON, RENEWED_REASON = "Replaced by a corrected one", "Replaced by a newer one"


class About(StrEnum):
    """What the person says is wrong."""

    NAME = "name"
    DATE = "date"
    LEVEL = "level"
    OTHER = "other"


class Outcome(StrEnum):
    """How the firm settled it."""

    CORRECTED = "corrected"
    KEPT = "kept"
    CANCELLED = "cancelled"


def answer_by(*, now: datetime, time_zone: str) -> date:
    """The last day on which the firm should answer, where it works."""
    return day_there(moment=now, time_zone=time_zone) + timedelta(days=DISPUTE_DAYS)
