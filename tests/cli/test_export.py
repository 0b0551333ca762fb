"""`skillmark export`: as a person types it, and what it wrote checked after the data folder is gone."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from tests.cli.test_commands import firm_folder, run

__all__ = ["firm_folder"]


def test_everybody_gets_a_zip_and_a_second_run_leaves_it(firm_folder: Path) -> None:
    empty = run(firm_folder, "export", "--to", "out")
    assert empty.returncode == 2 and "Nobody was given a proof yet" in empty.stderr and not (firm_folder / "out").exists()
    (firm_folder / "class.csv").write_text("name,level\nRosa Delgado,2\nAlma Petrov,3\n", encoding="utf-8")
    assert run(firm_folder, "issue", "--template", "forklift", "--roster", "class.csv").returncode == 0
    first = run(firm_folder, "export", "--to", "out")
    assert first.returncode == 0, first.stderr
    assert first.stdout == "2 people, 2 proofs, in out.\n" and "2 of 2" in first.stderr
    again = run(firm_folder, "export", "--to", "out")
    assert "2 ZIPs were there already, with the same in it." in again.stdout
    one = run(firm_folder, "export", "--to", "one", "--person", "alma  petrov")
    assert one.stdout.startswith("1 person, 1 proof") and len(list((firm_folder / "one").iterdir())) == 1
    nobody = run(firm_folder, "export", "--to", "none", "--person", "Nobody")
    assert nobody.returncode == 2 and "“Nobody”" in nobody.stderr
    busy = run(firm_folder, "export", "--to", "class.csv")
    assert busy.returncode == 2 and "Traceback" not in busy.stderr

    shutil.rmtree(firm_folder / "data")
    zips = sorted(str(path) for path in (firm_folder / "out").glob("*.zip"))
    checked = run(firm_folder, "check", *zips, "--offline", "--no-memory", "--json")
    lines = [json.loads(line) for line in checked.stdout.splitlines()]
    assert [line["credential"]["subject"]["name"] for line in lines] == ["Alma Petrov", "Rosa Delgado"]
    assert {line["code"] for line in lines} == {"issuer.unknown"}  # genuine; the person who checks has no list of givers
    assert not (firm_folder / "data").exists()
