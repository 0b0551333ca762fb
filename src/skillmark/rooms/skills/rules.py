"""Kinds, levels of trust, validity and words of items. Pure."""

from __future__ import annotations

import unicodedata
from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from enum import IntEnum, StrEnum
from typing import Any


class Kind(StrEnum):
    """What an item is. A firm's own sign-off counts for trainings and skills, unless its rule says otherwise."""

    LICENCE = "licence"
    CARD = "card"
    TRAINING = "training"
    CHECK = "check"
    SKILL = "skill"


OWN_COUNTS = frozenset({Kind.TRAINING, Kind.SKILL})


class Trust(IntEnum):
    """How well something was checked: a field of its own, never guessed from a colour or a picture."""

    CLAIMED = 0
    PHOTO = 1
    SOURCE = 2
    SIGNED = 3


class LinkKind(StrEnum):
    NEEDS_FIRST = "needs_first"
    SATISFIES = "satisfies"


class Severity(StrEnum):
    """What a new revision asks of those signed off on the one before."""

    NONE = "none"
    READ = "read"
    SIGN = "sign"


class Validity(StrEnum):
    """How long an item counts. Numbers stand beside it in the rule's `validity`.

    `card_date` until the day on the card · `months` that many from the day obtained · `no_end` for good ·
    `hours` while `hours` were done within the last `months` · `disuse` lapses `months` after it was last used ·
    `on_revision` until the document changes · `alternating` `months` by `method` of the last renewal.
    """

    CARD_DATE = "card_date"
    MONTHS = "months"
    NO_END = "no_end"
    HOURS = "hours"
    DISUSE = "disuse"
    ON_REVISION = "on_revision"
    ALTERNATING = "alternating"


SINCE_ALWAYS = date(2000, 1, 1)
"""First day of a rule that was there before anybody wrote it down here, so that a past day can be asked about."""
MOST_MONTHS = 600
DATELESS = frozenset({Validity.NO_END, Validity.ON_REVISION, Validity.HOURS})
"""Rules by which nobody has to read a date off a card."""
METHODS = ("observed", "test", "hours")
"""How a firm comes to know that somebody can do something."""
MOST_STEPS = 40
LEVELS = (1, 2, 3, 4)
"""Learning, with help, alone, can teach."""


def is_code(said: Mapping[str, Any]) -> bool:
    """Whether a reference to the same skill elsewhere names its framework and its name, and leads to an https address."""
    url = said.get("url", "")
    told = all(
        isinstance(said.get(name, ""), str) and len(said.get(name, "")) <= 300 for name in ("framework", "code", "name")
    )
    named = bool(said.get("framework")) and bool(said.get("name"))
    return told and named and isinstance(url, str) and url.startswith("https://") and len(url) <= 500 and " " not in url


def makes_sense(validity: Mapping[str, Any]) -> bool:
    """Whether a validity has the numbers that its type asks for: `months` of 1 to 600, `hours` above 0; of `alternating`,
    months for each method by which it may be renewed."""
    kind, months = validity.get("type"), validity.get("months")
    if kind not in set(Validity):
        return False
    if kind == Validity.ALTERNATING:
        return isinstance(months, Mapping) and bool(months) and all(map(_is_months, months.values()))
    if kind == Validity.HOURS:
        hours = validity.get("hours")
        return _is_months(months) and isinstance(hours, (int, float)) and 0 < hours < 10_000
    return _is_months(months) if kind in {Validity.MONTHS, Validity.DISUSE} else True


def _is_months(value: object) -> bool:
    return isinstance(value, int) and 1 <= value <= MOST_MONTHS


def add_months(day: date, months: int) -> date:
    """The same day `months` later; a day that the month lacks becomes its last (31 January + 1 = 28 or 29 February)."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def proposed_end(validity: Mapping[str, Any], *, obtained: date | None, method: str = "") -> date | None:
    """The last good day that a rule works out from the day obtained; None where the rule tells none.

    `end_of_month` moves it to the last day of its month. The day itself still counts: two years from 4 March 2024 is
    until 4 March 2026.
    """
    if obtained is None:
        return None
    kind, months = validity.get("type"), validity.get("months")
    if kind == Validity.ALTERNATING:
        months = (months or {}).get(method)
    if kind not in {Validity.MONTHS, Validity.DISUSE, Validity.ALTERNATING} or not months:
        return None
    end = add_months(obtained, int(months))
    return end.replace(day=monthrange(end.year, end.month)[1]) if validity.get("end_of_month") else end


def label(names: Mapping[str, str], *, language: str) -> str:
    """The text in the reader's language, else in any."""
    return names.get(language) or names.get("en") or next(iter(names.values()), "")


def plain(text: str) -> str:
    """A word as it is compared: without accents, capitals, signs and doubled spaces."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(one if one.isalnum() else " " for one in bare if not unicodedata.combining(one))
    return " ".join(kept.split())
