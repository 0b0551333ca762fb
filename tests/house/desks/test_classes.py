"""A class read from what teachers have: a spreadsheet, a CSV, names pasted one a line. And the paper that they hand out."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pypdf
import pytest

from skillmark.desks import classes
from skillmark.desks.importers.roster import CannotRead
from skillmark.rooms.credentials.operations import Slip
from tests.house.desks.sheets import ods, xlsx

ON = date(2026, 5, 4)
TABLE = [
    ["Student name", "E-mail", "Phone", "Language", "Skill level", "Date"],
    ["Ruiz, Ana", "ana@x.example", "+1 555 010 0001", "Spanish", "3", "4/28/2026"],
    ["Ben Okafor", "", "", "", "2 With help", "5/1/2026"],
]


def text(rows: list[list[str]], between: str = ",") -> bytes:
    return "\n".join(between.join(f'"{cell}"' for cell in row) for row in rows).encode()


def names(found: classes.ClassList) -> list[str]:
    return [one.name for one in found.rows]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("c.csv", text(TABLE)), ("c.csv", text(TABLE, ";")), ("c.tsv", text(TABLE, "\t")), ("c.xlsx", xlsx(TABLE)),
        ("c.ods", ods(TABLE)),
    ],
)  # fmt: skip
def test_a_class_in_every_kind_of_file(name: str, data: bytes) -> None:
    found = classes.from_file(name, data, on=ON, order="mdy")
    ana, ben = found.rows
    assert (ana.name, ana.email, ana.phone, ana.language) == ("Ana Ruiz", "ana@x.example", "+1 555 010 0001", "es")
    assert (ana.level, ana.observed_on, ana.line) == (3, date(2026, 4, 28), 2)
    assert (ben.name, ben.level, ben.observed_on, ben.language) == ("Ben Okafor", 2, date(2026, 5, 1), "")
    assert {"level", "observed_on", "name", "email"} <= set(found.columns)


def test_names_alone() -> None:
    assert names(classes.from_text("Ana\nBen Okafor\n\nCy\n", on=ON, order="mdy")) == ["Ana", "Ben Okafor", "Cy"]
    assert names(classes.from_text("Name\nAna\nBen\n", on=ON, order="mdy")) == ["Ana", "Ben"]
    first_last = classes.from_text("First\tLast\nAna\tRuiz\nBen\tOkafor", on=ON, order="mdy")
    assert names(first_last) == ["Ana Ruiz", "Ben Okafor"]


def test_what_cannot_be_read_is_kept_as_it_stands() -> None:
    data = text([["name", "level", "date seen"], ["Ana", "brilliant", "31 Feb 2026"], ["Ben", "9", "May 2026"], ["", "1", ""]])
    ana, ben, nobody = classes.from_file("c.csv", data, on=ON, order="mdy").rows
    assert ana.said == {"level": "brilliant", "observed_on": "31 Feb 2026"} and ana.level is None
    assert ben.said == {"level": "9", "observed_on": "May 2026"}
    assert nobody.name == "" and nobody.level == 1


@pytest.mark.parametrize(("order", "day"), [("mdy", date(2026, 3, 4)), ("dmy", date(2026, 4, 3))])
def test_a_day_that_can_be_read_in_two_ways_is_read_as_the_firm_writes(order: str, day: date) -> None:
    found = classes.from_text("name\tdate\nAna\t3/4/2026\nBen\t5/4/2026", on=ON, order=order)
    assert found.rows[0].observed_on == day


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("c.csv", b"", "sheet.empty"), ("c.csv", b"level,points\n3,4\n", "sheet.no_name"), ("c.exe", b"MZ", "sheet.unknown"),
        ("c.csv", b"name,level\n", "sheet.only_headings"), ("c.xlsx", b"PK\x03\x04broken", "sheet.bad"),
    ],
)  # fmt: skip
def test_what_is_no_class(name: str, data: bytes, code: str) -> None:
    with pytest.raises(CannotRead, match=code):
        classes.from_file(name, data, on=ON, order="mdy")


def test_the_key_is_of_the_people_and_the_kind() -> None:
    kind, other = uuid4(), uuid4()
    one = classes.from_text("name\nAna\nBen", on=ON, order="mdy").rows
    moved = classes.from_text("name\n\nAna\n\nBen", on=ON, order="mdy").rows
    more = classes.from_text("name\nAna\nBen\nCy", on=ON, order="mdy").rows
    key = classes.request_key(template_id=kind, rows=one)
    assert key == classes.request_key(template_id=kind, rows=moved) and len(key) <= 80
    assert len({key, classes.request_key(template_id=other, rows=one), classes.request_key(template_id=kind, rows=more)}) == 3


def test_slips_and_pins_are_on_different_sheets() -> None:
    def slip(number: int, **more: Any) -> Slip:
        return Slip(number, f"Ana{number} Ruiz", "Tool change", more.get("language", "en"), f"ABCD-EF{number:02}",
                    f"{100000 + number}", datetime(2026, 6, 3, tzinfo=UTC))  # fmt: skip

    slips = [slip(number, language="es" if number % 2 else "en") for number in range(10, 40)]
    body = classes.slips_pdf(
        slips=slips, giver="Northgate Weld School", language="en", link=lambda code: f"https://x.example/k/{code}",
        typed="x.example/k", title="May class",
    )  # fmt: skip
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(body)).pages]
    first_pin = next(at for at, page in enumerate(pages) if "PINs for May class" in page)
    assert first_pin >= 8 and all(slip.pin not in page for page in pages[:first_pin] for slip in slips)
    assert all(any(slip.code in page for page in pages[:first_pin]) for slip in slips)
    assert all(any(slip.pin in page for page in pages[first_pin:]) for slip in slips)
    assert "Ana11, usted tiene" in pages[0] or "Ana11" in pages[0]
