"""Links in a table: the first column that holds any. A text is a table, too: of lines, and of cells where it is a CSV."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from skillmark.desks.importers import texts
from skillmark.desks.importers.sheets import Sheet

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
    return texts.cells(texts.decode(data), rows=MOST_ROWS, columns=MOST_COLUMNS, longest=LONGEST)


def table(sheets: Iterable[Sheet]) -> Table:
    """The cells of the first sheet that has a link, else of the first sheet; its empty rows are there, too."""
    tables = [_with_empty_rows(sheet) for sheet in sheets]
    return next((one for one in tables if has_link(one)), tables[0] if tables else [])


def _with_empty_rows(sheet: Sheet) -> Table:
    filled = dict(sheet.rows)
    last = max((number for number in filled if number <= MOST_ROWS), default=0)
    return [filled.get(number, ()) for number in range(1, last + 1)]


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
