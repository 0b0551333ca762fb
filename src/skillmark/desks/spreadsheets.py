"""Cells that leave the house: no text can become a formula in somebody's spreadsheet program."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date

import tablib

Value = str | int | bool | date | None
_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_UNHOLDABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def safe(value: Value) -> Value:
    """The value; a text that a spreadsheet program would calculate gets an apostrophe before it, and letters that no
    spreadsheet can hold are left out."""
    if not isinstance(value, str):
        return value
    kept = _UNHOLDABLE.sub("", value)
    return f"'{kept}" if kept.startswith(_STARTS_FORMULA) else kept


def text(value: Value) -> str:
    """The value as people and programs read it: days as ISO 8601, nothing as nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else str(value)


def csv_of(*, head: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """CSV in UTF-8 with a mark, as Excel wants it, its lines ended as RFC 4180 says."""
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet)
    writer.writerow([safe(one) for one in head])
    writer.writerows([text(safe(value)) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + sheet.getvalue().encode()


def xlsx_of(*, title: str, head: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """An Excel file with one sheet, its head bold and in place while the rest moves; days are days."""
    sheet = tablib.Dataset(title=title, headers=[safe(one) for one in head])
    for row in rows:
        sheet.append([safe(value) for value in row])
    made: bytes = sheet.export("xlsx")
    return made
