"""`skillmark issue`: every kind of list, problems line by line, stopped and gone on with, nobody twice."""

from __future__ import annotations

import json
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.test_commands import environment, run
from tests.house.desks.sheets import ods, xlsx

ROWS = [["Name", "Level", "E-mail"], ["Ana Ruiz", "3", "ana@x.example"], ["Ben Okafor", "4", ""]]
GIVE = ("issue", "--template", "close-line", "--roster")
MANY = 1200


@pytest.fixture
def folder(tmp_path: Path, firm_to_copy: Path) -> Path:
    """A data folder with a firm in it, for one test alone."""
    return Path(shutil.copytree(firm_to_copy, tmp_path, dirs_exist_ok=True))


def names(folder: Path) -> list[str]:
    told = run(folder, "check", "out", "--offline", "--json").stdout.splitlines()
    return sorted(json.loads(line)["credential"]["subject"]["name"] for line in told)


def counted(folder: Path, what: str) -> int:
    with sqlite3.connect(folder / "data" / "skillmark.sqlite3") as database:
        [found] = database.execute(f"SELECT count({what}) FROM credentials_issued WHERE state = 'signed'").fetchone()
    return int(found)


def test_excel_and_opendocument(folder: Path) -> None:
    (folder / "class.xlsx").write_bytes(xlsx(ROWS))
    (folder / "class.ods").write_bytes(ods(ROWS))
    tried = run(folder, *GIVE, "class.xlsx", "--dry-run")
    assert tried.returncode == 0 and tried.stdout == "2 people would get a proof.\n" and counted(folder, "*") == 0
    done = run(folder, *GIVE, "class.xlsx", "--out", "out")
    assert done.returncode == 0 and done.stdout == "2 proofs given.\n" and names(folder) == ["Ana Ruiz", "Ben Okafor"]
    # The same people in another kind of file are the same list.
    again = run(folder, *GIVE, "class.ods", "--out", "out")
    assert again.returncode == 0 and counted(folder, "*") == 2


def test_what_cannot_be_given_is_told_line_by_line(folder: Path) -> None:
    bad = ("Ana,3,,", ",2,,", "ana,3,,", "Ben <i>,3,,", "Cy,9,,", "Dee,3,31 Feb 2026,", "Eve,3,5/5/2099,", "Fay,3,,at home")
    (folder / "bad.csv").write_text("\n".join(["name,level,date,email", *bad]))
    done = run(folder, *GIVE, "bad.csv")
    lines = done.stderr.splitlines()
    assert done.returncode == 1 and [line.partition(":")[0] for line in lines[:7]] == [f"Line {at}" for at in range(3, 10)]
    assert "Nothing was given." in lines[-1] and counted(folder, "*") == 0
    assert run(folder, "issue", "--template", "no-such", "--roster", "bad.csv").returncode == 2
    (folder / "long.csv").write_text("name\n" + "\n".join(f"Learner {at}" for at in range(10_001)))
    refused = run(folder, *GIVE, "long.csv")
    assert refused.returncode == 1 and "10,001" in refused.stderr and counted(folder, "*") == 0


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_stopped_midway_the_same_command_goes_on(folder: Path, how: signal.Signals) -> None:
    (folder / "many.csv").write_text("name,level\n" + "\n".join(f"Learner {at},3" for at in range(MANY)))
    command = [sys.executable, "-m", "skillmark", *GIVE, "many.csv"]
    working = subprocess.Popen(
        command, cwd=folder, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    until = time.monotonic() + 60
    while counted(folder, "*") < 50 and time.monotonic() < until:
        time.sleep(0.02)
    working.send_signal(how)
    said = working.communicate(timeout=60)[1]
    so_far = counted(folder, "*")
    assert 50 <= so_far < MANY, said
    if how is signal.SIGINT:
        assert working.returncode == 1 and f"Stopped with {so_far:,} given and {MANY - so_far:,} left." in said
    done = run(folder, *GIVE, "many.csv")
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{MANY:,} proofs given.\n" and counted(folder, "*") == counted(folder, "DISTINCT person_id") == MANY
