"""Spreadsheets: xlsx, xls and ods. Only values are read; formulas are not calculated and links in them are not followed.

A spreadsheet can claim a million rows in a few bytes, and the reader (calamine) believes it. So it runs in a process of its
own, with a limit on memory and time: what would take this program down takes down that process instead.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from credcore.errors import MalformedError

ENDINGS: Final = frozenset({".xlsx", ".xls", ".ods"})
SECONDS: Final = 20
_READER: Final = Path(__file__).with_name("cells.py")
_LOCKED: Final = 3


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows` are the filled ones with their number, from 1; `filled` counts those, too, that were too many to keep.

    `merged` are cells that were made one: first row, first column, last row, last column, from 0.
    `since_1904` is None where the file does not say how its days are counted.
    """

    name: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    filled: int
    merged: tuple[tuple[int, int, int, int], ...] = ()
    since_1904: bool | None = None


def read(data: bytes, *, ending: str, rows: int, columns: int, longest: int) -> list[Sheet]:
    """The sheets that can be seen, as text.

    Raises MalformedError: `sheet.locked` (asks for a password), `sheet.bad` (no spreadsheet, damaged, too large to read).
    """
    command = [sys.executable, "-I", str(_READER), str(rows), str(columns), str(longest)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise MalformedError("sheet.bad", f"not read within {SECONDS} s") from error
    if done.returncode == _LOCKED:
        raise MalformedError("sheet.locked", ending)
    if done.returncode != 0:
        raise MalformedError("sheet.bad", f"{ending} {done.stderr.decode('utf-8', 'replace').strip()[-200:]}")
    book = json.loads(done.stdout)
    return [
        Sheet(
            one["name"],
            tuple((number, tuple(cells)) for number, cells in one["rows"]),
            one["filled"],
            tuple((top, left, bottom, right) for top, left, bottom, right in one["merged"]),
            book["since_1904"],
        )
        for one in book["sheets"]
    ]
