"""`skillmark trust`, as a person types it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_commands import firm_folder, run

__all__ = ["firm_folder"]
COLLEGE = "did:web:college.example"
ADD = ["trust", "add", COLLEGE, "--name", "Prairie Valley College", "--reason", "We called them"]


def test_trusting_following_and_no_longer(firm_folder: Path) -> None:
    added = run(firm_folder, *ADD)
    assert added.returncode == 0, added.stderr
    giver = added.stdout.split("\t")
    assert giver[1:3] == ["Prairie Valley College", COLLEGE] and giver[4].strip() == "We called them"
    (firm_folder / "county.json").write_text(
        f'{{"name": "County list", "entries": [{{"issuer": "{COLLEGE}", "name": "PVC"}}]}}'
    )
    followed = run(firm_folder, "trust", "follow", "county.json", "--reason", "Handed out at the fair")
    assert followed.returncode == 0, followed.stderr
    line = followed.stdout.splitlines()[1].split("\t")
    assert line[1:3] == ["County list", "a file"] and line[4] == "1 givers"
    assert run(firm_folder, "trust", "refresh").returncode == 0
    for number in (giver[0], line[0]):
        assert run(firm_folder, "trust", "remove", number).returncode == 0
    assert run(firm_folder, "trust", "list").stdout == ""
    assert run(firm_folder, "trust", "remove", giver[0]).returncode == 1


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["trust", "add"], 2, "Say which"),
        (["trust", "add", COLLEGE, "--name", "PVC"], 1, "Say why you trust them"),
        (["trust", "add", "college", "--name", "PVC", "--reason", "x"], 1, "begins with did:"),
        (["trust", "remove", "x"], 2, "not a number"),
        (["trust", "follow", "nothing.json", "--reason", "x"], 2, "nothing.json"),
        (["trust", "follow", "http://a.example/list", "--reason", "x"], 1, "https://"),
        (["trust", "follow", "https://127.0.0.1/list", "--reason", "x"], 1, "couldn’t reach"),
    ],
)
def test_refusals_are_one_sentence(firm_folder: Path, words: list[str], code: int, says: str) -> None:
    done = run(firm_folder, *words)
    assert done.returncode == code and says in done.stderr and "Traceback" not in done.stderr
    assert done.stdout == "" and len(done.stderr.splitlines()) == 1
