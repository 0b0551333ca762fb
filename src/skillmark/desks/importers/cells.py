"""Reads a spreadsheet from its input and prints its cells as JSON: a program of its own, started by `sheets.py`.

Arguments: most rows, most columns, longest cell. Imports nothing of ours, so that it starts in a blink.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
import zlib
from contextlib import suppress
from typing import Any

import python_calamine

MEMORY = 1024 * 2**20
SHEETS = 10
LOCKED = 3
"""Exit code of a file that asks for a password."""
OLE = b"\xd0\xcf\x11\xe0"
BEGINNING = b"\x09\x08\x10\x00\x00\x06\x05\x00"
FILEPASS = 0x2F


def limit() -> None:
    """No more memory than this, and little processor time, where the system can promise that."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, 15)):
        _, hard = resource.getrlimit(what)
        with suppress(ValueError):  # macOS takes no limit of memory
            resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def book(data: bytes, *, rows: int, columns: int, longest: int) -> dict[str, Any]:
    """The first sheets that can be seen, and whether their days are counted from 1904."""
    opened = python_calamine.load_workbook(io.BytesIO(data))
    seen = [one.name for one in opened.sheets_metadata if one.visible == python_calamine.SheetVisibleEnum.Visible]
    limits = {"rows": rows, "columns": columns, "longest": longest}
    sheets = [sheet(opened.get_sheet_by_name(name), **limits) for name in seen[:SHEETS]]
    return {"sheets": sheets, "since_1904": since_1904(data)}


def sheet(read: python_calamine.CalamineSheet, *, rows: int, columns: int, longest: int) -> dict[str, Any]:
    """Filled rows with their number, from 1, as text: dates as ISO 8601, whole numbers without a point. `filled` counts
    those, too, that are more than `rows` and are not kept; `merged` are first and last row and column, from 0."""
    kept: list[tuple[int, list[str]]] = []
    filled = 0
    indent = [""] * (read.start[1] if read.start else 0)
    for number, row in enumerate(read.iter_rows() if read.start else (), 1):
        if not any(cell != "" for cell in row):
            continue
        filled += 1
        if filled <= rows:
            kept.append((number, [text(cell)[:longest] for cell in [*indent, *row][:columns]]))
    merged = [(top, left, bottom, right) for (top, left), (bottom, right) in read.merged_cell_ranges or ()]
    return {"name": read.name, "rows": kept, "filled": filled, "merged": merged[:5000]}


def since_1904(data: bytes) -> bool | None:
    """Whether an Excel workbook counts its days from 1904, as those of old Macintosh computers do; None: does not say."""
    head = part(data, "xl/workbook.xml")
    return (b'date1904="1"' in head or b'date1904="true"' in head) if head else None


def locked(data: bytes) -> bool:
    """Whether a file that could not be opened asks for a password: the reader does not tell that apart."""
    if data.startswith(OLE):
        return "EncryptedPackage".encode("utf-16-le") in data or has_file_pass(data)
    return b"encryption-data" in part(data, "META-INF/manifest.xml")


def has_file_pass(data: bytes) -> bool:
    """Whether an old Excel file begins, as locked ones do, with the record FILEPASS among its first."""
    at = data.find(BEGINNING)
    for _ in range(20 if at >= 0 else 0):
        kind, size = int.from_bytes(data[at : at + 2], "little"), int.from_bytes(data[at + 2 : at + 4], "little")
        if kind == FILEPASS:
            return True
        at += 4 + size
    return False


def part(data: bytes, name: str) -> bytes:
    """The beginning of one file of a parcel; empty when it is not there."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parcel, parcel.open(name) as said:
            return said.read(100_000)
    except (KeyError, zipfile.BadZipFile, OSError, NotImplementedError, zlib.error, EOFError, RuntimeError):
        return b""


def text(cell: object) -> str:
    """A value as a person reads it in the cell."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def main(arguments: list[str]) -> int:
    """Exit code 1 with the reason on the error stream when it cannot be read, 3 when it is locked."""
    rows, columns, longest = map(int, arguments)
    limit()
    data = sys.stdin.buffer.read()
    try:
        json.dump(book(data, rows=rows, columns=columns, longest=longest), sys.stdout)
    except (python_calamine.CalamineError, OSError, ValueError, MemoryError) as error:
        if locked(data):
            return LOCKED
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
