"""From files of every kind to tables: what people really have, and what cannot be read."""

from __future__ import annotations

import resource
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skillmark.desks.importers import cells, roster
from skillmark.desks.importers.roster import tables
from tests.house.desks import sheets, workbooks

ROWS = [["Name", "CPR exp"], ["Rosa Núñez", "2026-03-04"], ["Hieu Tran", "12/31/2026"]]
LINES = [(1, ("Name", "CPR exp")), (2, ("Rosa Núñez", "2026-03-04")), (3, ("Hieu Tran", "12/31/2026"))]


def text(between: str = ",", end: str = "\n") -> str:
    return end.join(between.join(row) for row in ROWS)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("people.csv", text().encode()),
        ("people.csv", text(end="\r\n").encode("utf-8-sig")),
        ("people.csv", text(";").encode("cp1252")),
        ("people.tsv", text("\t").encode("utf-16")),
        ("people.txt", text("\t").encode("utf-16-le")),
        ("people.txt", text("\t").encode("utf-16-be")),
        ("PEOPLE", text().encode()),
        ("people.xlsx", workbooks.xlsx(ROWS)),
        ("people.xls", workbooks.xls(ROWS)),
        ("people.ods", sheets.ods(ROWS)),
        ("no ending", workbooks.xlsx(ROWS)),
        ("wrong ending.csv", workbooks.xlsx(ROWS)),
    ],
)
def test_the_same_people_from_any_file(name: str, data: bytes) -> None:
    [table] = roster.read(name, data)
    assert [(line.number, line.cells) for line in table.lines] == LINES


@pytest.mark.parametrize("make", [workbooks.xlsx, workbooks.xls])
def test_days_of_excel_are_read_as_days_and_numbers_as_they_are_seen(make) -> None:
    [table] = roster.read("x.xlsx", make([["Name", "a", "b", "c"], ["Rosa", date(2026, 3, 4), 46085, 5550114]]))
    assert table.lines[1].cells == ("Rosa", "2026-03-04", "46085", "5550114")


def test_a_day_and_its_hour() -> None:
    [table] = roster.read("x.xlsx", workbooks.xlsx([["Name", "a"], ["Rosa", datetime.fromisoformat("2026-03-04 05:06")]]))
    assert table.lines[1].cells[1] == "2026-03-04 05:06:00"


def test_the_year_from_which_excel_counts_is_read() -> None:
    mac = workbooks.xlsx([["Name", "a"], ["Rosa", date(2026, 3, 4)]], since_1904=True)
    [table] = roster.read("x.xlsx", mac)
    assert table.since_1904 is True and table.lines[1].cells[1] == "2026-03-04"
    assert [roster.read(name, data)[0].since_1904 for name, data in (
        ("x.xlsx", workbooks.xlsx(ROWS)), ("x.xls", workbooks.xls(ROWS)), ("x.csv", b"a,b")
    )] == [False, None, None]  # fmt: skip


def test_a_formula_is_never_evaluated() -> None:
    """Excel's own last result is read; where there is none, there is nothing. In a text it is a text."""
    [table] = roster.read("x.xlsx", workbooks.xlsx([["Name", "a"], ["Rosa", "=1+1"], ["Walt", '=HYPERLINK("http://x")']]))
    assert [line.cells[1] for line in table.lines] == ["a", "", ""]
    [table] = roster.read("x.csv", b"Name,a\nRosa,=1+1\n")
    assert table.lines[1].cells[1] == "=1+1"


def test_empty_rows_and_columns_before_do_not_shift_the_numbers() -> None:
    [table] = roster.read("x.xlsx", workbooks.xlsx([[], [], ["", "Name"], [], ["", "Rosa"]]))
    assert [(line.number, line.cells) for line in table.lines] == [(3, ("", "Name")), (5, ("", "Rosa"))]


def test_hidden_sheets_are_not_read_and_empty_ones_not_shown() -> None:
    def hide(sheet) -> None:
        hidden = sheet.parent.create_sheet("Salaries")
        hidden.append(["Name", "Pay"])
        hidden.sheet_state = "hidden"
        sheet.parent.create_sheet("Empty")

    assert len(roster.read("x.xlsx", workbooks.xlsx(ROWS, then=hide))) == 1


