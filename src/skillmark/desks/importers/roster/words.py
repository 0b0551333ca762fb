"""What people write above their columns, in English and Spanish, and what they call well-known cards: vocabulary.toml."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz

from skillmark.desks.importers.roster.plain import VOCABULARY, plain


class Field(StrEnum):
    """What a column can mean. The last five are about an item: a card, a training, a skill."""

    NAME = "name"
    GIVEN = "given"
    MIDDLE = "middle"
    FAMILY = "family"
    SECOND_FAMILY = "family2"
    EMPLOYEE_NUMBER = "employee_number"
    PHONE = "phone"
    EMAIL = "email"
    LANGUAGE = "language"
    POSITION = "position"
    SITE = "site"
    SHIFT = "shift"
    HIRED = "hired"
    LEFT = "left"
    LEAVE_OUT = "leave_out"
    ITEM = "item"  # the cell names the item: one card a row
    OBTAINED = "obtained"
    EXPIRES = "expires"
    NUMBER = "number"
    LEVEL = "level"  # a mark or a level in a column of its own: a matrix


OF_ITEM: Final = frozenset({Field.OBTAINED, Field.EXPIRES, Field.NUMBER, Field.LEVEL})
DATES: Final = frozenset({Field.OBTAINED, Field.EXPIRES, Field.HIRED, Field.LEFT})


HEADINGS: Final = {word: Field(field) for field, known in VOCABULARY["headings"].items() for word in known}
NOT_KEPT: Final = frozenset(VOCABULARY["columns"]["private"])
"""Columns that an import never keeps: nobody needs them to know who may do a job."""
HEALTH: Final = frozenset(VOCABULARY["columns"]["health"])
WHOSE: Final = frozenset(VOCABULARY["columns"]["whose"])
TOTALS: Final = frozenset(VOCABULARY["rows"]["totals"])
SAME: Final = tuple(frozenset(names) for names in VOCABULARY["items"]["same"])
_ITEM_WORDS: Final = frozenset(VOCABULARY["columns"]["fact_words"])


def heading_field(text: str) -> Field | None:
    """What a heading means when it is one of the known spellings."""
    return HEADINGS.get(plain(text))


def similar_field(text: str) -> Field | None:
    """What a heading probably means: one letter wrong, or a word more."""
    word = plain(text)
    if len(word) < 4:
        return None
    best = max(HEADINGS, key=lambda known: fuzz.ratio(word, known) if len(known) > 3 else 0)
    return HEADINGS[best] if fuzz.ratio(word, best) >= 87 else None


def is_private(text: str) -> bool:
    """Whether the heading names what an import does not keep."""
    return plain(text) in NOT_KEPT


def is_health(text: str) -> bool:
    """Whether the heading is about somebody's health."""
    return plain(text) in HEALTH or item_words(text) in HEALTH


def item_words(text: str) -> str:
    """A heading without the words that only say which fact it is: "CPR exp date" → "cpr"."""
    words = plain(text).split()
    return " ".join(word for word in words if word not in _ITEM_WORDS) or " ".join(words)


def item_fact(text: str) -> Field | None:
    """Which fact of an item a heading is about, by its other words: "CPR exp" → expires."""
    words = [word for word in plain(text).split() if word in _ITEM_WORDS]
    for size in range(len(words), 0, -1):
        for at in range(len(words) - size + 1):
            found = HEADINGS.get(" ".join(words[at : at + size]))
            if found in OF_ITEM:
                return found
    return None


@lru_cache(maxsize=5000)
def likeness(one: str, other: str) -> float:
    """How sure it is that two names mean one item, 0 to 100: 100 for the same words, or two names of the same thing."""
    left, right = item_words(one), item_words(other)
    if left == right or plain(one) == plain(other):
        return 100
    if (group := _group(left)) is not None and group == _group(right):
        return 98
    if group is not None and _group(right) is not None:
        return 0  # both known, and not the same: CPR is not first aid
    if numbers_in(left) != numbers_in(right):
        return 0  # OSHA 10 is not OSHA 30
    return max(fuzz.ratio(left, right), fuzz.token_sort_ratio(left, right))


def numbers_in(text: str) -> list[str]:
    """The numbers in a text."""
    return [word for word in "".join(one if one.isdigit() else " " for one in text).split() if word]


@lru_cache(maxsize=5000)
def _group(words: str) -> int | None:
    """Which well-known thing the words name, if one; a letter may be wrong where there are enough of them."""
    index = _index()
    exact = index.get(words, index.get(words.replace(" ", "")))
    if exact is not None or len(words) < 7:
        return exact
    near = max(index, key=lambda known: fuzz.ratio(words, known) if numbers_in(known) == numbers_in(words) else 0)
    return index[near] if numbers_in(near) == numbers_in(words) and fuzz.ratio(words, near) >= 90 else None


@lru_cache(maxsize=1)
def _index() -> dict[str, int]:
    return {
        spelling: at
        for at, names in enumerate(SAME)
        for name in names
        for spelling in (name, item_words(name), name.replace(" ", ""))
    }


def is_known_item(text: str) -> bool:
    """Whether the heading is one of the well-known cards."""
    return _group(item_words(text)) is not None
