"""Reads a spreadsheet from its input and prints its cells as JSON: a program of its own, started by `sheets.py`.

Arguments: most rows, most columns, longest cell. Imports nothing of ours, so that it starts in a blink.
"""

from __future__ import annotations

import io
import json
import sys

import python_calamine

MEMORY = 1024 * 2**20
SHEETS = 10


def limit() -> None:
    """No more memory than this, and little processor time, where the system can promise that."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, 15)):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def tables(data: bytes, *, rows: int, columns: int, longest: int) -> list[list[list[str]]]:
    """The first sheets as text: dates as ISO 8601, whole numbers without a point."""
    book = python_calamine.load_workbook(io.BytesIO(data))
    found = []
    for name in book.sheet_names[:SHEETS]:
        read = book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=rows)
        found.append([[text(cell)[:longest] for cell in row[:columns]] for row in read])
    return found


def text(cell: object) -> str:
    """A value as a person reads it in the cell."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def main(arguments: list[str]) -> int:
    """Exit code 1 with the reason on the error stream when it cannot be read."""
    rows, columns, longest = map(int, arguments)
    limit()
    try:
        json.dump(tables(sys.stdin.buffer.read(), rows=rows, columns=columns, longest=longest), sys.stdout)
    except (python_calamine.CalamineError, OSError, ValueError, MemoryError, python_calamine.PasswordError) as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
