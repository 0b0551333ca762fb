"""Links in a table: the first column that holds any. A text is a table, too: of lines, and of cells where it is a CSV."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

ENDINGS: Final = frozenset({".csv", ".tsv", ".txt"})
MOST_ROWS: Final = 10_010
MOST_COLUMNS: Final = 50
LONGEST: Final = 2000
_LINK: Final = re.compile(r"https?://[^\s<>\"]{3,}", re.IGNORECASE)

Table = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class LinkRow:
    """`number` is the line in the table, from 1; `url` is empty where a link was expected; `label` says whose it may be."""

    number: int
    url: str
    label: str


def parse(data: bytes) -> Table:
    """The cells of a text, at most 10,010 lines of 50 cells of 2,000 characters; what is longer is cut."""
    text = _text(data)
    lines = islice(text.splitlines(), MOST_ROWS)
    cells = csv.reader((line[: LONGEST * 4].replace("\0", "") for line in lines), delimiter=_delimiter(text), strict=False)
    return [[cell.strip()[:LONGEST] for cell in line[:MOST_COLUMNS]] for line in cells]


def has_link(table: Table) -> bool:
    """Whether any cell is a link and nothing else."""
    return any(_is_link(cell) for row in table for cell in row)


def rows(table: Table) -> list[LinkRow]:
    """The filled cells of the first column that holds a link, from its first link on. What is above is a heading."""
    width = max((len(row) for row in table), default=0)
    for column in range(width):
        cells = [row[column].strip() if column < len(row) else "" for row in table]
        start = next((at for at, cell in enumerate(cells) if _is_link(cell)), None)
        if start is not None:
            return [
                LinkRow(at + 1, cell if _is_link(cell) else "", _label(table[at], column))
                for at, cell in enumerate(cells)
                if at >= start and cell
            ]
    return []


def _is_link(cell: str) -> bool:
    return len(cell) <= LONGEST and bool(_LINK.fullmatch(cell))


def _label(row: Sequence[str], column: int) -> str:
    """The first other cell that says something, else the cell itself."""
    others = (cell.strip() for at, cell in enumerate(row) if at != column and cell.strip())
    return next(others, row[column].strip())[:150]


def _delimiter(text: str) -> str:
    """What parts the cells: the one of three that the first line has most of."""
    first = text[:LONGEST].partition("\n")[0]
    return max(",;\t", key=first.count)


def _text(data: bytes) -> str:
    """Text as office programs write it: UTF-8 or UTF-16 with a mark, else the old Western code page."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
