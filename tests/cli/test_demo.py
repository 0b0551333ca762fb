"""`skillmark demo`, and the report of its board, as a person types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from skillmark.desks import demos
from tests.cli.test_commands import firm_folder, run

__all__ = ["firm_folder"]


def _board(folder: Path, *words: str) -> dict[str, object]:
    done = run(folder, "report", "board", "--format", "json", *words)
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_the_report_of_the_board_equals_both_answer_sheets(tmp_path: Path) -> None:
    made = run(tmp_path, "demo", "construction")
    assert made.returncode == 0, made.stderr
    assert "Ridgeline Framing: 18 made-up people" in made.stdout and "Monday 4 May 2026" in made.stdout
    assert "http://localhost:8000/in/" in made.stdout
    days = demos.answers(trade="construction")["days"]
    assert _board(tmp_path)["counts"] == days["2026-05-04"]["counts"]
    later = _board(tmp_path, "--as-of", "2026-06-04")
    assert later["counts"] == days["2026-06-04"]["counts"]
    expired = {
        f"{person['name']}: {cell['item']}: {cell['ends']}"
        for person in later["people"]  # type: ignore[attr-defined]
        for cell in person["cells"]
        if cell["state"] == "expired"
    }
    assert expired == set(days["2026-06-04"]["expired"])


def test_reset_takes_them_away_and_leaves_ones_own_firm(firm_folder: Path) -> None:
    assert run(firm_folder, "demo", "childcare").returncode == 0
    assert run(firm_folder, "demo", "childcare").stdout.startswith("Little Acorns")  # is there already
    gone = run(firm_folder, "demo", "reset")
    assert gone.returncode == 0 and "Little Acorns is gone" in gone.stdout
    assert "no sample company" in run(firm_folder, "demo", "reset").stdout
    assert "Dana" in run(firm_folder, "user", "list").stdout


@pytest.mark.parametrize("command", [["demo", "bakery"], ["prepare", "--demo", "bakery"]])
def test_an_unknown_trade_is_one_sentence(tmp_path: Path, command: list[str]) -> None:
    done = run(tmp_path, *command)
    assert done.returncode == 2 and "construction, manufacturing" in done.stderr
    assert done.stdout == "" and len(done.stderr.splitlines()) == 1
