"""What each column means: known words first, then what stands in it. What is not sure is marked, and the person decides."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from skillmark.desks.importers.roster import dates, payroll, words
from skillmark.desks.importers.roster.headings import Layout
from skillmark.desks.importers.roster.plain import VOCABULARY, is_email, is_mark, is_phone, plain
from skillmark.desks.importers.roster.words import OF_ITEM, Field

ROW_ITEM: Final = "*"
"""The item that another cell of the row names."""
_LOOKED_AT: Final = 400
_SAME: Final = 95
_LIKE: Final = 80
_SSN: Final = re.compile(r"(\*{3}|\d{3})-(\*{2}|\d{2})-\d{4}")
_LEVELS: Final = frozenset("01234")
_LANGUAGES: Final = frozenset(VOCABULARY["cells"]["english"]) | frozenset(VOCABULARY["cells"]["spanish"])


class Sure(StrEnum):
    MATCHED = "matched"
    LOOK = "look"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class KnownItem:
    """A card, training or skill that the firm has: its names in all languages, and what else it is called."""

    id: str
    names: tuple[str, ...]
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """A field, and for facts of an item which: the id of a known one, `+name` for a new one, `*` for the row's own."""

    field: Field
    item: str = ""

    @property
    def key(self) -> str:
        """As it is kept and chosen: `name`, `expires:ITEM`, `expires:+Fit test`."""
        return f"{self.field}:{self.item}" if self.item else str(self.field)


LEAVE_OUT: Final = Target(Field.LEAVE_OUT)


@dataclass(frozen=True, slots=True)
class Column:
    """`index` from 0; `samples` are up to three values; `why` is a code: how we came to it, or what is not sure."""

    index: int
    heading: str
    samples: tuple[str, ...]
    target: Target
    sure: Sure
    why: str


def target_of(key: str) -> Target | None:
    """The target that a key names, or None."""
    field, _, item = key.partition(":")
    if field not in set(Field) or bool(item) != (field in OF_ITEM):
        return None
    return Target(Field(field), item)


def kind_of_sheet(headings: Iterable[str]) -> str:
    """A name for all sheets with these headings, in any order: what was decided for one is remembered for the next."""
    return hashlib.sha256("\n".join(sorted(plain(one) for one in headings)).encode()).hexdigest()