def test_cells_with_line_breaks_and_quotes() -> None:
    [table] = roster.read("x.csv", b'Name,"CPR\nexp"\n"Delgado, ""Rosa""",1\n')
    assert [line.cells for line in table.lines] == [("Name", "CPR\nexp"), ('Delgado, "Rosa"', "1")]


def test_cells_from_the_clipboard() -> None:
    [table] = roster.paste("Name\tPhone\r\nBell, Marcus\t555\r\n")
    assert [line.cells for line in table.lines] == [("Name", "Phone"), ("Bell, Marcus", "555")]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("people.pdf", b"%PDF-1.7", "sheet.unknown"),
        ("people.csv", b"%PDF-1.7", "sheet.unknown"),
        ("photo.jpg", b"\xff\xd8\xff\xe0", "sheet.unknown"),
        ("people.xlsx", workbooks.locked_xlsx(), "sheet.locked"),
        ("people.xls", workbooks.locked_xls(), "sheet.locked"),
        ("people.ods", workbooks.locked_ods(), "sheet.locked"),
        ("people.xlsx", b"PK\x03\x04 and no more", "sheet.bad"),
        ("people.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "sheet.bad"),
        ("people.xlsx", workbooks.xlsx(ROWS)[:-200], "sheet.bad"),
        ("people.zip", sheets.parcel({"a.txt": b"x"}), "sheet.bad"),
        ("empty.csv", b"", "sheet.empty"),
        ("empty.csv", b"\n,,\n \n", "sheet.empty"),
        ("empty.xlsx", workbooks.xlsx([[]]), "sheet.empty"),
    ],
)
def test_what_cannot_be_read_says_why(name: str, data: bytes, code: str) -> None:
    with pytest.raises(roster.CannotRead) as caught:
        roster.read(name, data)
    assert caught.value.code == code


def test_too_many_rows_are_counted() -> None:
    rows = "Name,Phone\n" + "\n".join(f"Person {at},1" for at in range(61_000))
    with pytest.raises(roster.CannotRead) as caught:
        roster.read("x.csv", rows.encode())
    assert caught.value.code == "sheet.too_long" and caught.value.facts == {"rows": "61,001", "most": "50,000"}
    just = "Name\n" + "\n".join(f"Person {at}" for at in range(50_000))
    assert len(roster.read("x.csv", just.encode())[0].lines) == 50_001


def test_too_many_rows_of_a_spreadsheet() -> None:
    with pytest.raises(roster.CannotRead) as caught:
        roster.read("x.xlsx", sheets.xlsx([["Name"], *([f"P{at}"] for at in range(50_500))]))
    assert caught.value.facts == {"rows": "50,501", "most": "50,000"}


def test_a_cell_that_is_a_novel_is_cut() -> None:
    [table] = roster.read("x.csv", ("Name,Note\nRosa," + "x" * 100_000).encode())
    assert len(table.lines[1].cells[1]) == tables.LONGEST


@given(st.binary(max_size=400), st.sampled_from(["x.csv", "x.tsv", "x.txt", "x"]))
@settings(max_examples=150, deadline=None)
def test_no_bytes_break_it(data: bytes, name: str) -> None:
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return
    try:
        found = roster.read(name, data)
    except roster.CannotRead as error:
        assert error.code in {"sheet.empty", "sheet.unknown"}
    else:
        assert found[0].lines and all(any(line.cells) for line in found[0].lines)


def test_the_vocabulary_is_written_as_it_is_compared() -> None:
    """A word with a capital or an accent would never be found."""
    from skillmark.desks.importers.roster import plain, words

    assert [word for word in words.HEADINGS if plain.plain(word) != word] == []
    assert [name for names in words.SAME for name in names if plain.plain(name) != name] == []
    assert Path(plain.__file__).with_name("vocabulary.toml").exists()


def test_a_system_that_takes_no_limit_of_memory_reads_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """As macOS, where the call is refused; the time is limited all the same."""
    taken: list[int] = []

    def set_to(what: int, _limits: tuple[int, int]) -> None:
        if what == resource.RLIMIT_AS:
            raise ValueError("current limit exceeds maximum limit")
        taken.append(what)

    monkeypatch.setattr(resource, "setrlimit", set_to)
    cells.limit()
    assert taken == [resource.RLIMIT_CPU]
