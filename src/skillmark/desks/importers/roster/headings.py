"""Where the headings of a table are, and which rows are no people: titles above, headings again, totals and notes below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from skillmark.desks.importers.roster import dates, words
from skillmark.desks.importers.roster.plain import is_email, is_mark, is_phone, plain
from skillmark.desks.importers.roster.tables import CannotRead, Line, Table

LOOKED_AT: Final = 25
"""Filled rows at the top among which the headings are looked for."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is not about a person: `why` is `title`, `heading`, `total` or `note`."""

    number: int
    why: str
    text: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Headings, empty where a column has none, and the rows below. `found` is false when we made the headings up."""

    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    left_out: tuple[LeftOut, ...]
    found: bool
    since_1904: bool | None = None


def lay_out(table: Table, *, on: date) -> Layout:
    """Find the headings, one row or two. Raises CannotRead: `sheet.empty`, `sheet.only_headings`."""
    lines = table.lines
    if not lines:
        raise CannotRead("sheet.empty")
    scores = [_score(line, on) for line in lines[:LOOKED_AT]]
    best = max(range(len(scores)), key=lambda at: (scores[at], -at))
    if scores[best] <= 0:
        width = max(len(line.cells) for line in lines)
        return Layout(("",) * width, lines, (), found=False, since_1904=table.since_1904)
    top, bottom = _two_rows(table, best, on)
    headings = _headings(table, top, bottom)
    titles = [LeftOut(line.number, "title", _text(line)) for line in lines[:top]]
    people, others = _body(lines[bottom + 1 :], lines[top : bottom + 1])
    if not people:
        raise CannotRead("sheet.only_headings")
    return Layout(headings, people, (*titles, *others), found=True, since_1904=table.since_1904)


def _score(line: Line, on: date) -> float:
    """How much a row looks like headings: words that we know count most, values count against it."""
    filled = [cell for cell in line.cells if cell]
    if len(filled) < 2 and not (filled and words.heading_field(filled[0]) is words.Field.NAME):
        return 0
    known = sum(_is_heading(cell) for cell in filled)
    values = sum(is_value(cell, on) for cell in filled)
    return known * 3 + len(filled) * 0.2 - values * 2 if known else len(filled) * 0.1 - values


def _is_heading(cell: str) -> bool:
    return len(cell) <= 80 and (
        words.heading_field(cell) is not None
        or words.is_private(cell)
        or words.item_fact(cell) is not None
        or words.is_known_item(cell)
    )


def is_value(cell: str, on: date) -> bool:
    """Whether a cell is a day, a number, an address or a mark, as headings are not."""
    return (
        is_email(cell)
        or is_phone(cell)
        or is_mark(cell)
        or cell.replace(".", "").isdigit()
        or dates.looks_like_day(cell, on=on)
    )


def _two_rows(table: Table, best: int, on: date) -> tuple[int, int]:
    """First and last row of the headings: the one found, or with the one above or below that belongs to it."""
    lines = table.lines
    if best and _belong(table, lines[best - 1], lines[best], on):
        return best - 1, best
    if best + 1 < len(lines) and _belong(table, lines[best], lines[best + 1], on):
        return best, best + 1
    return best, best


def _belong(table: Table, upper: Line, lower: Line, on: date) -> bool:
    """Whether two rows are headings together: "CPR" over "obtained" and "expires"."""
    below = [cell for cell in lower.cells if cell]
    above = [cell for cell in upper.cells if cell]
    if lower.number - upper.number > 2 or len(above) < 2 - bool(_wide(table, upper)) or not below:
        return False
    if any(is_value(cell, on) for cell in (*above, *below)):
        return False
    facts = [
        cell for cell in below if words.heading_field(cell) in {*words.OF_ITEM, words.Field.LEVEL} or words.item_fact(cell)
    ]
    under_gap = [at for at, cell in enumerate(lower.cells) if cell and not upper.cell(at)]
    repeated = len(facts) > len({plain(cell) for cell in facts})
    return bool(facts) and (repeated or bool(under_gap) or bool(_wide(table, upper)))


def _wide(table: Table, line: Line) -> list[tuple[int, int]]:
    """The columns that one cell of a row covers: (first, last)."""
    row = line.number - 1
    return [(left, right) for top, left, bottom, right in table.merged if top <= row <= bottom and right > left]


def _headings(table: Table, top: int, bottom: int) -> tuple[str, ...]:
    upper, lower = table.lines[top], table.lines[bottom]
    width = max(len(line.cells) for line in table.lines[top:])
    if top == bottom:
        return tuple(" ".join(upper.cell(at).split()) for at in range(width))
    above = _filled_right(upper, lower, _wide(table, upper), width)
    return tuple(" ".join(f"{above[at]} {lower.cell(at)}".split()) for at in range(width))


def _filled_right(upper: Line, lower: Line, wide: Sequence[tuple[int, int]], width: int) -> list[str]:
    """The upper headings, each over all the columns it is meant for: those it was merged over, else the empty ones to its
    right that say a fact only ("expires")."""
    filled = [upper.cell(at) for at in range(width)]
    for left, right in wide:
        for at in range(left + 1, min(right + 1, width)):
            filled[at] = filled[left]
    for at in range(1, width):
        if not wide and not filled[at] and words.heading_field(lower.cell(at)) in words.OF_ITEM:
            filled[at] = filled[at - 1]
    return filled


def _body(lines: Sequence[Line], headings: Sequence[Line]) -> tuple[tuple[Line, ...], list[LeftOut]]:
    """The people, and the rows that are none."""
    again = {tuple(plain(cell) for cell in line.cells if cell) for line in headings}
    people: list[Line] = []
    others: list[LeftOut] = []
    for line in lines:
        filled = [cell for cell in line.cells if cell]
        if tuple(plain(cell) for cell in filled) in again:
            others.append(LeftOut(line.number, "heading", _text(line)))
        elif _is_total(filled):
            others.append(LeftOut(line.number, "total", _text(line)))
        else:
            people.append(line)
    while people and _is_note(people[-1]):
        others.append(LeftOut(people[-1].number, "note", _text(people[-1])))
        people.pop()
    return tuple(people), others


def _is_total(filled: Sequence[str]) -> bool:
    first = plain(filled[0].rstrip(":0123456789 "))
    return first in words.TOTALS or (
        len(filled) == 1 and first.startswith(("page", "printed", "generated", "run date", "pagina"))
    )


def _is_note(line: Line) -> bool:
    """A line of text at the end, in one cell: a sentence, or a sign that explains itself."""
    filled = [cell for cell in line.cells if cell]
    return len(filled) == 1 and (len(filled[0]) > 60 or filled[0].startswith(("*", "†", "Note", "NOTE", "Nota", "=")))


def _text(line: Line) -> str:
    return " · ".join(cell for cell in line.cells if cell)[:120]
