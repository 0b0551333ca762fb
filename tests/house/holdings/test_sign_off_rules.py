"""What a run of sign-offs still lacks, and which of them make the proof."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from skillmark.rooms.holdings.rules import Asked, Given, SignOffState, Witnessed, standing_of

WORDS, OLDER = UUID(int=1), UUID(int=2)
NOON = datetime(2026, 5, 6, 12, tzinfo=UTC)
MON, TUE, WED = date(2026, 5, 4), date(2026, 5, 5), date(2026, 5, 6)


def one(number: int, day: date = MON, *steps: int, **more: Any) -> Witnessed:
    plain = {"id": UUID(int=number), "day": day, "recorded_at": NOON, "version_id": WORDS, "revision": "C", "steps": steps}
    return Witnessed(**{**plain, **more})


def asked(steps: int = 0, times: int = 1, **more: Any) -> Asked:
    return Asked(**{"version_id": WORDS, "revision": "C", "steps": steps, "times_seen": times, **more})


def ids(*numbers: int) -> tuple[UUID, ...]:
    return tuple(UUID(int=number) for number in numbers)


# what is asked, what was signed → steps missing, days missing, a co-signature missing, what counts, what is history
TABLE: dict[str, tuple[Asked, list[Witnessed], tuple[Any, ...]]] = {
    "nothing yet": (asked(2), [], ((0, 1), 1, False, (), ())),
    "once is enough": (asked(), [one(1)], ((), 0, False, (1,), ())),
    "one of two steps": (asked(2), [one(1, MON, 1)], ((0,), 0, False, (1,), ())),
    "the other step on the same day": (asked(2), [one(1, MON, 1), one(2, MON, 0)], ((), 0, False, (1, 2), ())),
    "words alone leave the steps": (asked(2), [one(1)], ((0, 1), 0, False, (1,), ())),
    "a behaviour once": (asked(times=2), [one(1)], ((), 1, False, (1,), ())),
    "a behaviour twice on one day": (asked(times=2), [one(1), one(2)], ((), 1, False, (1, 2), ())),
    "a behaviour on two days": (asked(times=2), [one(2, TUE), one(1)], ((), 0, False, (1, 2), ())),
    "steps on one day, seen on two": (asked(1, 2), [one(1, MON, 0), one(2, WED)], ((), 0, False, (1, 2), ())),
    "not co-signed": (asked(co_sign=True), [one(1)], ((), 0, True, (1,), ())),
    "co-signed": (asked(co_sign=True), [one(1, co_signed=True)], ((), 0, False, (1,), ())),
    "one of two co-signed": (asked(co_sign=True), [one(1, co_signed=True), one(2)], ((), 0, True, (1, 2), ())),
    "co-signature asked, nothing yet": (asked(co_sign=True), [], ((), 1, True, (), ())),
    "an older revision": (asked(), [one(1, revision="B")], ((), 1, False, (), (1,))),
    "older words": (asked(), [one(1, version_id=OLDER)], ((), 1, False, (), (1,))),
    "an older revision and a new one": (asked(times=2), [one(1, revision="B"), one(2, TUE)], ((), 1, False, (2,), (1,))),
    "undone": (asked(), [one(1, state=SignOffState.UNDONE)], ((), 1, False, (), ())),
    "refused": (asked(), [one(1, state=SignOffState.REFUSED)], ((), 1, False, (), ())),
    "may still be undone": (asked(), [one(1, state=SignOffState.WAITING)], ((), 1, False, (), ())),
    "part of a proof": (asked(), [one(1, state=SignOffState.SIGNED, used=True)], ((), 1, False, (), ())),
    "about to be part of one": (asked(), [one(1, used=True)], ((), 1, False, (), ())),
}


@pytest.mark.parametrize("case", TABLE)
def test_what_is_missing(case: str) -> None:
    ask, signed, (steps, days, co_sign, counted, history) = TABLE[case]
    standing = standing_of(signed=signed, asked=ask)
    assert (standing.steps, standing.days, standing.co_sign) == (steps, days, co_sign)
    assert (standing.counted, standing.history) == (ids(*counted), ids(*history))
    assert standing.is_complete == (not steps and not days and not co_sign)


def test_those_to_co_sign_are_named() -> None:
    standing = standing_of(signed=[one(1, co_signed=True), one(2)], asked=asked(co_sign=True))
    assert standing.to_co_sign == ids(2)


def test_what_may_be_undone_is_shown_but_makes_no_proof() -> None:
    waiting = one(1, state=SignOffState.WAITING)
    assert standing_of(signed=[waiting], asked=asked(times=2), waiting=True).days == 1
    assert standing_of(signed=[waiting], asked=asked(times=2)).days == 2


@pytest.mark.parametrize(("day", "counts"), [(MON, False), (TUE, False), (WED, True)])
def test_what_was_seen_before_the_last_proof_adds_nothing_to_it(day: date, counts: bool) -> None:
    standing = standing_of(signed=[one(1, day)], asked=asked(), given=[Given(TUE)])
    assert standing.is_complete is counts
    assert standing.history == (() if counts else ids(1))


@pytest.mark.parametrize(("minutes", "counts"), [(-1, True), (0, False), (1, False)])
def test_what_was_signed_before_a_proof_was_cancelled_goes_with_it(minutes: int, counts: bool) -> None:
    given = Given(TUE, cancelled_at=NOON + timedelta(minutes=minutes))
    assert standing_of(signed=[one(1, TUE)], asked=asked(), given=[given]).is_complete is counts
