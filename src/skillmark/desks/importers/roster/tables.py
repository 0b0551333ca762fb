"""From a file, or from cells that were pasted, to tables of text. Nothing is guessed here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from credcore.errors import MalformedError
from skillmark.desks.importers import sheets, texts
from skillmark.errors import DomainError

MOST_ROWS: Final = 50_000
MOST_COLUMNS: Final = 200
LONGEST: Final = 500
_ABOVE: Final = 20
"""Rows that titles and headings may take besides."""
_LIMITS: Final = {"rows": MOST_ROWS + _ABOVE, "columns": MOST_COLUMNS, "longest": LONGEST}
_ZIP: Final = b"PK\x03\x04"
_FORMULA: Final = frozenset("=+-@")
_OLE: Final = b"\xd0\xcf\x11\xe0"


class CannotRead(DomainError):
    """There is no list in this file that could be read."""


@dataclass(frozen=True, slots=True)
class Line:
    """A filled row: its number in the sheet, from 1, and its cells."""

    number: int
    cells: tuple[str, ...]

    def cell(self, column: int) -> str:
        """The cell, empty where the row is shorter."""
        return self.cells[column] if column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet. `merged`: first row, first column, last row, last column, from 0. `since_1904`: how its days are counted, if
    the file says."""

    name: str
    lines: tuple[Line, ...]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    since_1904: bool | None = None


def read(name: str, data: bytes) -> list[Table]:
    """The tables of a CSV, TSV, text, XLSX, XLS or ODS file: those with anything in them. What it is, its first bytes say.

    Raises CannotRead: `sheet.unknown` (no such file), `sheet.locked` (asks for a password), `sheet.bad`, `sheet.empty`,
    `sheet.too_long` (with `rows` and `most`).
    """
    ending = PurePath(name).suffix.lower()
    if data.startswith((_ZIP, _OLE)):
        found = _workbook(data, ending)
    elif ending in texts.ENDINGS | sheets.ENDINGS | {""} and data[:4] not in {b"%PDF", b"\x89PNG"}:
        return paste(texts.decode(data), name=PurePath(name).stem)
    else:
        raise CannotRead("sheet.unknown")
    if not found:
        raise CannotRead("sheet.empty")
    return found


def paste(text: str, *, name: str = "") -> list[Table]:
    """The one table that stands in a text, as the clipboard of a spreadsheet program writes it. Raises as `read`."""
    if text.count("\n") > MOST_ROWS * 4:
        raise CannotRead("sheet.too_long", rows=f"{text.count(chr(10)):,}", most=f"{MOST_ROWS:,}")
    rows = texts.cells(text, rows=MOST_ROWS * 5, columns=MOST_COLUMNS, longest=LONGEST)
    lines = tuple(_line(at, cells) for at, cells in enumerate(rows, 1) if any(cells))
    _demand_fit(len(lines))
    if not lines:
        raise CannotRead("sheet.empty")
    return [Table(name, lines)]


def _workbook(data: bytes, ending: str) -> list[Table]:
    try:
        read = sheets.read(data, ending=ending, **_LIMITS)
    except MalformedError as error:
        raise CannotRead(error.code) from error
    for sheet in read:
        _demand_fit(sheet.filled)
    return [
        Table(sheet.name, tuple(_line(number, cells) for number, cells in sheet.rows), sheet.merged, sheet.since_1904)
        for sheet in read
        if sheet.rows
    ]


def _line(number: int, cells: Sequence[str]) -> Line:
    """Without the apostrophe that an export (ours, too) puts before what could be taken for a formula."""
    return Line(number, tuple(cell[1:] if cell[:1] == "'" and cell[1:2] in _FORMULA else cell for cell in cells))


def _demand_fit(filled: int) -> None:
    if filled > MOST_ROWS + _ABOVE:
        raise CannotRead("sheet.too_long", rows=f"{filled:,}", most=f"{MOST_ROWS:,}")
