"""The tutorial's commands are run as they stand, in an empty folder. (`make` itself is run by `.ci/run`.)"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
SET_UP = """
from datetime import UTC, datetime
import django
django.setup()
from skillmark.rooms.people import operations
token = operations.start_setup(now=datetime.now(UTC))
operations.set_up(token=token, firm_name="Bramble Street Bakery", owner_name="Dana", now=datetime.now(UTC))
"""


def test_every_command_of_the_tutorial_works(tmp_path: Path) -> None:
    page = (ROOT / "docs/tutorials/first-proof.md").read_text()
    parts = page.split("<!-- set up -->")
    assert len(parts) == 2
    before, after = (re.findall(r"```sh\n(.*?)```", part, flags=re.DOTALL) for part in parts)
    commands = "\n".join(before) + f"\n{sys.executable} set_up.py\n" + "\n".join(after)
    commands = re.sub(r"^make .*$", "", commands, flags=re.MULTILINE).replace(".venv/bin/skillmark", "skillmark")
    (tmp_path / "set_up.py").write_text(SET_UP)
    done = _run(commands, tmp_path)
    assert "2 people would get a proof." in done.stdout
    assert done.stdout.count("Be careful") == 2
    assert done.stdout.count("Don’t rely on this") == 1
    assert "QR codes: made and read back" in done.stdout


def test_every_command_of_the_tutorial_about_the_board_works(tmp_path: Path) -> None:
    page = (ROOT / "docs/tutorials/first-board.md").read_text()
    commands = "\n".join(re.findall(r"```sh\n(.*?)```", page, flags=re.DOTALL))
    commands = re.sub(r"^make .*$", "", commands, flags=re.MULTILINE).replace(".venv/bin/skillmark", "skillmark")
    done = _run(commands, tmp_path)
    assert "Expired" in done.stdout and "31/02/2027" in done.stdout
    assert (tmp_path / "march.csv").read_text(encoding="utf-8-sig").count("\n") > 20
    with zipfile.ZipFile(tmp_path / "march.zip") as pack:
        assert any(name.endswith(".pdf") for name in pack.namelist())


def _run(commands: str, folder: Path) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SKILLMARK_")}
    environment = clean | {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "DJANGO_SETTINGS_MODULE": "skillmark.settings",
    }
    done = subprocess.run(
        ["sh", "-eu", "-c", commands], cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=100
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def test_links_between_the_pages_lead_somewhere() -> None:
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text()):
            if not target.startswith("http"):
                assert (page.parent / target).exists(), f"{page.relative_to(ROOT)} → {target}"
