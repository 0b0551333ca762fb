"""From a row of cells to one person's values and cards, with a reason for each cell that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from skillmark.desks.importers.roster import dates
from skillmark.desks.importers.roster.columns import ROW_ITEM, Column, KnownItem
from skillmark.desks.importers.roster.dates import Kind, Way
from skillmark.desks.importers.roster.plain import VOCABULARY, YES, digits, is_email, plain
from skillmark.desks.importers.roster.tables import Line
from skillmark.desks.importers.roster.words import DATES, OF_ITEM, Field, is_health, likeness

LONGEST: Final = {
    Field.NAME: 200, Field.EMPLOYEE_NUMBER: 40, Field.PHONE: 40, Field.EMAIL: 254, Field.POSITION: 150, Field.SITE: 200,
    Field.SHIFT: 100, Field.NUMBER: 100, Field.ITEM: 100,
}  # fmt: skip
_NOTHING: Final = frozenset(VOCABULARY["cells"]["nothing"])
_SUFFIXES: Final = frozenset(["jr", "sr", "ii", "iii", "iv"])
_LANGUAGES: Final = dict.fromkeys(VOCABULARY["cells"]["english"], "en") | dict.fromkeys(VOCABULARY["cells"]["spanish"], "es")
HAVE: Final = "have"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a cell or a row needs a look (`serious`), or what was supposed about it. `column` from 0, or None for the row."""

    code: str
    column: int | None = None
    text: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    serious: bool = True


