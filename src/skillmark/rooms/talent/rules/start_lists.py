"""What to ask somebody for before their first day, and how far a list of that is. Pure."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from skillmark.rooms.talent.rules.status import Cell, State
from skillmark.rooms.talent.rules.trust import Reason

if TYPE_CHECKING:
    from datetime import tzinfo

LIFE = timedelta(days=30)
AFTER = timedelta(days=14)
MOST_BROUGHT = 60
"""Things that one list takes: several tries for everything that a job needs, and no more to store than that."""


class Way(StrEnum):
    """How something came: from the person's own page, as a file or link, as a photo, or only said."""

    PAGE = "page"
    FILE = "file"
    PHOTO = "photo"
    SAID = "said"


class Doubt(StrEnum):
    """What somebody of the firm has to settle: another name stands on it, or it may be for something else."""

    PERSON = "person"
    ITEM = "item"


class Turn(StrEnum):
    """Whose turn it is with one item of a list."""

    HERE = "here"  # it counts on the first day, or is needed no more
    FIRM = "firm"  # it came; somebody of the firm looks at it
    SAID = "said"  # the person says that they have it, and nothing shows it yet
    ASKED = "asked"


class Standing(StrEnum):
    """How far a list is."""

    MADE = "made"
    OPENED = "opened"
    BEGUN = "begun"
    COMPLETE = "complete"
    TOO_OLD = "too_old"
    CLOSED = "closed"


class Moments(Protocol):
    """What tells how far a list is."""

    opened_at: datetime | None
    answered_at: datetime | None
    complete_at: datetime | None
    closed_at: datetime | None
    expires_at: datetime


# There is something on file, and only the firm can go on: look at it, look it up, ask its giver.
_FIRMS = frozenset({State.DISPUTED, State.NEEDS_FIRST, State.END_UNKNOWN, State.EXEMPT})
_FIRMS_REASON = frozenset({Reason.PHOTO, Reason.PHOTO_WAITS, Reason.CHECK_OLD, Reason.GIVER_UNKNOWN})


def expires(*, made_at: datetime, starts_on: date, zone: tzinfo) -> datetime:
    """When the link ends: after 30 days, and not before two weeks of work are over."""
    return max(made_at + LIFE, datetime.combine(starts_on, time(0), tzinfo=zone) + AFTER)


def is_missing(cell: Cell) -> bool:
    """Whether the person must bring it: needed on the first day, and neither there nor the firm's turn."""
    if not cell.must or cell.compliant or cell.state in _FIRMS or cell.photo_waits:
        return False
    return not (cell.state is State.BELOW_TRUST and cell.reason in _FIRMS_REASON)


def turn(*, cell: Cell | None, in_doubt: bool, said: bool) -> Turn:
    """Whose turn it is with an item. `cell`: as it will stand on the first day; None: it is needed no more."""
    if cell is None or cell.compliant or cell.state is State.EXEMPT:
        return Turn.HERE
    if in_doubt or not is_missing(cell):
        return Turn.FIRM
    return Turn.SAID if said else Turn.ASKED


def is_complete(turns: Collection[Turn]) -> bool:
    """Whether nothing is left for the person to bring."""
    return not {Turn.ASKED, Turn.SAID} & set(turns)


def standing(*, of: Moments, now: datetime) -> Standing:
    """How far a list is at a moment. What was complete stays so, however old its link is."""
    if of.complete_at is not None:
        return Standing.COMPLETE
    if of.closed_at is not None:
        return Standing.CLOSED
    if of.expires_at <= now:
        return Standing.TOO_OLD
    if of.answered_at is not None:
        return Standing.BEGUN
    return Standing.OPENED if of.opened_at is not None else Standing.MADE
