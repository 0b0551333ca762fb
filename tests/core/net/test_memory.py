"""Answers in a folder: they come back with their day, and a damaged or strange file is nothing remembered."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from credcore.cli.check import main
from credcore.net.memory import FolderMemory, default_folder
from credcore.ports import Fetched, FetchKind
from credcore.status import bitstring
from tests.core.proofs import COLLEGE, LIST_URL, NOW, as_bytes, signed, status_list

ANSWER = Fetched("https://college.example/did.json", b"\0\xffbytes", "application/json", NOW)


def test_an_answer_comes_back_as_it_was(tmp_path: Path) -> None:
    memory = FolderMemory(tmp_path / "new")
    assert memory.load(ANSWER.url, kind=FetchKind.DID) is None
    memory.store(ANSWER, kind=FetchKind.DID)
    assert memory.load(ANSWER.url, kind=FetchKind.DID) == ANSWER
    assert memory.load(ANSWER.url, kind=FetchKind.STATUS) is None
    assert memory.load(ANSWER.url + "?", kind=FetchKind.DID) is None


@pytest.mark.parametrize(
    "change", [{"url": "https://evil.example"}, {"body": "%"}, {"fetched_at": "2026-05-04T12:00:00"}, {"fetched_at": 3}]
)
def test_a_file_that_was_tampered_with_is_nothing(tmp_path: Path, change: dict[str, object]) -> None:
    memory = FolderMemory(tmp_path)
    memory.store(ANSWER, kind=FetchKind.DID)
    (path,) = tmp_path.iterdir()
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
    assert memory.load(ANSWER.url, kind=FetchKind.DID) is None
    path.write_text("{")
    assert memory.load(ANSWER.url, kind=FetchKind.DID) is None


def test_a_folder_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    memory = FolderMemory(tmp_path / "file")
    memory.store(ANSWER, kind=FetchKind.DID)
    assert memory.load(ANSWER.url, kind=FetchKind.DID) is None


def test_where_the_folder_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SKILLMARK_CACHE_DIR", str(tmp_path))
    assert default_folder() == tmp_path
    monkeypatch.delenv("SKILLMARK_CACHE_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert default_folder() == tmp_path / "skillmark"


@pytest.mark.parametrize(
    ("cancelled", "said"),
    [([], "Last known on 2 May 2026: not cancelled"), ([42], "has cancelled this. It no longer counts.")],
)
def test_offline_the_command_says_what_was_last_known(
    cancelled: list[int], said: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SKILLMARK_CACHE_DIR", str(tmp_path / "cache"))
    seen = NOW - timedelta(days=2)
    page = Fetched(LIST_URL, status_list(cancelled, now=seen), "application/json", seen)
    FolderMemory(default_folder()).store(page, kind=FetchKind.STATUS)
    proof, ours = tmp_path / "proof.json", tmp_path / "ours.json"
    proof.write_bytes(as_bytes(signed(status=bitstring.entry(list_url=LIST_URL, index=42))))
    ours.write_text(json.dumps({"name": "Ours", "entries": [{"issuer": COLLEGE.did, "name": "Prairie Valley College"}]}))
    words = [str(proof), "--offline", "--at", "2026-05-04T12:00:00Z", "--trust", str(ours)]
    assert main(words) == (1 if cancelled else 3)
    assert said in capsys.readouterr().out
    assert main([*words, "--no-memory"]) == 3
    assert "Last known" not in capsys.readouterr().out
