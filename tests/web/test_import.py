"""Bringing in a list on the pages: four screens, every doubt asked, bad rows back, undone, and nothing for the outsider."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from skillmark.desks.importers import roster
from skillmark.rooms.holdings import queries as holdings
from skillmark.rooms.imports import queries
from skillmark.rooms.imports.models import Import
from skillmark.rooms.people import queries as people
from skillmark.rooms.skills import queries as skills
from tests.cast import NOW, Firm
from tests.house.desks import workbooks

MESSY = [
    ["Tallgrass staff 2026 FINAL (2)"],
    [],
    ["Emp Name", "CPR exp", "fork lift trained on", "Job", "cell #", "notes 2", "SSN"],
    ["Bell, Marcus", "03/04/2027", "5/1/25", "Materials", "555-555-0114", "ask Ray", "123-45-6789"],
    ["Delgado, Rosa", "11/12/2026", "–", "CNC op", "555 555 0132", "", "123-45-6780"],
    ["", "", "", "", "", "", ""],
    ["Tran, Hieu", "n/a", "9/10/25", "CNC setup", "(555) 555 0178", "back in June", ""],
    ["Kowalski, Lena", "31 Feb", "", "Quality", "", "", ""],
    ["D. Tran", "", "", "", "555-555-0178", "", ""],
    ["Total: 5"],
]


@pytest.fixture
def owner(client: Client, firm: Firm) -> Client:
    client.force_login(firm.owner_user)
    return client


def hand_over(owner: Client, data: bytes, name: str = "Staff list 2026 FINAL (2).xlsx") -> Any:
    return owner.post("/import", {"file": SimpleUploadedFile(name, data)}, follow=True)


def fields(text: str) -> dict[str, str]:
    """What a browser would send: the chosen option of each select, the marked radio, the text of each input."""
    found = {}
    for name, body in re.findall(r'<select id="[^"]+" name="([^"]+)"[^>]*>(.*?)</select>', text, flags=re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', body)
        found[name] = chosen[1].replace("&#x27;", "'") if chosen else ""
    for name, value in re.findall(r'<input type="radio" name="([^"]+)" value="([^"]+)" checked', text):
        found[name] = value
    for name, value in re.findall(r'<input type="text" id="[^"]+" name="([^"]+)" value="([^"]*)"', text):
        found[name] = value
    return found


def text(answer: Any) -> str:
    return answer.content.decode()


def test_from_a_messy_list_to_people_in_four_screens(owner: Client, firm: Firm) -> None:
    assert owner.get("/import").status_code == 200
    data = workbooks.xlsx(MESSY)
    columns = hand_over(owner, data)
    said = text(columns)
    assert "We matched your columns" in said and "Your sheet says 03/04/2027" in said and "March 4, 2027" in said
    assert "3 April 2027" in said and "Private: never kept" in said and "123-45" not in said
    address = columns.redirect_chain[-1][0]
    look = owner.post(address, fields(said), follow=True)
    said = text(look)
    assert "Look before you save" in said and "2 rows need a look" in said
    assert "“31 Feb” isn’t a date." in said and "Same phone as Hieu Tran in row 7." in said and "Save 3 people" in said
    mended = fields(said) | {"m8:1": "2/28/2027", "r9": "row:7", "save": "yes"}
    done = owner.post(look.redirect_chain[-1][0], mended, follow=True)
    said = text(done)
    assert "Saved." in said and "Undo this import" in said
    assert {one.name for one in people.people(actor=firm.owner)} == {
        "Marcus Bell", "Rosa Delgado", "Hieu Tran", "Lena Kowalski",
    }  # fmt: skip
    assert {str(one) for one in skills.items(actor=firm.owner)} == {"CPR", "Fork lift"}
    again = hand_over(owner, data)
    assert "You brought in this very file" in text(again)


def test_bad_rows_come_back_as_excel_and_go_in_once_mended(owner: Client, firm: Firm) -> None:
    columns = hand_over(owner, workbooks.xlsx(MESSY))
    address = columns.redirect_chain[-1][0]
    look = owner.post(address, fields(text(columns)), follow=True)
    owner.post(look.redirect_chain[-1][0], fields(text(look)) | {"save": "yes"}, follow=True)
    assert len(people.people(actor=firm.owner)) == 3
    answer = owner.get(f"{address}/to-fix.xlsx")
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    [table] = roster.read("to-fix.xlsx", answer.content)
    assert table.lines[0].cells[0] == "Emp Name" and table.lines[0].cells[-1] == "What to fix"
    assert [line.cells[-1] for line in table.lines[1:]] == ["“31 Feb” isn’t a date.", "Same phone as Hieu Tran."]
    rows = [list(line.cells) for line in table.lines[:2]]
    rows[1][1] = "2027-02-28"
    columns = hand_over(owner, workbooks.xlsx(rows), "to-fix.xlsx")
    look = owner.post(columns.redirect_chain[-1][0], fields(text(columns)), follow=True)
    owner.post(look.redirect_chain[-1][0], fields(text(look)) | {"save": "yes"}, follow=True)
    assert "Lena Kowalski" in {one.name for one in people.people(actor=firm.owner)}


def test_a_mend_that_does_not_help_is_not_saved_over(owner: Client, firm: Firm) -> None:
    columns = hand_over(owner, workbooks.xlsx(MESSY))
    look = owner.post(columns.redirect_chain[-1][0], fields(text(columns)), follow=True)
    again = owner.post(look.redirect_chain[-1][0], fields(text(look)) | {"m8:1": "30 Feb", "save": "yes"}, follow=True)
    assert "“30 Feb” isn’t a date." in text(again) and len(people.people(actor=firm.owner)) == 1
    looked = owner.post(look.redirect_chain[-1][0], fields(text(again)) | {"m8:1": "", "again": "yes"}, follow=True)
    assert "1 row needs a look" in text(looked) and "Save 4 people" in text(looked)


def test_add_only_leaves_people_as_they_are(owner: Client, firm: Firm) -> None:
    columns = owner.post("/import", {"cells": "Name\tPhone\nRosa Delgado\t5555550132\nAna Diaz\t5555550133"}, follow=True)
    look = owner.post(columns.redirect_chain[-1][0], fields(text(columns)), follow=True)
    assert "Save 2 people" in text(look) and "Phone: 5555550132" in text(look)
    owner.post(look.redirect_chain[-1][0], fields(text(look)) | {"update": "no", "save": "yes"}, follow=True)
    phones = {one.name: one.phone for one in people.people(actor=firm.owner)}
    assert phones == {"Rosa Delgado": "", "Ana Diaz": "5555550133"}


def test_undo_and_what_cannot_be_undone(owner: Client, firm: Firm) -> None:
    columns = owner.post("/import", {"cells": "Name\tPhone\nAna Diaz\t5555550133"}, follow=True)
    address = columns.redirect_chain[-1][0]
    look = owner.post(address, fields(text(columns)), follow=True)
    owner.post(look.redirect_chain[-1][0], fields(text(look)) | {"save": "yes"})
    said = text(owner.post(f"{address}/undo", follow=True))
    assert "Everything is as it was before." in said and len(people.people(actor=firm.owner)) == 1
    twice = owner.post(f"{address}/undo")
    assert twice.status_code == 409 and "saved or thrown away already" in text(twice)
    assert "Undone" in text(owner.get("/import"))


def test_a_list_that_stopped_midway_says_so_and_goes_on(owner: Client, firm: Firm, monkeypatch: pytest.MonkeyPatch) -> None:
    from skillmark.edges.web.views import imports

    rows = "\n".join(f"Worker {chr(97 + at // 26)}{chr(97 + at % 26)}\t5555{at:06}" for at in range(120))
    columns = owner.post("/import", {"cells": f"Name\tPhone\n{rows}"}, follow=True)
    address = columns.redirect_chain[-1][0]
    look = owner.post(address, fields(text(columns)), follow=True)
    monkeypatch.setattr(imports, "SECONDS", -1.0)
    stopped = text(owner.post(look.redirect_chain[-1][0], fields(text(look)) | {"save": "yes"}, follow=True))
    assert "Nothing half-saved" in stopped and "51 of 121" in stopped and len(people.people(actor=firm.owner)) == 51
    assert "Stopped at row 51 of 121" in text(owner.get("/import"))
    monkeypatch.setattr(imports, "SECONDS", 20.0)
    assert "Saved." in text(owner.post(f"{address}/go-on", follow=True))
    assert len(people.people(actor=firm.owner)) == 121


def test_a_matrix_of_skills_asks_what_a_mark_means(owner: Client, firm: Firm) -> None:
    cells = "Operator\tLathe\tMill\tGrinder\nAna Diaz\tx\t2\t\nHieu Tran\tx\t\t4"
    columns = owner.post("/import", {"cells": cells}, follow=True)
    assert "Your sheet marks with “x”" in text(columns)
    look = owner.post(columns.redirect_chain[-1][0], fields(text(columns)) | {"mark": "3"}, follow=True)
    owner.post(look.redirect_chain[-1][0], fields(text(look)) | {"save": "yes"})
    [ana] = people.people(actor=firm.owner, search="Ana")
    held = holdings.holdings_of(actor=firm.owner, person_id=ana.id)
    assert {str(one.item): one.level for one in held} == {"Lathe": 3, "Mill": 2}
    assert all(one.leveled and one.kind == "skill" for one in skills.items(actor=firm.owner))


def test_another_sheet_of_the_workbook_can_be_chosen(owner: Client, firm: Firm) -> None:
    def second(sheet) -> None:
        more = sheet.parent.create_sheet("Office")
        for row in (["Name", "Phone"], ["Ana Diaz", "5555550133"]):
            more.append(row)

    columns = hand_over(owner, workbooks.xlsx(MESSY, then=second))
    assert "Which sheet?" in text(columns) and "Emp Name" in text(columns)
    other = owner.post(columns.redirect_chain[-1][0], fields(text(columns)) | {"sheet": "1"}, follow=True)
    assert "Emp Name" not in text(other) and "5555550133" in text(other)


def test_the_sample_sheet(owner: Client, firm: Firm) -> None:
    columns = owner.post("/import", {"sample": "yes"}, follow=True)
    look = owner.post(columns.redirect_chain[-1][0], fields(text(columns)), follow=True)
    assert "1 row needs a look" in text(look) and "Save 4 people" in text(look)
    thrown = owner.post(f"{columns.redirect_chain[-1][0]}/forget", follow=True)
    assert "Nothing was saved" in text(thrown) and queries.imports(actor=firm.owner) == []


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("x.xlsx", workbooks.locked_xlsx(), "locked with a password"),
        ("x.csv", b"Name,Phone\n", "We found headings but no rows."),
        ("x.csv", b"", "There is nothing in this list."),
        ("x.pdf", b"%PDF-1.7", "This isn’t a spreadsheet."),
        ("x.csv", b"Name\n" + b"Ana\n" * 61_000, "That’s 61,001 rows; we take 50,000 at a time."),
    ],
)
def test_what_cannot_be_read_says_why_beside_the_field(owner: Client, name: str, data: bytes, says: str) -> None:
    answer = hand_over(owner, data, name)
    assert answer.status_code == 400 and says in text(answer) and 'href="#id_file"' in text(answer)
    assert not Import.objects.exists()


def test_nothing_chosen(owner: Client) -> None:
    answer = owner.post("/import", {"cells": "  \n"})
    assert answer.status_code == 400 and "Choose a file, or paste cells." in text(answer)


def test_without_a_name_column_it_stays_on_the_columns(owner: Client) -> None:
    columns = owner.post("/import", {"cells": "CPR exp\tPhone\n11/30/2026\t5555550133"}, follow=True)
    assert "We need at least a name column." in text(columns)
    address = columns.redirect_chain[-1][0]
    assert owner.get(f"{address}/look").status_code == 302
    assert owner.post(address, fields(text(columns))).headers["Location"] == address


def test_bad_answers_change_nothing(owner: Client) -> None:
    columns = owner.post("/import", {"cells": "Name\tPhone\nAna Diaz\t5555550133"}, follow=True)
    address = columns.redirect_chain[-1][0]
    nonsense = {
        "c0": "boss",
        "c1": "expires:",
        "c99999999": "name",
        "sheet": "77",
        "date_order": "xyz",
        "mark": "9",
        "n0": "all",
    }
    look = owner.post(address, nonsense, follow=True)
    assert "Save 1 person" in text(look)
    odd = {"m2:999": "x", "mx:y": "z", "r2": "person:00000000-0000-0000-0000-000000000000", "update": "maybe", "again": "yes"}
    assert owner.post(f"{address}/look", odd).status_code == 302
    assert owner.get(f"{address}/look").status_code == 200


def test_the_outsider_and_a_worker_get_nothing(owner: Client, firm: Firm, other_firm: Firm, client: Client) -> None:
    columns = owner.post("/import", {"cells": "Name\tPhone\nAna Diaz\t5555550133"}, follow=True)
    address = columns.redirect_chain[-1][0]
    client.force_login(other_firm.owner_user)
    for path in ("", "/look", "/to-fix.xlsx"):
        assert client.get(address + path).status_code == 404
    for path in ("", "/look", "/go-on", "/undo", "/forget"):
        assert client.post(address + path, {"save": "yes"}).status_code == 404
    assert b"Pasted cells" not in client.get("/import").content
    client.logout()
    assert client.get("/import").status_code == 302


def test_a_supervisor_is_told_that_only_the_owner_adds_cards(client: Client, firm: Firm) -> None:
    client.force_login(firm.supervisor_user)
    columns = client.post("/import", {"cells": "Name\tCPR exp\nAna Diaz\t11/30/2026"}, follow=True)
    assert "Only the owner can add new cards." in text(columns)
    look = client.post(columns.redirect_chain[-1][0], fields(text(columns)), follow=True)
    refused = client.post(look.redirect_chain[-1][0], fields(text(look)) | {"save": "yes"}, follow=True)
    assert "Only the owner can add them." in text(refused) and len(people.people(actor=firm.owner)) == 1


def test_after_thirty_days_there_is_no_undo(owner: Client, firm: Firm) -> None:
    columns = owner.post("/import", {"cells": "Name\tPhone\nAna Diaz\t5555550133"}, follow=True)
    address = columns.redirect_chain[-1][0]
    owner.post(f"{address}/look", {"save": "yes"})
    Import.objects.update(saved_at=NOW - timedelta(days=400))
    assert "Undo this import" not in text(owner.get(address))
    assert owner.post(f"{address}/undo").status_code == 409


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_export_comes_back_without_a_change_and_no_cell_is_a_formula(
    owner: Client, firm: Firm, ending: str, language: str
) -> None:
    heads = "Name\tPhone\tEmail\tPosition\tSite\tHire date\tEmp #"
    cells = f"{heads}\n=1+1 Ana\t+1 555 555 0133\tana@a.example\tWelder\tYard\t1/30/2020\t7"
    columns = owner.post("/import", {"cells": cells}, follow=True)
    owner.post(f"{columns.redirect_chain[-1][0]}/look", {"save": "yes"})
    owner.cookies["django_language"] = language
    answer = owner.get(f"/people/list.{ending}")
    assert answer.status_code == 200 and f".{ending}" in answer["Content-Disposition"]
    if ending == "csv":
        assert b"'=1+1 Ana" in answer.content and b"'+1 555" in answer.content and answer.content.startswith(b"\xef\xbb\xbf")
    columns = hand_over(owner, answer.content, f"people.{ending}")
    address = columns.redirect_chain[-1][0]
    look = text(owner.post(address, fields(text(columns)), follow=True))
    assert "Save " not in look and "Guardar a" not in look
    looked = owner.get(f"{address}/look").context["looked"]
    assert [str(row.state) for row in looked.plan.rows] == ["same", "same"]


def test_the_export_is_not_for_the_outsider(owner: Client, firm: Firm, other_firm: Firm, client: Client) -> None:
    client.force_login(other_firm.owner_user)
    assert b"Rosa Delgado" not in client.get("/people/list.csv").content.replace(b"Outsider Rosa Delgado", b"")
    assert client.get("/people/list.exe").status_code == 404
