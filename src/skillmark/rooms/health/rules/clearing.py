"""What an item asks, what a person has shown, and until when that clears them. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from skillmark.rooms.skills.rules import add_months


@dataclass(frozen=True, slots=True)
class Terms:
    """A health item as it is asked for from a day on. `months` None: has no end. `source` is the link of the rule.

    `everyone`, or those in one of `positions`. `asked` False: no longer asked for.
    """

    item_id: UUID
    names: Mapping[str, str]
    months: int | None
    everyone: bool
    positions: frozenset[UUID]
    source: str = ""
    note: str = ""
    asked: bool = True

    def applies(self, *, positions: Collection[UUID]) -> bool:
        """Whether somebody in these positions needs it."""
        return self.asked and (self.everyone or not self.positions.isdisjoint(positions))


@dataclass(frozen=True, slots=True)
class Shown:
    """What a person has shown for an item. `ends` is the last good day; None: has no end."""

    item_id: UUID
    obtained: date
    ends: date | None

    def counts(self, *, on: date) -> bool:
        """Whether it is in date on a day."""
        return self.obtained <= on and (self.ends is None or on <= self.ends)


@dataclass(frozen=True, slots=True)
class ClearUntil:
    """All that other rooms may know: whether a person is cleared for work on the day, and until when (None: no end).

    Never a name of an item, a reason or a note: tests/architecture/test_health.py looks at these two fields.
    """

    met: bool
    until: date | None


def proposed_end(*, obtained: date, months: int | None) -> date | None:
    """The last good day: the same day `months` later."""
    return None if months is None else add_months(obtained, months)


def best(*, shown: Iterable[Shown], on: date) -> Shown | None:
    """Of what counts on the day, what lasts longest; else what was in date last; None when there is nothing yet."""
    begun = [one for one in shown if one.obtained <= on]
    return max(begun, key=lambda one: (one.ends is None, one.ends or one.obtained, one.obtained), default=None)


def clear_until(
    *, asked: Iterable[Terms], shown: Iterable[Shown], positions: Collection[UUID], on: date
) -> ClearUntil | None:  # fmt: skip
    """Whether somebody in `positions` is cleared on the day. None: nothing is asked of them, so there is nothing to say."""
    needed = [one for one in asked if one.applies(positions=positions)]
    if not needed:
        return None
    mine = list(shown)
    found = [best(shown=[one for one in mine if one.item_id == terms.item_id], on=on) for terms in needed]
    if not all(one is not None and one.counts(on=on) for one in found):
        return ClearUntil(met=False, until=None)
    ends = [one.ends for one in found if one is not None and one.ends is not None]
    return ClearUntil(met=True, until=min(ends, default=None))
