"""Cover: enough people who can, at every hour of a shift, and how many of them may be away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from skillmark.rooms.people import operations as people
from skillmark.rooms.talent import operations, queries
from skillmark.rooms.talent.rules.cover import Slice, Span, bus_factor, fewest, span_of
from tests.cast import NOW, Firm
from tests.house.talent.shop import Shop, ids, make_shop, require

TODAY = date(2026, 5, 4)  # a Monday
DAY, EARLY = Span(8 * 60, 14 * 60), Span(6 * 60, 14 * 60)


def test_the_fewest_at_one_time_count() -> None:
    present = {"Ben": [EARLY], "Eve": [EARLY], "Ana": [DAY]}
    assert fewest(window=EARLY, present=present) == Slice(Span(360, 480), 2)
    assert fewest(window=DAY, present=present) == Slice(DAY, 3)
    assert fewest(window=EARLY, present={}) == Slice(EARLY, 0)


def test_a_gap_is_told_as_one_although_people_change() -> None:
    present = {"Ben": [Span(0, 60)], "Eve": [Span(60, 120)], "Ana": [Span(120, 180)], "Lou": [Span(120, 180)]}
    assert fewest(window=Span(0, 180), present=present) == Slice(Span(0, 120), 1)


def test_spans_run_over_midnight_and_around_the_clock() -> None:
    night = span_of(starts_at=time(22), ends_at=time(6))
    assert night == Span(1320, 1800) and night.over_midnight
    assert span_of(starts_at=time(22), ends_at=time(6), days=-1) == Span(-120, 360)
    assert span_of(starts_at=time(7), ends_at=time(7)) == Span(420, 420 + 1440)
    assert not Span(0, 1440).over_midnight


@pytest.mark.parametrize(("count", "n", "away"), [(3, 1, 3), (1, 1, 1), (2, 2, 1), (1, 2, 0), (0, 1, 0)])
def test_how_many_may_be_away(count: int, n: int, away: int) -> None:
    assert bus_factor(count=count, n=n) == away


@pytest.fixture
def shop(firm: Firm) -> Shop:
    """Ben, Carla, Eve early, Ana later; all but Carla can drive, Carla's card has expired. Eve alone sets up."""
    shop = make_shop(firm)
    require(shop, "Forklift")
    for who in ("Ana Ruiz", "Ben Cho", "Eve Moss", "Sam Okafor"):
        shop.hold(who, "Forklift", obtained=date(2025, 1, 1), ends=date(2028, 1, 1))
    shop.hold("Carla Diaz", "Forklift", obtained=date(2022, 1, 1), ends=date(2025, 1, 1))
    shop.hold("Eve Moss", "5-axis setup", obtained=date(2025, 1, 1), no_end=True, level=3)
    shop.hold("Ben Cho", "5-axis setup", obtained=date(2025, 1, 1), no_end=True, level=2)
    return shop


def _asked(shop: Shop, n: int, *names: str, shift: bool = True) -> queries.Cover:
    operations.require_head_count(
        actor=shop.owner, item_ids=ids(shop, *names), n=n, starts=date(2024, 1, 1), site_id=shop.site.id,
        shift_id=shop.early.id if shift else None, now=NOW,
    )  # fmt: skip
    return queries.cover(actor=shop.owner, on=TODAY)[-1]


def test_met_and_short_by_how_many(shop: Shop) -> None:
    two = _asked(shop, 2, "Forklift")
    assert (two.least, two.short_by, two.bus_factor) == (2, 0, 1)
    assert [one.name for one in two.who] == ["Ana Ruiz", "Ben Cho", "Eve Moss"]
    three = _asked(shop, 3, "Forklift")
    assert (three.least, three.short_by, three.bus_factor, three.span) == (2, 1, 0, Span(360, 480))


def test_one_person_must_hold_the_whole_bundle_at_level_alone(shop: Shop) -> None:
    both = _asked(shop, 2, "Forklift", "5-axis setup")
    assert (both.least, both.short_by, [one.name for one in both.who]) == (1, 1, ["Eve Moss"])


