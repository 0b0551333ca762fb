"""Text as office programs write it, and the cells in it: what stands in a CSV, in a TSV, or on the clipboard."""

from __future__ import annotations

import csv
from itertools import islice
from typing import Final

ENDINGS: Final = frozenset({".csv", ".tsv", ".txt"})
_LINE: Final = 8000
"""Letters of a line that are read; the rest is no cell that a person typed."""


def decode(data: bytes) -> str:
    """UTF-8 or UTF-16 with a mark, UTF-8 or UTF-16 without one, else the old Western code page."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    head = data[:2000]
    for order, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if len(head) > 3 and zeros.count(0) > len(zeros) * 0.6:
            return data.decode(order, "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def delimiter(text: str) -> str:
    """What parts the cells: the one of three that the same number of stands in most of the first lines."""
    lines = [line for line in text[:20_000].splitlines()[:20] if line.strip()]
    return max("\t;,", key=lambda one: _agreement([line.count(one) for line in lines]))


def _agreement(counts: list[int]) -> tuple[int, int]:
    """How many lines have the most usual count (none does not count), and that count."""
    usual = max((count for count in counts if count), key=counts.count, default=0)
    return (counts.count(usual) if usual else 0, usual)


def cells(text: str, *, rows: int, columns: int, longest: int) -> list[list[str]]:
    """At most so many lines of so many cells; what is longer is cut. A cell may hold line breaks when it is quoted."""
    lines = (line[:_LINE].replace("\0", "") for line in text.splitlines(keepends=True))
    read = csv.reader(lines, delimiter=delimiter(text), strict=False)
    return [[cell.strip()[:longest] for cell in line[:columns]] for line in islice(read, rows)]
