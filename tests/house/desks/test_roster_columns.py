"""Where the headings are and what the columns mean: known words, what stands in them, and what is left to the person."""

from __future__ import annotations

from datetime import date

import pytest

from skillmark.desks.importers import roster
from skillmark.desks.importers.roster import CannotRead, KnownItem, columns, payroll, words
from tests.house.desks import sheets, workbooks

ON = date(2026, 5, 4)
ITEMS = [
    KnownItem("lift", ("Forklift evaluation", "Evaluación de montacargas")),
    KnownItem("aid", ("First aid", "Primeros auxilios")),
    KnownItem("cpr", ("CPR",)),
    KnownItem("o10", ("OSHA 10-hour",)),
    KnownItem("food", ("Food handler card",), ("hndlr",)),
]


def laid(text: str) -> roster.Layout:
    return roster.lay_out(roster.paste(text)[0], on=ON)


def guessed(text: str, *, remembered: dict[str, str] | None = None) -> dict[str, tuple[str, str, str]]:
    found = columns.guess(laid(text), items=ITEMS, on=ON, remembered=remembered)
    return {one.heading: (one.target.key, str(one.sure), one.why) for one in found}


def one(heading: str, *values: str) -> tuple[str, str, str]:
    """A column beside one of names."""
    rows = "\n".join(f"Ana Diaz{at}\t{value}" for at, value in enumerate(values))
    return guessed(f"Name\t{heading}\n{rows}")[heading]


@pytest.mark.parametrize(
    ("heading", "value", "key"),
    [
        ("Phone", "555-555-0114", "phone"), ("cell #", "(555) 555-0114", "phone"), ("Teléfono", "555 555 0114", "phone"),
        ("E-mail", "a@b.example", "email"), ("Correo electrónico", "a@b.example", "email"), ("Emp #", "17", "employee_number"),
        ("Job", "Welder", "position"), ("Puesto", "Soldador", "position"), ("Jobsite", "North", "site"),
        ("Turno", "Noche", "shift"),
        ("Hire Date", "1/30/2020", "hired"), ("Fecha de ingreso", "1/30/2020", "hired"), ("Term Date", "1/30/2020", "left"),
        ("Idioma", "Español", "language"), ("HireDate", "1/30/2020", "hired"), ("Employee Phone", "5555550114", "phone"),
        ("CPR exp", "1/30/2027", "expires:cpr"), ("RCP vence", "1/30/2027", "expires:cpr"),
        ("fork lift expires", "1/30/2027", "expires:lift"),
        ("Forklift Eval. Date", "1/30/2025", "obtained:lift"), ("1a ayuda vencimiento", "1/30/2027", "expires:aid"),
        ("1st Aid Exp.", "1/30/2027", "expires:aid"), ("OSHA10 date completed", "1/30/2024", "obtained:o10"),
        ("OSHA-10 card #", "77-1234", "number:o10"), ("Food handlers exp date", "1/30/2027", "expires:food"),
        ("hndlr expires", "1/30/2027", "expires:food"), ("Montacargas", "x", "level:lift"),
    ],
)  # fmt: skip
def test_headings_that_are_known(heading: str, value: str, key: str) -> None:
    assert one(heading, value)[:2] == (key, "matched")


