"""What a person says about themselves: which words it has, and which days make sense. Pure."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

KINDS = ("job", "skill", "training", "other")
MOST = 300
"""Statements on one page."""
LENGTHS = {"title": 120, "by": 120, "place": 120, "since": 10, "until": 10, "hours": 60, "pay": 60, "details": 2000}
EARLIEST, FARTHEST = 1930, 50
_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_TYPED = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{4})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """`title` is the position, the skill or the course; `by` the employer or the school.

    `since` and `until` are as exact as the person knows them: `2019`, `2019-03` or `2019-03-14`; no `until`: to this day.
    `details` are duties, or whatever else they want to say. `pay` is theirs alone: shown only where they pick it.
    """

    title: str
    by: str = ""
    place: str = ""
    since: str = ""
    until: str = ""
    hours: str = ""
    pay: str = ""
    details: str = ""

    def as_json(self) -> dict[str, str]:
        """Only what was said."""
        return {name: value for name, value in asdict(self).items() if value}


def from_json(value: dict[str, Any]) -> Words:
    """The words that `as_json` wrote; what a later version added is passed over."""
    known = {one.name for one in fields(Words)}
    return Words(**{"title": "", **{name: text for name, text in value.items() if name in known}})


def tidy(words: Words) -> Words:
    """Without spaces around, and days as they are kept: `3/2019` becomes `2019-03`."""
    plain = {name: getattr(words, name).strip() for name in LENGTHS}
    plain["since"], plain["until"] = day_text(plain["since"]), day_text(plain["until"])
    return Words(**plain)


def day_text(typed: str) -> str:
    """A typed day as it is kept, where it can be understood; else as it was typed."""
    found = _TYPED.fullmatch(typed)
    return f"{found[2]}-{int(found[1]):02}" if found else typed


def problem(words: Words, *, kind: str, on: date) -> tuple[str, str]:
    """(code, field) of what is wrong with tidy words; two empty texts when nothing is."""
    if kind not in KINDS:
        return "statement.kind_unknown", "kind"
    if not words.title:
        return "statement.title_missing", "title"
    for name, most in LENGTHS.items():
        if len(getattr(words, name)) > most:
            return "statement.too_long", name
    for name in ("since", "until"):
        may_come = kind == "training" and name == "until"  # the last day of a card
        code = _day_problem(getattr(words, name), latest=date(on.year + FARTHEST, 12, 31) if may_come else on)
        if code:
            return code, name
    if words.since and words.until and first_day(words.until, last=True) < first_day(words.since):
        return "statement.reversed", "until"
    return "", ""


def first_day(text: str, *, last: bool = False) -> date:
    """The first (or the last) day that a kept `2019`, `2019-03` or `2019-03-14` may mean. Raises ValueError."""
    found = _DAY.fullmatch(text)
    if found is None:
        raise ValueError(text)
    year, month, day = (int(part) if part else 0 for part in found.groups())
    if day:
        return date(year, month, day)
    if not last:
        return date(year, month or 1, 1)
    after = date(year + 1, 1, 1) if month in (0, 12) else date(year, month + 1, 1)
    return date.fromordinal(after.toordinal() - 1)


def _day_problem(text: str, *, latest: date) -> str:
    if not text:
        return ""
    try:
        day = first_day(text)
    except ValueError:
        return "statement.day_unclear"
    if day.year < EARLIEST:
        return "statement.day_early"
    return "statement.day_late" if day > latest else ""