@dataclass(frozen=True, slots=True)
class Card:
    """What the row says that the person has. `item` is an id, or `+name` for a new one."""

    item: str
    obtained: date | None = None
    expires: date | None = None
    no_end: bool = False
    number: str = ""
    level: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One person as a row tells. `values` has no empty ones; days stand there as ISO 8601."""

    number: int
    name: str
    values: Mapping[Field, str]
    cards: tuple[Card, ...]
    reasons: tuple[Reason, ...]
    filled: int

    @property
    def phone(self) -> str:
        return digits(self.values.get(Field.PHONE, ""))

    @property
    def email(self) -> str:
        return self.values.get(Field.EMAIL, "").casefold()

    @property
    def employee_number(self) -> str:
        return self.values.get(Field.EMPLOYEE_NUMBER, "")


@dataclass(frozen=True, slots=True)
class Reader:
    """How rows are read: the columns, for each of days its way, what a mark means, and the cells that were mended."""

    columns: Sequence[Column]
    ways: Mapping[int, Way]
    items: Sequence[KnownItem]
    mark: str
    mended: Mapping[str, str]
    on: date
    new: list[str] = field(default_factory=list)
    """Items that cells have named so far and that the firm lacks."""

    def read(self, line: Line) -> Row:
        """The row, as it stands after mending."""
        reasons: list[Reason] = []
        texts = {
            column.index: self.mended.get(f"{line.number}:{column.index}", line.cell(column.index)) for column in self.columns
        }
        by_field = {c.target.field: (c.index, texts[c.index]) for c in self.columns if c.target.field not in OF_ITEM}
        values = {}
        for which, (index, text) in by_field.items():
            if which in _SIMPLE and text and plain(text) not in _NOTHING:
                value = self._value(which, index, text, reasons)
                if value:
                    values[which] = value
        cards = self._cards(texts, by_field, reasons)
        name = _name(by_field)
        if not name:
            reasons.append(Reason("row.name_missing", _name_column(by_field)))
        elif len(name) > LONGEST[Field.NAME]:
            reasons.append(Reason("cell.too_long", _name_column(by_field), name[:40]))
        filled = sum(1 for text in texts.values() if text)
        return Row(line.number, name, values, cards, tuple(reasons), filled)

    def _value(self, which: Field, index: int, text: str, reasons: list[Reason]) -> str:
        if which in DATES:
            day = self._day(which, index, text, reasons)
            return day.isoformat() if isinstance(day, date) else ""
        if which is Field.LANGUAGE:
            found = _LANGUAGES.get(plain(text), "")
            if not found:
                reasons.append(Reason("cell.language", index, text, serious=False))
            return found
        if which is Field.EMAIL and not is_email(text):
            reasons.append(Reason("cell.email", index, text))
        if which is Field.PHONE and len(digits(text)) < 4:
            reasons.append(Reason("cell.phone", index, text))
        if len(text) > LONGEST.get(which, 500):
            reasons.append(Reason("cell.too_long", index, text[:40]))
        return " ".join(text.split())

    def _day(self, which: Field, index: int, text: str, reasons: list[Reason]) -> date | bool | None:
        """The day, True for "no end", None for nothing or for what cannot be read."""
        found = dates.read(text, way=self.ways.get(index, Way()), on=self.on)
        if found.kind is Kind.BAD:
            reasons.append(Reason(found.code, index, text))
        elif found.code:
            reasons.append(Reason(found.code, index, text, {"day": found.day.isoformat() if found.day else ""}, serious=False))
        if found.kind is Kind.NO_END:
            return True if which is Field.EXPIRES else None
        return found.day

    def _cards(self, texts: Mapping[int, str], by: Mapping[Field, tuple[int, str]], reasons: list[Reason]) -> tuple[Card, ...]:
        """A card for each item of which the row says anything but no."""
        row_item = self._row_item(by, reasons)
        facts: dict[str, dict[Field, tuple[int, str]]] = {}
        for column in self.columns:
            if column.target.field in OF_ITEM and texts[column.index]:
                item = row_item if column.target.item == ROW_ITEM else column.target.item
                if item:
                    facts.setdefault(item, {})[column.target.field] = (column.index, texts[column.index])
        if row_item:
            facts.setdefault(row_item, {})
        cards = (self._card(item, said, item == row_item, reasons) for item, said in facts.items())
        return tuple(card for card in cards if card is not None)

    def _row_item(self, by: Mapping[Field, tuple[int, str]], reasons: list[Reason]) -> str:
        index, text = by.get(Field.ITEM, (0, ""))
        if plain(text) in _NOTHING or not text:
            return ""
        if is_health(text):
            reasons.append(Reason("item.health", index, text, serious=False))
            return ""
        if len(text) > LONGEST[Field.ITEM]:
            reasons.append(Reason("cell.too_long", index, text[:40]))
        return known_item(text, self.items) or f"+{self._new_item(' '.join(text.split()))}"

    def _new_item(self, text: str) -> str:
        """The spelling that came first: "OSHA 10" and "OSHA10" are one."""
        for name in self.new:
            if likeness(text, name) >= 95:
                return name
        self.new.append(text)
        return text

    def _card(self, item: str, said: Mapping[Field, tuple[int, str]], named: bool, reasons: list[Reason]) -> Card | None:
        got, ends = (
            self._day(which, *said[which], reasons) if which in said else None for which in (Field.OBTAINED, Field.EXPIRES)
        )
        obtained = got if isinstance(got, date) else None
        expires = ends if isinstance(ends, date) else None
        if obtained and obtained > self.on:
            reasons.append(Reason("card.in_future", *said[Field.OBTAINED]))
        if obtained and expires and expires < obtained:
            reasons.append(Reason("card.ends_before", *said[Field.EXPIRES]))
        number = " ".join(said[Field.NUMBER][1].split()) if Field.NUMBER in said else ""
        number = "" if plain(number) in _NOTHING else number
        has, level = self._level(said, reasons)
        if not (obtained or ends or number or has or named):
            return None
        return Card(item, obtained, expires, ends is True, number[: LONGEST[Field.NUMBER]], level)

    def _level(self, said: Mapping[Field, tuple[int, str]], reasons: list[Reason]) -> tuple[bool, int | None]:
        """Whether the cell says that the person has it, and at which level."""
        if Field.LEVEL not in said:
            return False, None
        index, text = said[Field.LEVEL]
        mark = text.strip().casefold()
        if mark in {"1", "2", "3", "4"}:
            return True, int(mark)
        if mark in YES:
            return True, int(self.mark) if self.mark.isdigit() else None
        if mark != "0" and plain(mark) not in _NOTHING and mark not in VOCABULARY["cells"]["no"]:
            reasons.append(Reason("cell.level", index, text))
        return False, None


def known_item(text: str, items: Sequence[KnownItem]) -> str:
    """The id of the item that a cell names, or empty; only when the words are the same or known to mean the same."""
    best = max(
        ((likeness(text, name), one.id) for one in items for name in (*one.names, *one.aliases)), default=(0, ""),
        key=lambda pair: pair[0],
    )  # fmt: skip
    return best[1] if best[0] >= 95 else ""


_SIMPLE: Final = frozenset(
    {
        Field.EMPLOYEE_NUMBER, Field.PHONE, Field.EMAIL, Field.LANGUAGE, Field.POSITION, Field.SITE, Field.SHIFT, Field.HIRED,
        Field.LEFT,
    }
)  # fmt: skip


def _name(by: Mapping[Field, tuple[int, str]]) -> str:
    """The whole name in the order in which it is said: of one cell, or of several."""
    if Field.NAME in by:
        return turned(by[Field.NAME][1])
    parts = (by.get(which, (0, ""))[1] for which in (Field.GIVEN, Field.MIDDLE, Field.FAMILY, Field.SECOND_FAMILY))
    return " ".join(" ".join(parts).split())


def turned(name: str) -> str:
    """ "Bell, Marcus" as "Marcus Bell"; "Marcus Bell, Jr." stays."""
    parts = [" ".join(part.split()) for part in name.split(",")]
    after = [part for part in parts[1:] if plain(part) in _SUFFIXES]
    rest = [part for part in parts[1:] if part and plain(part) not in _SUFFIXES]
    if len(rest) != 1:
        return " ".join(re.sub(r"\s*,\s*", ", ", name).split()).strip(", ")
    return " ".join([rest[0], parts[0], *after])


def _name_column(by: Mapping[Field, tuple[int, str]]) -> int | None:
    return next((by[which][0] for which in (Field.NAME, Field.GIVEN, Field.FAMILY) if which in by), None)