def test_absent_and_exempt_people_never_count(shop: Shop) -> None:
    people.note_absence(actor=shop.owner, person_id=shop.people["Eve Moss"].id, starts=TODAY, ends=TODAY, now=NOW)
    operations.exempt(
        actor=shop.owner, person_id=shop.people["Carla Diaz"].id, item_id=shop.items["Forklift"].id, reason="Never drives.",
        starts=TODAY, ends=date(2026, 8, 1), now=NOW,
    )  # fmt: skip
    assert [one.name for one in _asked(shop, 1, "Forklift").who] == ["Ana Ruiz", "Ben Cho"]


def test_a_night_shift_must_be_covered_on_both_days(shop: Shop) -> None:
    night = people.add_shift(actor=shop.owner, name="Night", starts_at=time(22), ends_at=time(6), weekdays="1234567", now=NOW)
    for who, ends in (("Ana Ruiz", date(2028, 1, 1)), ("Ben Cho", TODAY)):
        people.assign(
            actor=shop.owner, person_id=shop.people[who].id, starts=date(2026, 2, 1), site_id=shop.site.id, shift_id=night.id,
            now=NOW,
        )  # fmt: skip
        shop.hold(who, "First aid", obtained=date(2025, 1, 1), ends=ends)
    operations.require_head_count(
        actor=shop.owner, item_ids=ids(shop, "First aid"), n=1, starts=date(2024, 1, 1), site_id=shop.site.id,
        shift_id=night.id, now=NOW,
    )  # fmt: skip
    [found] = queries.cover(actor=shop.owner, on=TODAY)
    assert [one.name for one in found.who] == ["Ana Ruiz"]  # Ben's card ends at midnight


def test_shifts_that_do_not_run_are_not_asked(shop: Shop) -> None:
    weekend = people.add_shift(actor=shop.owner, name="Weekend", starts_at=time(6), ends_at=time(14), weekdays="67", now=NOW)
    operations.require_head_count(
        actor=shop.owner, item_ids=ids(shop, "Forklift"), n=1, starts=date(2024, 1, 1), site_id=shop.site.id,
        shift_id=weekend.id, now=NOW,
    )  # fmt: skip
    assert queries.cover(actor=shop.owner, on=TODAY) == []
    assert len(queries.cover(actor=shop.owner, on=date(2026, 5, 9))) == 1


def test_another_site_and_another_firm_see_nothing_of_it(shop: Shop, other_firm: Firm) -> None:
    _asked(shop, 2, "Forklift")
    assert queries.cover(actor=other_firm.owner, on=TODAY) == []
    north = replace(shop.owner, sites=frozenset({shop.north.id}))
    assert queries.cover(actor=north, on=TODAY) == []


def test_the_number_of_queries_does_not_grow(shop: Shop) -> None:
    _asked(shop, 2, "Forklift", shift=False)

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            queries.cover(actor=shop.owner, on=TODAY)
        return len(caught)

    def hire(number: int) -> None:
        one = people.add_person(actor=shop.owner, name=f"New {number}", now=NOW)
        shop.people[one.name] = one
        people.assign(actor=shop.owner, person_id=one.id, starts=TODAY, site_id=shop.site.id, shift_id=shop.early.id, now=NOW)
        shop.hold(one.name, "Forklift", obtained=TODAY, ends=date(2028, 1, 1))

    asked()
    hire(0)
    before = asked()
    for number in range(1, 21):
        hire(number)
    assert asked() == before
    assert len(queries.cover(actor=shop.owner, on=TODAY)[0].who) == 24


def test_only_one_names_whom_and_who_is_nearest(shop: Shop) -> None:
    [setup] = queries.only_one(actor=shop.owner, on=TODAY)
    assert (setup.item.id, setup.person.name) == (shop.items["5-axis setup"].id, "Eve Moss")
    assert setup.trainee is not None and setup.trainee.name == "Ben Cho" and setup.trainee_cell is not None
    shop.hold("Ana Ruiz", "5-axis setup", obtained=date(2026, 5, 1), no_end=True, level=4)
    assert queries.only_one(actor=shop.owner, on=TODAY) == []
    assert len(queries.only_one(actor=shop.owner, on=date(2026, 4, 1))) == 1  # Ana could not yet
