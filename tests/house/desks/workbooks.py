"""Real spreadsheets made for the tests: by the programs that write Excel, and locked ones patched by hand."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Sequence
from typing import Any

import openpyxl
import xlwt
from openpyxl.worksheet.worksheet import Worksheet

from tests.house.desks.sheets import parcel

Grid = Sequence[Sequence[Any]]


def xlsx(rows: Grid, *, then: Callable[[Worksheet], None] | None = None, since_1904: bool = False) -> bytes:
    """A workbook with values of their own kind; `then` may do more to the sheet."""
    book = openpyxl.Workbook()
    if since_1904:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    if then:
        then(sheet)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def xls(rows: Grid) -> bytes:
    """A workbook of 1997."""
    made = io.BytesIO()
    _old(rows).save(made)
    return made.getvalue()


def locked_xls() -> bytes:
    """A workbook of 1997 with the record that says: ask for the password."""
    raw = _old([["Name"], ["Rosa"]]).get_biff_data()
    first = 4 + struct.unpack("<H", raw[2:4])[0]
    made = io.BytesIO()
    xlwt.CompoundDoc.XlsDoc().save(made, raw[:first] + struct.pack("<HHHHH", 0x2F, 6, 0, 0, 0) + raw[first:])
    return made.getvalue()


def locked_xlsx() -> bytes:
    """As Excel locks a workbook: the parcel is a stream, unreadable, in a container."""
    data = bytearray(xls([["Name"]]))
    name = "EncryptedPackage".encode("utf-16-le")
    at = data.index("Workbook".encode("utf-16-le"))
    data[at : at + len(name)] = name
    data[at + 64 : at + 66] = struct.pack("<H", len(name) + 2)
    return bytes(data)


def locked_ods() -> bytes:
    """As an OpenDocument sheet is locked: its list of parts says how each is encrypted."""
    said = '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>'
    return parcel(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="x">{said}</manifest:manifest>',
            "content.xml": b"\x00\x01\x02",
        }
    )


def _old(rows: Grid) -> xlwt.Workbook:
    book = xlwt.Workbook()
    sheet = book.add_sheet("People")
    day = xlwt.easyxf(num_format_str="m/d/yyyy")
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if hasattr(cell, "isoformat"):
                sheet.write(at, column, cell, day)
            elif cell not in ("", None):
                sheet.write(at, column, cell)
    return book
