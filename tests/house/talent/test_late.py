"""Late stays late, and nobody is called late for what nobody asked of them."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations
from typing import Any

import pytest

from skillmark.rooms.holdings.rules import Evidence
from skillmark.rooms.talent.rules import late
from tests.house.talent.making import ON, held, need, rule, signed

DAY = timedelta(days=1)
HIRED = date(2025, 1, 1)
ASKED: dict[str, Any] = {"since": HIRED, "hired_on": HIRED, "due_on": HIRED}
MONTHS = rule(validity={"type": "months", "months": 12})


def got(day: date, last: date | None = None, **parts: Any) -> Evidence:
    return held(**{"obtained": day, "starts": day, "ends": last, **parts})


def days_late(*evidence: Evidence, on: date = ON, restraint: Any = None, **parts: Any) -> list[int]:
    return [one.days for one in late(need=need(restraint, **{**ASKED, **parts}), evidence=evidence, on=on)]


def test_the_check_of_nine_days_after_hire_stays_late() -> None:
    check = got(HIRED + 9 * DAY, no_end=True)
    [found] = late(need=need(**ASKED), evidence=[check], on=date(2035, 1, 1))
    assert (found.days, found.due_on, found.obtained, found.noted) == (9, HIRED, HIRED + 9 * DAY, False)
    assert days_late(check, got(date(2026, 1, 1), no_end=True)) == [9]
    check.noted = True
    assert late(need=need(**ASKED), evidence=[check], on=ON)[0].noted


@pytest.mark.parametrize(("after", "found"), [(0, []), (1, [1]), (-400, [])])
def test_the_day_itself_is_in_time(after: int, found: list[int]) -> None:
    assert days_late(got(HIRED + after * DAY, no_end=True)) == found


def test_what_is_not_there_yet_is_not_late() -> None:
    assert days_late(got(ON + DAY, no_end=True)) == []
    assert days_late() == []


@pytest.mark.parametrize(("gap", "grace", "found"), [(1, 0, []), (2, 0, [2]), (11, 10, []), (12, 10, [2])])
def test_a_renewal_leaves_no_gap(gap: int, grace: int, found: list[int]) -> None:
    ended = date(2025, 12, 31)
    cards = [got(HIRED, ended), got(ended + gap * DAY, date(2026, 12, 31))]
    assert days_late(*cards, restraint=rule(grace_days=grace)) == found


def test_the_rule_tells_when_the_last_one_ended() -> None:
    assert days_late(got(HIRED), got(HIRED.replace(year=2026) + 5 * DAY), restraint=MONTHS) == [5]


def test_a_second_card_beside_a_good_one_is_no_renewal() -> None:
    assert days_late(got(HIRED, date(2026, 12, 31)), got(date(2026, 4, 1), date(2027, 4, 1))) == []
    assert days_late(got(HIRED, no_end=True), got(date(2026, 4, 1), date(2027, 4, 1))) == []
    assert days_late(got(HIRED), got(date(2026, 4, 1), date(2027, 4, 1))) == []  # when the first ended, nobody knows


def test_a_card_that_ended_before_they_were_needed_here_is_nothing_to_renew() -> None:
    old, new = got(date(2020, 1, 1), date(2022, 1, 1)), got(HIRED + 3 * DAY, no_end=True)
    assert days_late(old, new, due_on=None) == []
    assert days_late(old, new, due_on=HIRED + 30 * DAY) == []
    assert days_late(old, new) == [3]
    assert days_late(old, new, since=date(2025, 6, 1), due_on=date(2025, 6, 1)) == []


def test_without_a_day_nothing_is_due() -> None:
    assert days_late(got(HIRED + 90 * DAY, no_end=True), due_on=None) == []


@pytest.mark.parametrize(
    "parts", [{"disputed": True}, {"look_denied": True, "looked_on": None}, {"signed": signed("bad", code="altered")}]
)
def test_what_turned_out_bad_hides_no_gap(parts: dict[str, Any]) -> None:
    forged, real = got(HIRED, no_end=True, **parts), got(HIRED + 100 * DAY, no_end=True)
    assert days_late(forged, real) == [100]


def test_the_order_in_which_they_were_written_down_does_not_matter() -> None:
    first, same_day = (got(HIRED + 9 * DAY, date(2025, 6, 1)) for _ in range(2))
    cards = [first, got(date(2025, 7, 1), date(2026, 1, 1)), same_day]
    answers = {
        tuple((one.holding_id, one.days) for one in late(need=need(**ASKED), evidence=order, on=ON))
        for order in permutations(cards)
    }
    assert len(answers) == 1
