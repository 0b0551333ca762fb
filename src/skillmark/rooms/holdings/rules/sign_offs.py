"""When sign-offs make a proof together, and what is still missing. Pure.

A run is what was signed off of one person, item and level by the same words and the same revision of the instruction, since
the last proof of these. A sign-off by older words or of an older revision stays as history and counts for nothing newer: what
was seen then is not what is asked now.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

UNDO = timedelta(seconds=10)
"""So long a sign-off may be taken back: signing waits for it."""
SKEW = timedelta(minutes=5)
"""So far a phone's clock may be ahead of ours."""
OLDEST = timedelta(days=365)
"""What was seen longer ago is signed off anew, but for what stands on paper."""
RETRY = timedelta(minutes=5)
"""After a proof could not be signed, it is tried again."""
SEEN_LENGTH = 600
ENTERED = ("live", "offline", "paper")


class SignOffState(StrEnum):
    """Where a sign-off stands: it may still be undone; it waits for what is still missing; it is part of a proof."""

    WAITING = "waiting"
    COUNTED = "counted"
    SIGNED = "signed"
    UNDONE = "undone"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Asked:
    """What one version of the words asks: so many steps, seen on so many days, co-signed or not; by a revision ("": none)."""

    version_id: UUID
    revision: str
    steps: int
    times_seen: int = 1
    co_sign: bool = False


@dataclass(frozen=True, slots=True)
class Witnessed:
    """One sign-off. `day` is the day at the site; `used`: it is part of a proof, or about to be. `recorded_at`: it arrived."""

    id: UUID
    day: date
    recorded_at: datetime
    version_id: UUID
    revision: str
    steps: Collection[int] = ()
    co_signed: bool = False
    state: SignOffState = SignOffState.COUNTED
    used: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """A proof of the same run: the last day that is in it, and when it was cancelled (None: it stands, or is being made)."""

    last_day: date
    cancelled_at: datetime | None = None

    def covers(self, one: Witnessed) -> bool:
        """Whether a sign-off adds nothing to it: it was seen by then, and not after somebody looked again."""
        return one.day <= self.last_day and (self.cancelled_at is None or one.recorded_at <= self.cancelled_at)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a run stands. `steps`: numbers of those not seen yet. `days`: on so many more days it has to be seen.
    `co_sign`: a second person has to sign; `to_co_sign` are the sign-offs that lack it.

    `counted` are the sign-offs of this run, oldest first: once nothing is missing, they make the proof. `history` are those
    that count for nothing newer.
    """

    steps: tuple[int, ...]
    days: int
    co_sign: bool
    to_co_sign: tuple[UUID, ...]
    counted: tuple[UUID, ...]
    history: tuple[UUID, ...]

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing any more."""
        return not self.steps and self.days == 0 and not self.co_sign and bool(self.counted)


def standing_of(
    *, signed: Sequence[Witnessed], asked: Asked, given: Sequence[Given] = (), waiting: bool = False
) -> Standing:  # fmt: skip
    """Where the run stands that `asked` asks for. `signed` are the sign-offs of one person, item and level.

    `given` are the proofs by the same words and revision: what they cover adds nothing to them (two supervisors sign the same
    thing: one proof), and goes with them when they are cancelled. `waiting`: count also those that may still be undone.
    """
    alive = {SignOffState.COUNTED, SignOffState.WAITING} if waiting else {SignOffState.COUNTED}
    open_ones = sorted((one for one in signed if one.state in alive and not one.used), key=lambda one: (one.day, one.id))
    counted = [
        one
        for one in open_ones
        if (one.version_id, one.revision) == (asked.version_id, asked.revision)
        and not any(proof.covers(one) for proof in given)
    ]
    seen = {step for one in counted for step in one.steps}
    bare = tuple(one.id for one in counted if not one.co_signed) if asked.co_sign else ()
    return Standing(
        steps=tuple(step for step in range(asked.steps) if step not in seen),
        days=max(0, asked.times_seen - len({one.day for one in counted})),
        co_sign=asked.co_sign and (bool(bare) or not counted),
        to_co_sign=bare,
        counted=tuple(one.id for one in counted),
        history=tuple(one.id for one in open_ones if one not in counted),
    )
