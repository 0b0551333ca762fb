"""What a cell says about a day. A day that can be read in two ways is read as it is told to be, and never guessed."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from skillmark.desks.importers.roster.plain import VOCABULARY, YES, plain


class Order(StrEnum):
    """Which of three numbers comes first."""

    MDY = "mdy"
    DMY = "dmy"
    YMD = "ymd"


class Kind(StrEnum):
    DAY = "day"
    NO_END = "no_end"  # "lifetime"
    NOTHING = "nothing"  # empty, "n/a", "-"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read. `code` says what is wrong with a bad one, or what was supposed for a day (`date.month_only`)."""

    kind: Kind
    day: date | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """How days are read: the order of numbers, how Excel counts, and whether a month alone means its last day."""

    order: Order = Order.MDY
    since_1904: bool = False
    to_end: bool = True


SERIALS: Final = range(14_000, 80_000)
"""1938 to 2119 as Excel counts: other numbers are no days."""
NOTHING: Final = Reading(Kind.NOTHING)
_CELLS: Final = VOCABULARY["cells"]
_NOTHING: Final = frozenset(_CELLS["nothing"])
_NO_END: Final = frozenset(_CELLS["no_end"])
_EXPIRED: Final = frozenset(_CELLS["expired"])
_FILLERS: Final = frozenset(_CELLS["day_fillers"])
_MONTHS: Final = {name: number for number, names in enumerate(_CELLS["months"], 1) for name in names}
_BEFORE: Final = re.compile(
    r"^\s*(?:exp(?:ir(?:es|ed|y|ation))?|valid (?:until|thru|through|to)|until|due|renew(?:al)?|good (?:until|thru)|"
    r"vence|venció|vencimiento|válido hasta|valido hasta|hasta|caduca|as of|on)\b\.?\s*:?\s*(?:el |on |in )?",
    re.IGNORECASE,
)
_TIME: Final = re.compile(r"[ T]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[ap]\.?m\.?)?(?:z|[+-]\d\d:?\d\d)?$", re.IGNORECASE)
_ISO: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NUMBERS: Final = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})")
_MONTH_YEAR: Final = re.compile(r"(0?[1-9]|1[0-2])\s*[-/.]\s*((?:19|20|21)\d\d)")
_YEAR_MONTH: Final = re.compile(r"((?:19|20|21)\d\d)\s*[-/.]\s*(0?[1-9]|1[0-2])")
_TWO: Final = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})")
_EIGHT: Final = re.compile(r"(19\d\d|20\d\d)(\d\d)(\d\d)")
_SERIAL: Final = re.compile(r"(\d{5})(?:\.\d+)?")
_ORDINAL: Final = re.compile(r"(?<=\d)(?:st|nd|rd|th|º|o)\b")


def read(text: str, *, way: Way, on: date) -> Reading:
    """The day of a cell. `on` is today: a year of two digits is not more than 20 years after it.

    Codes of bad ones: `date.not_in_calendar` (31/02), `date.year_only`, `date.two_readings` (Aug 28), `date.no_year`,
    `date.expired_no_day`, `date.mark_only` (x), `date.not_a_date`. Of days: `date.month_only`.
    """
    word = plain(text)
    if word in _NOTHING or not text.strip(" -–—./"):
        return NOTHING
    if word in _NO_END or text.strip() == "∞":
        return Reading(Kind.NO_END)
    if word in _EXPIRED:
        return _bad("date.expired_no_day")
    if text.strip().casefold() in YES:
        return _bad("date.mark_only")
    bare = _stripped(text)
    return _numeric(bare, way, on) or _named(bare, way, on) or _bad("date.not_a_date")


def fits(texts: Iterable[str], *, on: date) -> dict[Order, int]:
    """How many cells are days of the calendar in each order, of those that are three numbers."""
    numbers = [text for text in texts if is_numbers(text)]
    days = {order: [text for text in numbers if read(text, way=Way(order), on=on).kind is Kind.DAY] for order in Order}
    days[Order.YMD] = [text for text in days[Order.YMD] if not re.search(r"\d{4}", text)]  # else the year is the last
    return {order: len(found) for order, found in days.items()}


def is_numbers(text: str) -> bool:
    """Whether a cell is a day of which the order of numbers matters: 03/04/2026."""
    return bool(_NUMBERS.fullmatch(_stripped(text)))


def is_double(text: str, *, on: date) -> bool:
    """Whether the cell is one day when the month comes first and another when the day does."""
    if not is_numbers(text):
        return False
    days = {read(text, way=Way(order), on=on).day for order in (Order.MDY, Order.DMY)}
    return None not in days and len(days) == 2


