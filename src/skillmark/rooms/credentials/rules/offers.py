"""How a proof may be handed over, and where a hand-over stands."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from skillmark.rooms.people.rules.guesses import MAX_TRIES


class Way(StrEnum):
    """How the person gets the code: on the giver's screen, on paper, by text message, by e-mail."""

    SCREEN = "screen"
    SLIP = "slip"
    TEXT = "text"
    EMAIL = "email"

    @property
    def lasts(self) -> timedelta:
        return timedelta(minutes=10) if self is Way.SCREEN else timedelta(days=30)

    @property
    def needs_pin(self) -> bool:
        """Only a code that never leaves the giver's sight works without a PIN."""
        return self is not Way.SCREEN


class OfferState(StrEnum):
    OPEN = "offer.open"
    USED = "offer.used"
    CLOSED = "offer.closed"
    EXPIRED = "offer.expired"
    LOCKED = "offer.locked"


def offer_state(
    *, used_at: datetime | None, closed_at: datetime | None, expires_at: datetime, tries: int, now: datetime
) -> OfferState:
    """Where a hand-over stands; the first reason that applies, in the order in which a person would want to hear it."""
    if used_at is not None:
        return OfferState.USED
    if closed_at is not None:
        return OfferState.CLOSED
    if expires_at <= now:
        return OfferState.EXPIRED
    if tries >= MAX_TRIES:
        return OfferState.LOCKED
    return OfferState.OPEN
