"""The commands of the house, as a person types them: in processes of their own, in an empty folder."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

COMMANDS = ["up", "serve", "worker", "check", "issue", "keys", "trust", "user", "token", "backup", "restore", "selftest",
            "demo", "import", "undo", "openapi", "report", "migrate", "contexts"]  # fmt: skip


def environment() -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("SKILLMARK_")}
    return clean | {"DJANGO_SETTINGS_MODULE": "skillmark.settings"}


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """`skillmark …` in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "skillmark", *words],
        cwd=folder, env=environment(), capture_output=True, text=True, check=False, timeout=90,
    )  # fmt: skip


@pytest.fixture
def firm_folder(tmp_path: Path, firm_to_copy: Path) -> Path:
    """A data folder with a firm in it, for one test alone."""
    return Path(shutil.copytree(firm_to_copy, tmp_path, dirs_exist_ok=True))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_with_an_example(name: str, tmp_path: Path) -> None:
    done = run(tmp_path, name, "--help")
    assert done.returncode == 0 and "xample" in done.stdout


def test_wrong_words_get_a_sentence(tmp_path: Path) -> None:
    for words in (["nonsense"], ["token", "revoke", "x", "--data", "d"], ["restore", "nothing.skillmark"]):
        done = run(tmp_path, *words)
        assert done.returncode == 2 and "Traceback" not in done.stderr and done.stderr.strip()


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = run(tmp_path, "up", "--no-browser", "--data", "file/inside")
    assert done.returncode == 2 and "cannot be written" in done.stderr and len(done.stderr.splitlines()) == 1


def test_a_busy_port_is_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run(tmp_path, "up", "--no-browser", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 2 and len(done.stderr.splitlines()) == 1


def test_an_unreachable_database_is_one_sentence(tmp_path: Path) -> None:
    nowhere = environment() | {"SKILLMARK_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    done = subprocess.run(
        [sys.executable, "-m", "skillmark", "migrate"],
        cwd=tmp_path, env=nowhere, capture_output=True, text=True, check=False, timeout=90,
    )  # fmt: skip
    assert done.returncode == 2 and "cannot be reached" in done.stderr and "Traceback" not in done.stderr


def test_a_list_is_judged_before_anything_is_given(firm_folder: Path) -> None:
    (firm_folder / "bad.csv").write_text("name,level\n\nAna,3\nana,2\n,1\nBen,9\n")
    done = run(firm_folder, "issue", "--template", "close-line", "--roster", "bad.csv")
    assert done.returncode == 1
    assert [line.split(":")[0] for line in done.stderr.splitlines()[:3]] == ["Line 4", "Line 5", "Line 6"]
    (firm_folder / "good.csv").write_text("Name,Level\nAna,3\nBen,4\n")
    for _ in range(2):  # the second time, nobody gets another one
        assert run(firm_folder, "issue", "--template", "close-line", "--roster", "good.csv", "--out", "out").returncode == 0
    assert len(list((firm_folder / "out").iterdir())) == 2
    told = run(firm_folder, "check", "out", "--offline", "--json").stdout.splitlines()
    assert {json.loads(line)["credential"]["subject"]["name"] for line in told} == {"Ana", "Ben"}


def test_the_drill_file_and_code_alone_bring_everything_back(firm_folder: Path) -> None:
    (firm_folder / "list.csv").write_text("name,level\nAna,3\n")
    run(firm_folder, "issue", "--template", "close-line", "--roster", "list.csv", "--out", "out")
    said = run(firm_folder, "backup", "monday.skillmark", "--show-code").stdout
    code = said.split("Recovery code: ")[1].strip()
    for wrong, sentence in (
        ("WRONG", "not a recovery code"),
        (code[:-1] + ("2" if code[-1] != "2" else "3"), "not a recovery"),
    ):
        done = run(firm_folder, "restore", "monday.skillmark", "--recovery-code", wrong, "--data", "new")
        assert done.returncode == 2 and sentence in done.stderr
        assert not any((firm_folder / "new").iterdir())
    whole = (firm_folder / "monday.skillmark").read_bytes()
    (firm_folder / "cut.skillmark").write_bytes(whole[: len(whole) // 2])
    done = run(firm_folder, "restore", "cut.skillmark", "--recovery-code", code, "--data", "new")
    assert done.returncode == 2 and not any((firm_folder / "new").iterdir())
    done = run(firm_folder, "restore", "monday.skillmark", "--recovery-code", code, "--data", "new")
    assert done.returncode == 0, done.stderr
    assert "keys: open for 1 firm" in run(firm_folder, "selftest", "--data", "new").stdout
    (firm_folder / "more.csv").write_text("name,level\nBen,3\n")
    done = run(firm_folder, "issue", "--template", "close-line", "--roster", "more.csv", "--out", "out", "--data", "new")
    assert done.returncode == 0, done.stderr
    givers = run(firm_folder, "check", "out", "--offline", "--json").stdout.splitlines()
    assert len({json.loads(line)["credential"]["issuer"]["id"] for line in givers}) == 1  # the same key signs on
    refused = run(firm_folder, "restore", "monday.skillmark", "--recovery-code", code, "--data", "new")
    assert refused.returncode == 2 and "not empty" in refused.stderr


def test_keys_users_and_tokens(firm_folder: Path) -> None:
    assert "Dana" in run(firm_folder, "user", "list").stdout
    assert "/in/" in run(firm_folder, "user", "link").stdout
    token = run(firm_folder, "token", "new", "payroll").stdout.strip()
    assert token.startswith("smk_") and "payroll" in run(firm_folder, "token", "list").stdout
    run(firm_folder, "keys", "new")
    run(firm_folder, "keys", "rotate")
    listed = run(firm_folder, "keys", "list").stdout
    assert listed.count("retired") == 1 and listed.count("active") == 2
    exported = json.loads(run(firm_folder, "keys", "export").stdout)
    assert all(one.startswith("did:key:") for one in exported["issuers"])
    assert json.loads(run(firm_folder, "openapi").stdout)["openapi"].startswith("3.1")


def test_up_starts_everything_says_where_and_stops_cleanly(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    up = subprocess.Popen(
        [sys.executable, "-m", "skillmark", "up", "--no-browser", "--port", str(port)],
        cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
                    assert answer.status == 200
                break
            except OSError:
                assert up.poll() is None
                time.sleep(0.3)
        second = run(tmp_path, "up", "--no-browser", "--port", str(port))
        assert second.returncode == 0 and "already running" in second.stdout
    finally:
        up.send_signal(signal.SIGTERM)
        said = up.communicate(timeout=30)[0]
    assert up.returncode == 0 and "/setup/" in said and "has stopped" in said
