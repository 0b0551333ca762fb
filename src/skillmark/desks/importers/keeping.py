"""The cells of a list as they are kept between the screens: compressed, and without what an import never keeps."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from datetime import date
from typing import Final

from skillmark.desks.importers.roster import CannotRead, Line, Table, columns, lay_out

NEVER_KEPT: Final = frozenset({"private", "health"})


def pack(tables: Sequence[Table]) -> bytes:
    """Tables as bytes."""
    said = [
        {
            "name": table.name,
            "since_1904": table.since_1904,
            "merged": table.merged,
            "lines": [(line.number, line.cells) for line in table.lines],
        }
        for table in tables
    ]
    return zlib.compress(json.dumps(said, ensure_ascii=False).encode(), 6)


def unpack(body: bytes) -> list[Table]:
    """The tables that `pack` was given."""
    return [
        Table(
            one["name"],
            tuple(Line(number, tuple(cells)) for number, cells in one["lines"]),
            tuple((top, left, bottom, right) for top, left, bottom, right in one["merged"]),
            one["since_1904"],
        )
        for one in json.loads(zlib.decompress(body))
    ]


def readable(tables: Sequence[Table], *, on: date) -> list[Table]:
    """Those tables that have people in them, each without private columns. Raises CannotRead when there is none."""
    found: list[Table] = []
    problem = CannotRead("sheet.empty")
    for table in tables:
        try:
            found.append(_stripped(table, on))
        except CannotRead as error:
            problem = error
    if not found:
        raise problem
    return found


def _stripped(table: Table, on: date) -> Table:
    layout = lay_out(table, on=on)
    never = {column.index for column in columns.guess(layout, items=(), on=on) if column.why in NEVER_KEPT}
    people = {line.number for line in layout.lines}
    lines = tuple(
        Line(line.number, tuple("" if at in never else cell for at, cell in enumerate(line.cells)))
        if line.number in people
        else line
        for line in table.lines
    )
    return Table(table.name, lines, table.merged, table.since_1904)
