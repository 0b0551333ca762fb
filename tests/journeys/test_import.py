"""A messy sheet of one's own to a populated board: four screens on a phone, clicks counted, every doubt asked, and undone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from skillmark.rooms.people import queries as people
from skillmark.rooms.talent import queries as talent
from tests.cast import Firm, today
from tests.house.desks import workbooks
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.fitness import fit

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SHEET = [
    ["Tallgrass Machine Works", "", "", "", "", "", ""],
    ["Staff list 2026 FINAL (2)"],
    [],
    ["Emp Name", "CPR exp", "fork lift", "Job", "cell #", "notes 2", "SSN"],
    ["Bell, Marcus", "03/04/2027", "5/1/27", "Materials", "555-555-0114", "ask Ray", "123-45-6789"],
    ["Delgado, Rosa", "11/12/2026", "–", "CNC op", "555 555 0132", "", "123-45-6780"],
    [],
    ["Tran, Hieu", "n/a", "9/10/27", "CNC setup", "(555) 555 0178", "back in June", ""],
    ["Kowalski, Lena", "31 Feb", "exp. 3/2027", "Quality", "", "", ""],
    ["D. Tran", "", "", "", "555-555-0178", "", ""],
    ["", "1/2/2027", "", "", "", "", ""],
    ["Brooks, Devon", "lifetime", "8/9/27", "Materials", "", "", ""],
    ["Brooks, Devon", "lifetime", "8/9/27", "Materials", "", "", ""],
    ["Total: 6"],
]


class Hand:
    """Counts what a person presses and types, and looks at each screen: no sideways scroll, nothing that bars anybody."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks, self.screens = page, 0, 0

    def press(self, name: str) -> None:
        self.clicks += 1
        self.page.get_by_role("button", name=re.compile(name)).first.click()
        self.page.wait_for_load_state()

    def choose(self, label: str, option: str) -> None:
        self.clicks += 1
        self.page.get_by_label(label, exact=True).select_option(label=option)

    def type(self, label: str, text: str) -> None:
        self.clicks += 1
        self.page.get_by_label(label, exact=True).fill(text)

    def look(self, heading: str) -> None:
        self.screens += 1
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        fit(self.page)


@pytest.mark.parametrize("view", [PHONE, DESK], ids=["phone", "desk"])
def test_own_messy_sheet_to_a_populated_board_in_four_screens(
    here: str, browser: Browser, firm: Firm, signed_in_address: Any, tmp_path: Path, view: dict[str, int]
) -> None:
    file = tmp_path / "Staff list 2026 FINAL (2).xlsx"
    file.write_bytes(workbooks.xlsx(SHEET))
    page = browser.new_context(viewport=view).new_page()  # type: ignore[arg-type]
    page.goto(signed_in_address(firm.owner_user.id))
    page.locator("main form button[type=submit]").first.click()
    page.goto(f"{here}/import")
    hand = Hand(page)

    hand.look("Bring in a spreadsheet")
    hand.clicks += 1
    page.locator("#id_file").set_input_files(str(file))
    hand.press("Look at it")

    hand.look("We matched your columns")
    expect(page.get_by_text("Your sheet says 03/04/2027. What does that mean?")).to_be_visible()
    expect(page.get_by_text("March 4, 2027")).to_be_visible()
    expect(page.get_by_text("3 April 2027")).to_be_visible()
    expect(page.get_by_text("Private: never kept")).to_be_visible()
    hand.press("Look at the rows")

    hand.look("Look before you save")
    expect(page.get_by_role("heading", name="3 rows need a look")).to_be_visible()
    hand.type("CPR exp, Lena Kowalski", "2/28/2027")
    hand.type("Emp Name, row 11", "Ana Diaz")
    hand.choose("What to do with D. Tran", "The same person as Hieu Tran in row 8")
    hand.press("Save 4 people")

    hand.look("Saved.")
    assert hand.screens == 4 and hand.clicks <= 7
    names = {one.name for one in people.people(actor=firm.owner)}
    assert names == {"Marcus Bell", "Rosa Delgado", "Hieu Tran", "Lena Kowalski", "Devon Brooks", "Ana Diaz"}
    board = talent.board(actor=firm.owner, on=today())
    assert [column.names["en"] for column in board.columns] == ["CPR", "Fork lift"]
    assert len(board.people) == 6 and all(board.rows[one.id].cells for one in board.people if one.name != "Ana Diaz")
    page.get_by_role("link", name="See who is ready").click()
    expect(page.get_by_text("Marcus Bell").first).to_be_visible()

    page.goto(f"{here}/import")
    page.get_by_role("link", name=re.compile("FINAL")).click()
    page.get_by_role("button", name="Undo this import").click()
    expect(page.get_by_text("Everything is as it was before.")).to_be_visible()
    assert [one.name for one in people.people(actor=firm.owner)] == ["Rosa Delgado"]


def test_pasted_cells_work_without_scripts(here: str, browser: Browser, firm: Firm, signed_in_address: Any) -> None:
    page = browser.new_context(viewport=PHONE, java_script_enabled=False).new_page()  # type: ignore[arg-type]
    page.goto(signed_in_address(firm.owner_user.id))
    page.locator("main form button[type=submit]").first.click()
    page.goto(f"{here}/import")
    page.get_by_label(re.compile("Or paste cells here")).fill("Name\tPhone\nAna Diaz\t5555550133")
    for button in ("Look at it", "Look at the rows", "Save 1 person"):
        page.get_by_role("button", name=button).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Saved.")
    assert {one.name for one in people.people(actor=firm.owner)} == {"Rosa Delgado", "Ana Diaz"}