def is_serial(text: str) -> bool:
    """Whether a cell is a day as Excel counts them: 46085."""
    found = _SERIAL.fullmatch(text.strip())
    return found is not None and int(found[1]) in SERIALS


def from_serial(number: int, *, since_1904: bool) -> date:
    """The day of Excel's count: from 1904, or from 1900 with the 29 February that this year did not have."""
    return (date(1904, 1, 1) if since_1904 else date(1899, 12, 30)) + timedelta(days=number)


def looks_like_day(text: str, *, on: date) -> bool:
    """Whether a cell was meant as a day, in the calendar or not; a number, or a word like "none", is not counted."""
    if is_serial(text):
        return False
    found = read(text, way=Way(), on=on)
    return found.kind in {Kind.DAY, Kind.NO_END} or found.code in {
        "date.not_in_calendar", "date.two_readings", "date.expired_no_day", "date.no_year",
    }  # fmt: skip


def _stripped(text: str) -> str:
    return _TIME.sub("", _BEFORE.sub("", text.strip())).strip(" .,")


def _numeric(bare: str, way: Way, on: date) -> Reading | None:
    if found := _ISO.fullmatch(bare) or _EIGHT.fullmatch(bare):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMBERS.fullmatch(bare):
        return _ordered(found, way, on)
    if found := _MONTH_YEAR.fullmatch(bare):
        return _month(int(found[2]), int(found[1]), way)
    if found := _YEAR_MONTH.fullmatch(bare):
        return _month(int(found[1]), int(found[2]), way)
    if is_serial(bare):
        return Reading(Kind.DAY, from_serial(int(float(bare)), since_1904=way.since_1904))
    if re.fullmatch(r"(19|20)\d\d", bare):
        return _bad("date.year_only")
    if found := _TWO.fullmatch(bare):
        return _bad("date.no_year" if _could_be_day(int(found[1]), int(found[2])) else "date.not_in_calendar")
    return None


def _ordered(found: re.Match[str], way: Way, on: date) -> Reading:
    one, two, three = found[1], found[2], found[3]
    if way.order is Order.YMD and len(three) == 2:
        return _day(_year(one, on), int(two), int(three))
    if way.order is Order.DMY:
        return _day(_year(three, on), int(two), int(one))
    return _day(_year(three, on), int(one), int(two))


def _named(bare: str, way: Way, on: date) -> Reading | None:
    """With the name of a month: March 4, 2026 · 4 de marzo de 2026 · 4-Mar-26 · Mar 2027."""
    words = [part for word in plain(_ORDINAL.sub("", bare)).split() for part in re.findall(r"[a-z]+|\d+", word)]
    words = [word for word in words if word not in _FILLERS]
    months = [word for word in words if word in _MONTHS]
    numbers = [word for word in words if word.isdigit()]
    if len(months) != 1 or len(numbers) + 1 != len(words) or not 1 <= len(numbers) <= 2:
        return None
    month = _MONTHS[months[0]]
    if len(numbers) == 2:
        first, second = numbers if len(numbers[0]) < 3 else reversed(numbers)
        return _day(_year(second, on), month, int(first))
    only = numbers[0]
    if len(only) == 4 or "'" in bare or "’" in bare or int(only) > 31:
        return _month(_year(only, on), month, way)
    return _bad("date.two_readings" if 1 <= int(only) <= calendar.monthrange(2024, month)[1] else "date.not_in_calendar")


def _year(text: str, on: date) -> int:
    number = int(text)
    if len(text) > 2:
        return number
    return number + (2000 if number + 2000 <= on.year + 20 else 1900)


def _day(year: int, month: int, day: int) -> Reading:
    if not (1900 <= year <= 2200 and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return _bad("date.not_in_calendar")
    return Reading(Kind.DAY, date(year, month, day))


def _month(year: int, month: int, way: Way) -> Reading:
    last = calendar.monthrange(year, month)[1] if 1900 <= year <= 2200 and 1 <= month <= 12 else 0
    found = _day(year, month, last if way.to_end else 1)
    return Reading(Kind.DAY, found.day, "date.month_only") if found.day else found


def _could_be_day(one: int, two: int) -> bool:
    return any(1 <= month <= 12 and 1 <= day <= calendar.monthrange(2024, month)[1] for month, day in ((one, two), (two, one)))


def _bad(code: str) -> Reading:
    return Reading(Kind.BAD, code=code)
