"""What a cell says about a day: every way in which people write one, and every way in which it is none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmark.desks.importers.roster import dates, questions
from skillmark.desks.importers.roster.dates import Kind, Order, Way

ON = date(2026, 5, 4)
MARCH = date(2026, 3, 4)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-04", "2026-03-04 00:00:00", "2026/3/4", "2026.03.04", "20260304", "03/04/2026", "3/4/26", "3-4-2026",
        "03.04.26", "3 / 4 / 2026", "03/04/2026 12:00 AM", "March 4, 2026", "Mar 4 2026", "4-Mar-26", "4 March 2026",
        "March 4th, 2026", "Wed, Mar 4, 2026", "2026 Mar 4", "4 de marzo de 2026", "4 mar. 2026",
        "miércoles 4 de marzo de 2026",
        "46085", "exp. 3/4/2026", "Expires: March 4, 2026", "vence el 3/4/2026", "valid until 03/04/26",
    ],
)  # fmt: skip
def test_the_fourth_of_march(text: str) -> None:
    assert dates.read(text, way=Way(), on=ON) == dates.Reading(Kind.DAY, MARCH)


@pytest.mark.parametrize("text", ["04/03/2026", "4.3.26", "04-03-2026", "4/3/2026", "4 mar 2026", "2026-03-04"])
def test_the_fourth_of_march_where_the_day_comes_first(text: str) -> None:
    assert dates.read(text, way=Way(Order.DMY), on=ON).day == MARCH


def test_two_digits_of_a_year_are_not_far_ahead() -> None:
    years = {text: dates.read(f"1/2/{text}", way=Way(), on=ON).day.year for text in ("26", "46", "47", "99", "00")}
    assert years == {"26": 2026, "46": 2046, "47": 1947, "99": 1999, "00": 2000}
    assert dates.read("26/03/04", way=Way(Order.YMD), on=ON).day == MARCH


@pytest.mark.parametrize(
    "text", ["3/2027", "03-2027", "2027-03", "March 2027", "exp. 3/2027", "Mar '27", "mar-2027", "Mar-32"]
)
def test_a_month_alone_is_its_last_day_and_says_so(text: str) -> None:
    found = dates.read(text, way=Way(), on=ON)
    assert found.code == "date.month_only" and found.day in {date(2027, 3, 31), date(2032, 3, 31)}
    assert dates.read(text, way=Way(to_end=False), on=ON).day.day == 1


@pytest.mark.parametrize(
    "text", ["", " ", "-", "—", "--", "N/A", "n/a", "na", "None", "no", "ninguno", "No aplica", "tbd", "."]
)
def test_nothing(text: str) -> None:
    assert dates.read(text, way=Way(), on=ON) == dates.NOTHING


@pytest.mark.parametrize(
    "text", ["no exp", "No Expiration", "lifetime", "NEVER", "doesn't expire", "sin vencimiento", "No vence", "∞"]
)
def test_no_end(text: str) -> None:
    assert dates.read(text, way=Way(), on=ON) == dates.Reading(Kind.NO_END)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("31/02", "date.not_in_calendar"), ("31/02/2026", "date.not_in_calendar"), ("31 Feb", "date.not_in_calendar"),
        ("Feb 30, 2026", "date.not_in_calendar"), ("29 Feb 2023", "date.not_in_calendar"), ("0/0/0000",
        "date.not_in_calendar"),
        ("2026-13-01", "date.not_in_calendar"), ("Aug 28", "date.two_readings"), ("Mar-27", "date.two_readings"),
        ("4/5", "date.no_year"), ("2027", "date.year_only"), ("expired", "date.expired_no_day"), ("Vencido",
        "date.expired_no_day"),
        ("x", "date.mark_only"), ("✓", "date.mark_only"), ("yes", "date.mark_only"), ("pending", "date.not_a_date"),
        ("ask Ray", "date.not_a_date"), ("?", "date.not_a_date"), ("123", "date.not_a_date"), ("1/2/2026 or 3/4/2026",
        "date.not_a_date"),
        ("=TODAY()", "date.not_a_date"),
    ],
)  # fmt: skip
def test_what_is_no_day_says_why(text: str, code: str) -> None:
    assert dates.read(text, way=Way(), on=ON) == dates.Reading(Kind.BAD, code=code)


def test_excel_counts_from_two_years() -> None:
    """46085 is 4 March 2026 where the count begins in 1900, and 44623 is where it begins in 1904."""
    assert dates.from_serial(46085, since_1904=False) == MARCH == dates.from_serial(44623, since_1904=True)
    assert dates.read("44623", way=Way(since_1904=True), on=ON).day == MARCH
    assert not dates.is_serial("5550114") and not dates.is_serial("12345678") and not dates.is_serial("99999")


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["03/04/2026", "11/30/2026"], Order.MDY), (["03/04/2026", "30/11/2026"], Order.DMY),
        (["26/05/31", "26/12/30"], None), (["99/05/31"], Order.YMD), (["2026-03-04"], Order.MDY), ([], Order.MDY),
        (["05/05/2026"], Order.MDY),  # the same day in both
        (["03/04/2026"], None), (["03/04/2026", "30/11/2026", "11/30/2026"], None),
    ],
)  # fmt: skip
def test_a_whole_column_settles_the_order_or_it_is_asked(texts: list[str], order: Order | None) -> None:
    assert questions.settle(texts, on=ON) == order


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2040, 12, 31)))
def test_what_is_written_is_read(day: date) -> None:
    for order, shape in ((Order.MDY, "%m/%d/%Y"), (Order.DMY, "%d.%m.%Y"), (Order.MDY, "%Y-%m-%d"), (Order.DMY, "%B %d, %Y")):
        assert dates.read(day.strftime(shape), way=Way(order), on=ON).day == day


@given(st.text(max_size=30))
def test_no_text_breaks_it(text: str) -> None:
    found = dates.read(text, way=Way(), on=ON)
    assert (found.kind is Kind.DAY) == (found.day is not None) and (found.kind is Kind.BAD) <= bool(found.code)
    dates.looks_like_day(text, on=ON)
