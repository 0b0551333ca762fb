"""From a spreadsheet, or names that were pasted, to rows of people. Nothing is judged or kept here.

Columns and days are read as in any list of people; besides, a column may say the level and the day on which it was seen.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Final
from uuid import UUID

from skillmark.desks.importers.roster import CannotRead, Column, Field, Layout, Order, Table, Target, dates, lay_out, paste
from skillmark.desks.importers.roster import columns as columns_of
from skillmark.desks.importers.roster import read as read_tables
from skillmark.desks.importers.roster.plain import plain
from skillmark.desks.importers.roster.questions import settle
from skillmark.desks.importers.roster.reading import Reader
from skillmark.desks.importers.roster.words import OF_ITEM, heading_field, item_fact
from skillmark.rooms.credentials.rules import LEVELS, Wanted

_SEEN_ON: Final = frozenset(
    ["day", "day seen", "date seen", "seen", "seen on", "observed", "observed on", "visto", "dia", "fecha visto", "observado"]
)
_LEVEL_NAMES: Final = {plain(name): level for level, names in LEVELS.items() for name in names.values()}
_FACTS: Final = tuple(one.name for one in fields(Wanted))
_LEAVE_OUT: Final = Target(Field.LEAVE_OUT)


@dataclass(frozen=True, slots=True)
class ClassList:
    """`columns`: which of ours were found (`name`, `email`, `level`, `observed_on`, …); `left_out`: headings not used."""

    rows: tuple[Wanted, ...]
    columns: tuple[str, ...]
    left_out: tuple[str, ...]


def from_file(name: str, data: bytes, *, on: date, order: str) -> ClassList:
    """A CSV, TSV, text, XLSX, XLS or ODS file; of several sheets the one with the most people.

    `on` is today; `order` how the firm writes a day (mdy, dmy, ymd), where the file leaves that open.
    Raises CannotRead as `importers.roster.read`, `sheet.only_headings`, `sheet.no_name`.
    """
    return _people(read_tables(name, data), on=on, order=order)


def from_text(text: str, *, on: date, order: str) -> ClassList:
    """Cells from the clipboard, or names one a line. Raises as `from_file`."""
    return _people(paste(text), on=on, order=order)


def request_key(*, template_id: UUID, rows: Sequence[Wanted]) -> str:
    """The same for the same people, facts and kind of proof: the same list again is not given again."""
    facts = [{name: getattr(one, name) for name in _FACTS} | {"line": 0} for one in rows]
    told = json.dumps([str(template_id), facts], default=str, sort_keys=True, ensure_ascii=False)
    return f"list:{hashlib.sha256(told.encode('utf-8', 'replace')).hexdigest()}"


def _people(tables: Sequence[Table], *, on: date, order: str) -> ClassList:
    fullest = max(tables, key=lambda one: len(one.lines))
    layout = lay_out(fullest, on=on)
    level, seen_on = _column(layout, Field.LEVEL), _column(layout, Field.OBTAINED)
    found = columns_of.guess(layout, items=(), on=on)
    people = [
        replace(one, target=_LEAVE_OUT) if one.index in (level, seen_on) or one.target.field in OF_ITEM else one
        for one in found
    ]
    people = _with_name(people, layout)
    way = dates.Way(_order(layout, seen_on, on) or Order(order), bool(layout.since_1904))
    reader = Reader(people, {}, (), "have", {}, on)
    rows = []
    for line in layout.lines:
        row = reader.read(line)
        said: dict[str, str] = {}
        rows.append(
            Wanted(
                line=line.number, name=row.name, email=row.values.get(Field.EMAIL, ""),
                phone=row.values.get(Field.PHONE, ""), staff_number=row.employee_number,
                language=row.values.get(Field.LANGUAGE, ""),
                level=_level(line.cell(level), said) if level is not None else None,
                observed_on=_day(line.cell(seen_on), way, on, said) if seen_on is not None else None, said=said,
            )
        )  # fmt: skip
    used = [str(one.target.field) for one in people if one.target.field is not Field.LEAVE_OUT]
    more = [name for name, at in (("level", level), ("observed_on", seen_on)) if at is not None]
    left = [
        one.heading
        for one in people
        if one.target.field is Field.LEAVE_OUT and one.index not in (level, seen_on) and one.heading
    ]
    return ClassList(tuple(rows), (*used, *more), tuple(left))


def _column(layout: Layout, which: Field) -> int | None:
    """The first column that says the level, or the day."""
    for index, heading in enumerate(layout.headings):
        if not heading:
            continue
        if heading_field(heading) is which or item_fact(heading) is which:
            return index
        if which is Field.OBTAINED and plain(heading) in _SEEN_ON:
            return index
    return None


def _with_name(columns: Sequence[Column], layout: Layout) -> list[Column]:
    """Names alone, in one column without a heading, are names whatever they look like."""
    named = {Field.NAME, Field.GIVEN, Field.FAMILY}
    if any(one.target.field in named for one in columns):
        return list(columns)
    if len(columns) == 1 and not layout.found:
        return [replace(columns[0], target=Target(Field.NAME))]
    raise CannotRead("sheet.no_name")


def _order(layout: Layout, column: int | None, on: date) -> Order | None:
    """How days are written in this column, when only one way fits."""
    if column is None:
        return None
    return settle([text for line in layout.lines if (text := line.cell(column))], on=on)


def _level(text: str, said: dict[str, str]) -> int | None:
    word = plain(text)
    if not word:
        return None
    number = word.split()[0]
    if number in {"1", "2", "3", "4"}:
        return int(number)
    if word in _LEVEL_NAMES:
        return _LEVEL_NAMES[word]
    said["level"] = text
    return None


def _day(text: str, way: dates.Way, on: date, said: dict[str, str]) -> date | None:
    found = dates.read(text, way=way, on=on)
    if found.kind is dates.Kind.NOTHING:
        return None
    if found.kind is not dates.Kind.DAY or found.code:
        said["observed_on"] = text  # a month alone is no day on which something was seen
        return None
    return found.day