def guess(
    layout: Layout, *, items: Sequence[KnownItem], on: date, remembered: Mapping[str, str] | None = None
) -> tuple[Column, ...]:
    """A meaning for every column. `remembered`: plain heading → key of a target, from the last sheet of this kind."""
    program = payroll.recognise(layout.headings)
    seen = _Seen(items, on, program.columns if program else {}, remembered or {}, [])
    found: list[Column] = []
    texts_in_item = any(
        words.heading_field(heading) is Field.ITEM and _share(_values(layout, at), lambda cell: not _is_fact(cell, on)) > 0.8
        for at, heading in enumerate(layout.headings)
    )
    for index, heading in enumerate(layout.headings):
        values = _values(layout, index)
        target, sure, why = seen.meaning(heading, values, texts_in_item, found)
        found.append(Column(index, heading, tuple(dict.fromkeys(values))[:3], target, sure, why))
    return _names(_once(found), layout)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is known while columns are read from left to right. `new` are the items that no name of the firm's fits."""

    items: Sequence[KnownItem]
    on: date
    program: Mapping[str, Field]
    remembered: Mapping[str, str]
    new: list[str]

    def meaning(self, heading: str, values: Sequence[str], item_a_row: bool, before: list[Column]) -> tuple[Target, Sure, str]:
        word = plain(heading)
        if words.is_private(heading) or _share(values, lambda cell: bool(_SSN.fullmatch(cell))) > 0.5:
            return LEAVE_OUT, Sure.LEFT_OUT, "private"
        if words.is_health(heading):
            return LEAVE_OUT, Sure.LEFT_OUT, "health"
        if (kept := target_of(self.remembered.get(word, ""))) is not None and word and self._still(kept):
            return kept, Sure.LEFT_OUT if kept == LEAVE_OUT else Sure.MATCHED, "remembered"
        if not values:
            return LEAVE_OUT, Sure.LEFT_OUT, "empty"
        if word in self.program:
            told = self.program[word]
            return Target(told), Sure.LEFT_OUT if told is Field.LEAVE_OUT else Sure.MATCHED, "payroll"
        field = words.heading_field(heading) or _of_whom(word)
        if field is Field.ITEM and not item_a_row:
            field = None
        if field in OF_ITEM:
            return self._fact(field, values, item_a_row, before)
        if field is not None:
            return Target(field), *_fitting(field, values, self.on)
        return self._item(heading, values) or self._similar(heading) or _by_values(values, self.on)

    def _still(self, target: Target) -> bool:
        return not target.item or target.item[0] in "+*" or any(one.id == target.item for one in self.items)

    def _fact(self, field: Field, values: Sequence[str], item_a_row: bool, before: list[Column]) -> tuple[Target, Sure, str]:
        """A column that says only "expires": of the row's own item, else of the item in the column before it."""
        if field is Field.NUMBER and [value for value in values if value.isdigit()][:3] in (
            ["1", "2", "3"],
            ["1", "2"],
            ["1"],
        ):
            return LEAVE_OUT, Sure.LEFT_OUT, "counter"
        if item_a_row:
            return Target(field, ROW_ITEM), Sure.MATCHED, "heading"
        if before and before[-1].target.field in OF_ITEM:
            left = before[-1].target
            if left.field is field and before[-1].why == "which_day" and field is Field.EXPIRES:
                before[-1] = replace(before[-1], target=Target(Field.OBTAINED, left.item))
            return Target(field, left.item), Sure.LOOK, "left_neighbour"
        return LEAVE_OUT, Sure.LOOK, "which_item"

    def _item(self, heading: str, values: Sequence[str]) -> tuple[Target, Sure, str] | None:
        item, likeness = self._known(heading)
        dated = _share(values, lambda cell: dates.looks_like_day(cell, on=self.on) or is_mark(cell)) >= 0.6
        dated = dated and any(dates.looks_like_day(cell, on=self.on) or dates.is_serial(cell) for cell in values)
        serial = _share(values, dates.is_serial) >= 0.6 and words.item_fact(heading) in {Field.OBTAINED, Field.EXPIRES}
        marked = _share(values, lambda cell: is_mark(cell) or cell in _LEVELS) >= 0.9
        sure, why = (Sure.MATCHED, "heading") if likeness >= _SAME else (Sure.LOOK, "similar")
        if likeness < _LIKE:
            if not (dated or serial or marked or words.is_known_item(heading)) or not plain(heading):
                return None
            item, sure, why = self._make(heading), Sure.LOOK, "new_item"
        fact = words.item_fact(heading)
        if fact is Field.NUMBER:
            return Target(fact, item), sure, why
        if dated or serial:
            if fact in {Field.OBTAINED, Field.EXPIRES}:
                return Target(fact, item), sure, why
            ahead = any(self._is_end(cell) for cell in values)
            return Target(Field.EXPIRES if ahead else Field.OBTAINED, item), Sure.LOOK, "which_day"
        if marked and fact not in {Field.OBTAINED, Field.EXPIRES}:
            return Target(Field.LEVEL, item), sure, why
        if fact is not None:
            return Target(fact, item), Sure.LOOK, why
        return Target(Field.EXPIRES, item), Sure.LOOK, "which_day"

    def _is_end(self, cell: str) -> bool:
        """Whether a cell can only tell when something ends: a day to come, "lifetime", "expired"."""
        found = dates.read(cell, way=dates.Way(), on=self.on)
        ahead = found.day is not None and found.day > self.on
        return ahead or found.kind is dates.Kind.NO_END or found.code == "date.expired_no_day"

    def _known(self, heading: str) -> tuple[str, float]:
        best = ("", 0.0)
        for one in self.items:
            score = max((words.likeness(heading, name) for name in (*one.names, *one.aliases)), default=0.0)
            best = max(best, (one.id, score), key=lambda pair: pair[1])
        for name in self.new:
            if (score := words.likeness(heading, name)) >= _SAME and score > best[1]:
                best = (f"+{name}", 89.0)  # the same new one; still to be looked at
        return best

    def _make(self, heading: str) -> str:
        name = item_name(heading)
        self.new.append(name)
        return f"+{name}"

    def _similar(self, heading: str) -> tuple[Target, Sure, str] | None:
        field = words.similar_field(heading)
        return None if field is None or field in OF_ITEM or field is Field.ITEM else (Target(field), Sure.LOOK, "similar")


