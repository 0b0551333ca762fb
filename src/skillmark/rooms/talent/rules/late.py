"""Late stays late: what was obtained after it was due keeps that mark, whatever its colour is today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import itemgetter
from uuid import UUID

from skillmark.rooms.holdings.rules import Evidence
from skillmark.rooms.talent.rules.ends import end_of
from skillmark.rooms.talent.rules.facts import Need

_FOR_GOOD = date(9000, 1, 1)  # leaves room to add days of grace
_A_DAY = timedelta(days=1)
_DAY = itemgetter(0, 1)


@dataclass(frozen=True, slots=True)
class Late:
    """`holding_id` was due on `due_on` and obtained on `obtained`, `days` later. `noted`: what was done is written down."""

    holding_id: UUID
    due_on: date
    obtained: date
    noted: bool

    @property
    def days(self) -> int:
        """How many days too late."""
        return (self.obtained - self.due_on).days


def late(*, need: Need, evidence: Sequence[Evidence], on: date) -> list[Late]:
    """Every holding that came after its day, oldest first: the first after `due_on`, a renewal after the last one's end.

    A second card got while the first still counts is no renewal that could be late. A card that ended before the person
    needed the item is nothing to renew: the one after it is their first. What is disputed or turned out bad covers nothing.
    """
    got = [
        (day, one.holding_id.int, one)
        for one in evidence
        if (day := one.obtained or one.starts) is not None and day <= on and not _covers_nothing(one)
    ]
    got.sort(key=_DAY)
    since = need.since or need.hired_on
    grace = timedelta(days=need.restraint.grace_days)
    found: list[Late] = []
    covered: date | None = None  # the last day that the cards so far cover
    for day, _number, one in got:
        if covered is None or (since is not None and covered < since):
            due, is_late = need.due_on, need.due_on is not None and day > need.due_on
        else:  # the day after the last good day leaves no gap
            due = covered + grace
            is_late = day > due + _A_DAY and (need.due_on is None or day > need.due_on)
        if due is not None and is_late:
            found.append(Late(one.holding_id, due, day, one.noted))
        ends, known = end_of(one, need.restraint)
        until = _FOR_GOOD if ends is None else ends
        if known or ends is not None:
            covered = max(covered or date.min, until)
        elif covered is None:
            covered = _FOR_GOOD
    return found


def _covers_nothing(one: Evidence) -> bool:
    return one.disputed or one.look_denied or (one.signed is not None and one.signed.condemned)
