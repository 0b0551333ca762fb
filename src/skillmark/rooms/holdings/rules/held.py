"""How an end is known, and what speaks for a holding. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID


class EndState(StrEnum):
    """ "No end" and "end not known" differ: the second is on the to-do list."""

    DATED = "dated"
    NO_END = "no_end"
    NOT_KNOWN = "not_known"


class Told(StrEnum):
    """Who is told by itself: the worker at each step, the supervisor at 30 days and after silence, the owner at the end."""

    WORKER = "worker"
    SUPERVISOR = "supervisor"
    SILENCE = "silence"
    OWNER = "owner"


class FeedOf(StrEnum):
    """Whose expiries a calendar shows."""

    FIRM = "firm"
    SITE = "site"
    PERSON = "person"


REMINDER_STEPS = (90, 60, 30, 7)
"""Days before the end on which a reminder may go out by itself."""


def reminder_step(*, days_left: int, steps: Sequence[int]) -> int | None:
    """The step that has been reached: the smallest not below the days left; None before the first and after the end."""
    reached = [step for step in steps if days_left <= step]
    return min(reached) if reached and days_left >= 0 else None


def is_quiet(*, at: time, quiet_from: time, quiet_until: time) -> bool:
    """Whether a time of day lies in the quiet hours, which may run over midnight; from and until alike mean none."""
    if quiet_from <= quiet_until:
        return quiet_from <= at < quiet_until
    return at >= quiet_from or at < quiet_until


RUN_OUT = "dates.expired"
OUT_OF_DATE = frozenset({RUN_OUT, "dates.not_yet"})
"""A checker's reasons that speak of the day on which it was asked."""


@dataclass(frozen=True, slots=True)
class SignedBy:
    """The latest answer about a digital file: who gave it, whether it is good, and whether the giver is ours or known.

    `over_on` is the day on which it was found to have run out: an answer about its days, not about the signature, so that
    the answer of before stands for the days before.
    """

    giver: str
    verdict: str
    own: bool
    listed: bool
    code: str = ""
    over_on: date | None = None

    @property
    def condemned(self) -> bool:
        """Whether something is wrong with it beyond its dates: altered, cancelled, in somebody else's name."""
        return self.verdict == "bad" and self.code not in OUT_OF_DATE


@dataclass(slots=True)
class Evidence:
    """One thing that a person holds, with everything that speaks for it."""

    holding_id: UUID
    item_id: UUID
    obtained: date | None
    starts: date | None
    ends: date | None
    no_end: bool
    level: int | None = None
    hours: Decimal | None = None
    giver: str = ""
    method: str = ""
    revision: str = ""
    disputed: bool = False
    has_photo: bool = False
    photo_approved: bool = False
    looked_on: date | None = None
    look_denied: bool = False
    signed: SignedBy | None = None
    noted: bool = False  # a note on why it came late is kept
    path: tuple[UUID, ...] = field(default=())  # the items by which it counts as another; empty: it is the item itself
    own_validity: Mapping[str, Any] | None = None  # the validity of the item itself, where it counts as another