def item_name(heading: str) -> str:
    """A heading without "exp", "date" and the like, in the writer's own letters: "CPR exp" → "CPR"."""
    wanted = words.item_words(heading).split()
    kept = [part for part in re.split(r"[\s_:]+", heading) if plain(part) and set(plain(part).split()) <= set(wanted)]
    name = " ".join(kept) or " ".join(heading.split())
    return (name[:1].upper() + name[1:])[:100]


def _of_whom(word: str) -> Field | None:
    """ "Employee phone" is a phone: words before that only say whose it is are dropped."""
    parts = word.split()
    while len(parts) > 1 and parts[0] in words.WHOSE:
        parts = parts[1:]
        if (found := words.HEADINGS.get(" ".join(parts))) is not None and found not in OF_ITEM:
            return found
    return None


def _fitting(field: Field, values: Sequence[str], on: date) -> tuple[Sure, str]:
    """Whether what stands in a column is what its heading says."""
    fits: Mapping[Field, Callable[[str], bool]] = {
        Field.EMAIL: is_email,
        Field.PHONE: is_phone,
        Field.HIRED: lambda cell: dates.looks_like_day(cell, on=on) or dates.is_serial(cell),
        Field.LEFT: lambda cell: dates.looks_like_day(cell, on=on) or dates.is_serial(cell),
    }
    if field in fits and _share(values, fits[field]) < 0.5:
        return Sure.LOOK, "values_differ"
    return Sure.MATCHED, "heading"


def _by_values(values: Sequence[str], on: date) -> tuple[Target, Sure, str]:
    """A column whose heading says nothing to us: addresses and names can be seen, the rest is left out."""
    if _share(values, is_email) > 0.7:
        return Target(Field.EMAIL), Sure.LOOK, "values"
    if _share(values, is_phone) > 0.7:
        return Target(Field.PHONE), Sure.LOOK, "values"
    if _share(values, lambda cell: plain(cell) in _LANGUAGES) > 0.8:
        return Target(Field.LANGUAGE), Sure.LOOK, "values"
    if _share(values, _is_full_name) > 0.8 and len(set(values)) > len(values) * 0.8:
        return Target(Field.NAME), Sure.LOOK, "values"
    return LEAVE_OUT, Sure.LEFT_OUT, "unknown"


def _is_full_name(cell: str) -> bool:
    parts = cell.replace(",", " ").split()
    return 2 <= len(parts) <= 5 and all(part[0].isupper() and part.strip(".'’-").replace("-", "").isalpha() for part in parts)


def _is_fact(cell: str, on: date) -> bool:
    return dates.looks_like_day(cell, on=on) or is_mark(cell) or dates.is_serial(cell)


def _once(columns: Sequence[Column]) -> list[Column]:
    """No two columns for one field: the surer one keeps it, the other is left out and marked."""
    rank = {Sure.MATCHED: 0, Sure.LOOK: 1, Sure.LEFT_OUT: 2}
    owner: dict[Target, int] = {}
    for column in sorted(columns, key=lambda one: (rank[one.sure], one.index)):
        if column.target != LEAVE_OUT:
            owner.setdefault(column.target, column.index)
    return [
        column
        if column.target == LEAVE_OUT or owner[column.target] == column.index
        else replace(column, target=LEAVE_OUT, sure=Sure.LOOK, why="taken")
        for column in columns
    ]


def _names(columns: list[Column], layout: Layout) -> tuple[Column, ...]:
    """One way to a name: a full one, or its parts."""
    by = {column.target.field: column for column in columns}
    full, given, family = by.get(Field.NAME), by.get(Field.GIVEN), by.get(Field.FAMILY)
    if full and given and family:
        columns[full.index] = replace(full, target=LEAVE_OUT, sure=Sure.LEFT_OUT, why="taken")
    elif full and family:
        columns[full.index] = replace(full, target=Target(Field.GIVEN), sure=Sure.LOOK, why="part_of_name")
    elif full and given:
        columns[given.index] = replace(given, target=LEAVE_OUT, sure=Sure.LOOK, why="taken")
    elif given and not family:
        columns[given.index] = replace(given, target=Target(Field.NAME), sure=Sure.LOOK, why="part_of_name")
    return tuple(columns)


def _values(layout: Layout, index: int) -> list[str]:
    return [cell for line in layout.lines[:_LOOKED_AT] if (cell := line.cell(index))]


def _share(values: Sequence[str], fits: Callable[[str], bool]) -> float:
    return sum(map(fits, values)) / len(values) if values else 0.0