@pytest.mark.parametrize(
    ("heading", "values", "expected"),
    [
        ("Phne Number", ["5555550114"], ("phone", "look", "similar")),
        ("CPR", ["1/30/2027"], ("expires:cpr", "look", "which_day")),
        ("CPR", ["1/30/2020", "2/28/2021"], ("obtained:cpr", "look", "which_day")),
        ("CPR", ["1/30/2020", "lifetime"], ("expires:cpr", "look", "which_day")),
        ("Lathe safety exp", ["1/30/2027"], ("expires:+Lathe safety", "look", "new_item")),
        ("osha 30 exp", ["1/30/2027"], ("expires:+Osha 30", "look", "new_item")),
        ("Lathe", ["x", "", "3"], ("level:+Lathe", "look", "new_item")),
        ("xyz", ["a@b.example"], ("email", "look", "values")),
        ("xyz", ["(555) 555-0114"], ("phone", "look", "values")),
        ("Hire Date", ["soon", "yes"], ("hired", "look", "values_differ")),
        ("expires", ["1/30/2027"], ("leave_out", "look", "which_item")),
        ("notes 2", ["ask Ray"], ("leave_out", "left_out", "unknown")),
        ("SSN", ["123-45-6789"], ("leave_out", "left_out", "private")),
        ("code", ["123-45-6789"], ("leave_out", "left_out", "private")),
        ("Date of Birth", ["1/30/1990"], ("leave_out", "left_out", "private")),
        ("Pay rate", ["21.50"], ("leave_out", "left_out", "private")),
        ("TB test exp", ["1/30/2027"], ("leave_out", "left_out", "health")),
        ("#", ["1", "2", "3"], ("leave_out", "left_out", "counter")),
        ("Empty", ["", ""], ("leave_out", "left_out", "empty")),
    ],
)
def test_headings_that_need_a_look(heading: str, values: list[str], expected: tuple[str, str, str]) -> None:
    assert one(heading, *values) == expected


def test_names_in_one_two_and_three_columns() -> None:
    assert guessed("Emp Name\tx\nRosa D\t1")["Emp Name"][0] == "name"
    assert [key for key, _, _ in guessed("First\tMI\tLast\nRosa\tM\tD").values()] == ["given", "middle", "family"]
    assert [key for key, _, _ in guessed("Nombre\tApellido paterno\tApellido materno\nRosa\tD\tR").values()] == [
        "given", "family", "family2",
    ]  # fmt: skip
    assert guessed("Nombre\tTel\nRosa Delgado\t5555550114")["Nombre"] == ("name", "look", "part_of_name")
    assert guessed("Name\tLast Name\nRosa\tDelgado")["Name"] == ("given", "look", "part_of_name")
    both = guessed("Payroll Name\tFirst Name\tLast Name\nDelgado, Rosa\tRosa\tDelgado")
    assert both["Payroll Name"][0] == "leave_out" and both["First Name"][0] == "given"


def test_two_columns_for_one_field_keep_the_first() -> None:
    found = guessed("Name\tCell\tHome phone\nRosa\t5555550114\t5555550115")
    assert found["Cell"][0] == "phone" and found["Home phone"] == ("leave_out", "look", "taken")


def test_titles_totals_notes_and_headings_again_are_no_people() -> None:
    layout = laid(
        "Staff list 2026\n\nName\tPhone\nRosa D\t5555550114\nName\tPhone\nAna D\t5555550115\nTotal: 2\n* = seasonal\n"
    )
    assert [(line.number, line.cells[0]) for line in layout.lines] == [(4, "Rosa D"), (6, "Ana D")]
    assert [(out.number, out.why) for out in layout.left_out] == [(1, "title"), (5, "heading"), (7, "total"), (8, "note")]


MERGED = [["Name", "CPR", "", "Forklift", ""], ["", "obtained", "expires", "obtained", "expires"]]
ROW = ["Rosa D", "2025-01-02", "2027-01-02", "2024-01-02", "2027-01-03"]


def merge(sheet) -> None:
    sheet.merge_cells("B1:C1")
    sheet.merge_cells("D1:E1")
    sheet.merge_cells("A1:A2")


@pytest.mark.parametrize(
    "data", [workbooks.xlsx([*MERGED, ROW], then=merge), workbooks.xlsx([*MERGED, ROW]), sheets.ods([*MERGED, ROW]),
             "\n".join(";".join(row) for row in [*MERGED, ROW]).encode()],
)  # fmt: skip
def test_two_rows_of_headings_merged_or_not(data: bytes) -> None:
    layout = roster.lay_out(roster.read("x.csv", data)[0], on=ON)
    assert layout.headings == ("Name", "CPR obtained", "CPR expires", "Forklift obtained", "Forklift expires")
    found = columns.guess(layout, items=ITEMS, on=ON)
    assert [column.target.key for column in found] == ["name", "obtained:cpr", "expires:cpr", "obtained:lift", "expires:lift"]


