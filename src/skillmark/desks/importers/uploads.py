"""From uploaded files to rows to check: several files, ZIP files, spreadsheets and texts with links, in any mixture."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import PurePath
from typing import Final

from credcore.containers import archive
from credcore.containers.found import Found
from credcore.errors import MalformedError
from skillmark.desks.importers import links, sheets, texts

Row = tuple[str, str, bytes]
"""(name, kind, body): kind `file`, `link` (body is the address) or `problem` (body is the code of the reason)."""

MOST: Final = 10_001
"""One more than a batch takes, so that too many are noticed and not cut off."""


def rows_from_upload(files: Iterable[tuple[str, bytes]]) -> list[Row]:
    """A row for each file, for each file in a ZIP, and for each link in a spreadsheet or a text; at most 10,001 rows.

    A ZIP is read within the limits of `credcore.containers.archive`: 200 files and 50 MB unpacked, 10 MB each, one ZIP
    within another; for more, hand over several. A text without any link in it is a file to check like any other. What
    cannot be read is a row of kind `problem`; the others go on. Nothing is checked here.
    """
    rows = (row for name, data in files for row in _rows(name, data))
    return list(islice(rows, MOST))


def _rows(name: str, data: bytes) -> list[Row]:
    name, ending = archive.clean_name(name), PurePath(name).suffix.lower()
    if ending in sheets.ENDINGS:
        try:
            return _linked(name, links.table(_sheets(data, ending)))
        except MalformedError as error:
            return [(name, "problem", error.code.encode())]
    if ending in texts.ENDINGS:
        table = links.parse(data)
        return _linked(name, table) if links.has_link(table) else [(name, "file", data)]
    if data.startswith(b"PK\x03\x04"):
        return _parcel(name, data)
    return [(name, "file", data)]


def _sheets(data: bytes, ending: str) -> list[sheets.Sheet]:
    return sheets.read(data, ending=ending, rows=links.MOST_ROWS, columns=links.MOST_COLUMNS, longest=links.LONGEST)


def _linked(name: str, table: links.Table) -> list[Row]:
    """The links of a table; a table without one is a problem, since somebody meant it as a list."""
    found = links.rows(table)
    if not found:
        return [(name, "problem", b"rows.no_link")]
    return [
        (f"{name}, {one.number}: {one.label}"[:200], "link", one.url.encode())
        if one.url
        else (f"{name}, {one.number}: {one.label}"[:200], "problem", b"rows.no_link")
        for one in found
    ]


def _parcel(name: str, data: bytes) -> list[Row]:
    budget = archive.Budget()

    def inside(body: bytes, inner: str) -> tuple[Found, ...]:
        if body.startswith(b"PK\x03\x04"):
            return archive.read(body, inside=inside, budget=budget)
        return (Found(body, "zip", inner, "file"),)

    try:
        found = archive.read(data, inside=inside, budget=budget)
    except MalformedError as error:
        return [(name, "problem", error.code.encode())]
    return [(f"{name}/{one.name}"[-200:], "problem" if one.kind == "problem" else "file", one.body) for one in found]
