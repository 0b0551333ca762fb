"""`skillmark import` and `skillmark undo`, as a person types them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_commands import firm_folder, run
from tests.house.desks import workbooks

__all__ = ["firm_folder"]
ROWS = [
    ["Emp Name", "cell", "Job", "CPR exp"],
    ["Bell, Marcus", "555-555-0114", "Materials", "03/04/2027"],
    ["Delgado, Ana", "555-555-0115", "CNC op", "05/06/2027"],
    ["Tran, Hieu", "", "CNC op", "31 Feb"],
]


@pytest.fixture
def staff(firm_folder: Path) -> Path:
    (firm_folder / "staff.xlsx").write_bytes(workbooks.xlsx(ROWS))
    return firm_folder


def told(folder: Path, *words: str) -> dict[str, Any]:
    done = run(folder, "import", "people", "staff.xlsx", "--json", *words)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_dry_run_says_what_would_happen_and_saves_nothing(staff: Path) -> None:
    done = run(staff, "import", "people", "staff.xlsx")
    assert done.returncode == 0 and "Traceback" not in done.stderr
    for said in ("staff.xlsx: 3 rows", "CPR exp   expires:+CPR  (look)", "Asked: “03/04/2027” – --date-order mdy?",
                 "Row 4, Hieu Tran: “31 Feb” isn’t a date.", "2 new, 0 changed", "Nothing was saved."):  # fmt: skip
        assert said in done.stdout
    assert told(staff)["counts"]["new"] == 2


def test_doubts_are_answered_before_anything_is_saved(staff: Path) -> None:
    done = run(staff, "import", "people", "staff.xlsx", "--apply")
    assert done.returncode == 1 and "Answer first: --date-order." in done.stderr and told(staff)["counts"]["new"] == 2


def test_apply_again_and_undo(staff: Path) -> None:
    words = ("--date-order", "dmy", "--column", "CPR exp=expires:+CPR card", "--needs", "everyone")
    saved = told(staff, *words, "--apply")
    assert saved["counts"]["new"] == 2 and saved["new_items"] == {"CPR card": "everyone"}
    again = run(staff, "import", "people", "staff.xlsx", "--apply", "--date-order", "dmy")
    assert again.returncode == 0 and "0 new, 0 changed, 2 the same" in again.stdout and "Nothing to save" in again.stdout
    changed = told(staff, "--date-order", "mdy")
    assert [one["after"] for one in changed["changes"]] == ["2027-03-04", "2027-05-06"]
    assert told(staff, "--date-order", "mdy", "--add-only")["counts"]["changed"] == 0
    undone = run(staff, "undo", saved["undo"])
    assert undone.returncode == 0 and "Undone: staff.xlsx" in undone.stdout, undone.stderr
    assert told(staff)["counts"]["new"] == 2
    twice = run(staff, "undo", saved["undo"])
    assert twice.returncode == 1 and "saved or thrown away already" in twice.stderr


REFUSALS = (
    (["import", "people", "nothing.xlsx"], 2, "nothing.xlsx"),
    (["import", "people", "set_up.py"], 1, "isn’t a spreadsheet"),
    (["import", "people", "locked.xlsx"], 1, "locked with a password"),
    (["import", "people", "cards.csv", "--apply"], 1, "at least a name column"),
    (["import", "people", "staff.xlsx", "--sheet", "Office"], 2, "There is: Sheet"),
    (["import", "people", "staff.xlsx", "--column", "CPR=expires"], 2, "names no column"),
    (["import", "cars", "staff.xlsx"], 2, "invalid choice"),
    (["undo", "x"], 2, "not the number of an import"),
    (["undo", "5f1c2f0e-6f5b-4a51-9a3e-0b6f0c9d2c11"], 1, "couldn’t find"),
)


def test_refusals_are_one_sentence(staff: Path) -> None:
    (staff / "locked.xlsx").write_bytes(workbooks.locked_xlsx())
    (staff / "cards.csv").write_text("CPR exp,phone\n11/30/2026,5555550101\n")
    for words, code, says in REFUSALS:
        done = run(staff, *words)
        assert (done.returncode, says in done.stderr, "Traceback" in done.stderr) == (code, True, False), (words, done.stderr)