def test_a_column_that_says_only_expires_goes_with_the_one_before() -> None:
    found = guessed("Name\tCPR\tExpires\nRosa D\t1/30/2025\t1/30/2027")
    assert found["CPR"][0] == "obtained:cpr" and found["Expires"] == ("expires:cpr", "look", "left_neighbour")


def test_one_card_a_row() -> None:
    found = guessed("Employee\tCertification\tIssue Date\tExp Date\tCard #\nRosa D\tCPR\t1/30/2025\t1/30/2027\t7")
    assert [key for key, _, _ in found.values()] == ["name", "item", "obtained:*", "expires:*", "number:*"]


def test_without_headings_nothing_is_taken_for_granted() -> None:
    layout = laid("Rosa Delgado\t5555550114\trosa@a.example\nHieu Tran\t5555550115\thieu@a.example")
    found = columns.guess(layout, items=ITEMS, on=ON)
    assert not layout.found and len(layout.lines) == 2
    assert [(column.target.key, str(column.sure)) for column in found] == [
        ("name", "look"),
        ("phone", "look"),
        ("email", "look"),
    ]


@pytest.mark.parametrize(
    ("text", "code"), [("Name\tPhone\n", "sheet.only_headings"), ("Name\tPhone\nTotal\t2", "sheet.only_headings")]
)
def test_headings_but_no_rows(text: str, code: str) -> None:
    with pytest.raises(CannotRead) as caught:
        laid(text)
    assert caught.value.code == code


def test_what_was_decided_last_time_is_remembered_while_the_item_is_there() -> None:
    text = "Name\tLine 4\nRosa D\t1/30/2027"
    assert guessed(text, remembered={"line 4": "expires:lift"})["Line 4"] == ("expires:lift", "matched", "remembered")
    assert guessed(text, remembered={"line 4": "expires:gone"})["Line 4"][2] != "remembered"
    assert guessed(text, remembered={"line 4": "nonsense"})["Line 4"][2] != "remembered"
    kinds = {roster.kind_of_sheet(heads) for heads in (["Name", "CPR exp"], ["cpr_EXP", "NAME"])}
    assert len(kinds) == 1 and roster.kind_of_sheet(["Name"]) not in kinds


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("OSHA 10", "OSHA 30", False), ("CPR", "First aid", False), ("First aid", "First aid/CPR", False),
        ("fork lift", "Forklift", True),
        ("Food Hndlr Card", "food handlers", True), ("Driver's license exp", "DL", True), ("LOTO", "lockout/tagout", True),
        ("Crane", "Grane", False), ("1a ayuda", "1st aid", True),
    ],
)  # fmt: skip
def test_what_is_one_thing_and_what_is_not(one: str, other: str, same: bool) -> None:
    assert (words.likeness(one, other) >= 95) is same


def test_every_payroll_map_is_recognised_and_documented() -> None:
    page = (payroll.__file__ and __import__("pathlib").Path("docs/reference/payroll-columns.md")).read_text()
    for one_map in payroll.MAPS:
        assert payroll.recognise([*one_map.signs, "something else"]) is one_map
        assert one_map.signs <= set(one_map.columns) | one_map.signs and one_map.program in page
        assert all(f"`{heading}`" in page for heading in one_map.columns), one_map.program
    assert payroll.recognise(["name", "phone"]) is None


def test_a_payroll_list_is_matched_by_its_map() -> None:
    found = guessed(
        "Payroll Name\tPosition ID\tFile Number\tHire Date\tJob Title Description\nDelgado, Rosa\tAB1\t12\t1/30/2020\tWelder"
    )
    assert [(key, why) for key, _, why in found.values()] == [
        ("name", "payroll"), ("employee_number", "payroll"), ("leave_out", "payroll"), ("hired", "payroll"), ("position",
        "payroll"),
    ]  # fmt: skip
