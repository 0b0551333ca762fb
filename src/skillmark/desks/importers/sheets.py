"""Spreadsheets: xlsx, xls and ods. Only values are read; formulas are not calculated and links in them are not followed.

A spreadsheet can claim a million rows in a few bytes, and the reader (calamine) believes it. So it runs in a process of its
own, with a limit on memory and time: what would take this program down takes down that process instead.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Final

from credcore.errors import MalformedError
from skillmark.desks.importers import links

ENDINGS: Final = frozenset({".xlsx", ".xls", ".ods"})
SECONDS: Final = 20
_READER: Final = Path(__file__).with_name("cells.py")


def parse(data: bytes, *, ending: str) -> links.Table:
    """The cells of the first sheet that has a link, else of the first sheet, as text.

    Raises MalformedError `sheet.bad`: no spreadsheet, locked, or larger than we read.
    """
    command = [sys.executable, "-I", str(_READER), str(links.MOST_ROWS), str(links.MOST_COLUMNS), str(links.LONGEST)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise MalformedError("sheet.bad", f"not read within {SECONDS} s") from error
    if done.returncode != 0:
        raise MalformedError("sheet.bad", f"{ending} {done.stderr.decode('utf-8', 'replace').strip()[-200:]}")
    tables: list[list[list[str]]] = json.loads(done.stdout)
    return next((table for table in tables if links.has_link(table)), tables[0] if tables else [])
