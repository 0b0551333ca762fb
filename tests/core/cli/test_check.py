"""`skillmark check`: verdicts, exit codes, and plain sentences for everything that is wrong."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from credcore.cli.check import main
from credcore.status import bitstring
from tests.core.proofs import COLLEGE, LIST_URL, NOW, as_bytes, credential, signed, status_list
from tests.core.verify.test_parts import record

AT = "2026-05-04T12:00:00Z"
ENTRY = bitstring.entry(list_url=LIST_URL, index=42)


@pytest.fixture
def trust(tmp_path: Path) -> str:
    path = tmp_path / "trust.json"
    path.write_text(json.dumps({"name": "Ours", "entries": [{"issuer": COLLEGE.did, "name": "Prairie Valley College"}]}))
    return str(path)


def _file(folder: Path, name: str, data: bytes) -> str:
    (folder / name).write_bytes(data)
    return str(folder / name)


def _lines(capsys: pytest.CaptureFixture[str]) -> list[dict]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_exit_codes(tmp_path: Path, trust: str) -> None:
    good = _file(tmp_path, "good.json", as_bytes(signed()))
    ended = _file(tmp_path, "ended.json", as_bytes(signed(valid_until=NOW + timedelta(minutes=1))))
    unsigned = _file(tmp_path, "unsigned.json", as_bytes(credential()))
    rubbish = _file(tmp_path, "rubbish.json", b"{")
    later = "2026-06-04T12:00:00Z"
    assert main([good, "--offline", "--at", AT, "--trust", trust]) == 0
    assert main([good, ended, "--offline", "--at", later, "--trust", trust]) == 1
    assert main([good, "--offline", "--at", AT]) == 3
    assert main([unsigned, "--offline", "--at", AT]) == 3
    assert main([rubbish, "--offline"]) == 2
    assert main([str(tmp_path / "nothing-here"), "--offline"]) == 2
    assert main([good, "--offline", "--at", "yesterday"]) == 2
    assert main([good, "--offline", "--trust", unsigned]) == 2
    assert main([good, "--offline-map", str(tmp_path)]) == 2


def test_json_lines_say_everything_a_program_needs(tmp_path: Path, trust: str, capsys: pytest.CaptureFixture[str]) -> None:
    good = _file(tmp_path, "good.json", as_bytes(signed()))
    main([good, "--json", "--offline", "--at", AT, "--trust", trust])
    (line,) = _lines(capsys)
    assert (line["verdict"], line["code"], line["format"], line["proof"]) == (
        "good", "good", "Open Badges 3.0", "eddsa-rdfc-2022",
    )  # fmt: skip
    assert line["item"] == good
    assert line["credential"]["issuer"]["id"] == COLLEGE.did
    assert {"code", "outcome", "detail", "check"} == set(line["findings"][0])


def test_status_lists_come_from_the_offline_map(tmp_path: Path, trust: str, capsys: pytest.CaptureFixture[str]) -> None:
    item = _file(tmp_path, "proof.json", as_bytes(signed(status=ENTRY)))
    for cancelled, code in (([], "good"), ([42], "status.cancelled")):
        folder = tmp_path / f"map{len(cancelled)}"
        folder.mkdir()
        _file(folder, "list.json", status_list(cancelled))
        (folder / "map.json").write_text(json.dumps({LIST_URL: "list.json"}))
        main([item, "--json", "--offline-map", str(folder), "--at", AT, "--trust", trust])
        assert _lines(capsys)[0]["code"] == code


def test_a_folder_is_checked_file_by_file_and_one_bad_file_holds_up_nobody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "proofs"
    folder.mkdir()
    _file(folder, "a.json", b"{")
    _file(folder, "b.json", as_bytes(signed()))
    _file(folder, "c.txt", b"hello")
    assert main([str(folder), "--json", "--offline", "--at", AT]) == 2
    assert [line["code"] for line in _lines(capsys)] == ["unreadable", "issuer.unknown", "unsupported"]


def test_a_folder_is_walked_in_order_and_never_in_a_circle(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, other = tmp_path / "proofs", tmp_path / "other"
    (folder / "b" / "inner").mkdir(parents=True)
    other.mkdir()
    for place, name in ((folder, "c.txt"), (folder, "a.txt"), (folder, "b.txt"), (folder / "b", "z.txt"), (other, "x.txt")):
        _file(place, name, b"hello")
    (folder / "b" / "inner" / "back").symlink_to(folder)
    (folder / "d.txt").symlink_to(other / "x.txt")
    (folder / "gone.txt").symlink_to(other / "gone.txt")
    assert main([str(folder), "--json", "--offline", "--at", AT]) == 3
    found = [Path(line["item"]).relative_to(folder).as_posix() for line in _lines(capsys)]
    assert found == ["a.txt", "b/z.txt", "b.txt", "c.txt", "d.txt"]


def test_a_folder_that_somebody_carries_everything_in(tmp_path: Path, trust: str, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "Rosa"
    (folder / "offline").mkdir(parents=True)
    proof = _file(folder, "forklift.json", as_bytes(signed(status=ENTRY)))
    _file(folder, "READ-ME.txt", b"hello")
    _file(folder / "offline", "list.json", status_list())
    _file(folder / "offline", "map.json", b"{}")
    later = "2026-08-04T12:00:00Z"
    for item in (str(folder), proof):
        assert main([item, "--json", "--offline", "--no-memory", "--at", later, "--trust", trust]) == 3
        (line,) = _lines(capsys)
        assert (line["code"], line["last_known"]) == ("status.unknown", {"at": "2026-05-04T12:00:00+00:00", "status": "clear"})
    main([proof, "--offline", "--no-memory", "--at", later, "--trust", trust])
    assert "  Signature good; last known status at 4 May 2026, 12:00 UTC: not cancelled." in capsys.readouterr().out
    (folder / "offline" / "list.json").unlink()
    main([proof, "--json", "--offline", "--no-memory", "--at", later, "--trust", trust])
    assert _lines(capsys)[0]["last_known"] is None


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(as_bytes(signed()))))
    assert main(["-", "--offline", "--at", AT]) == 3
    assert "Be careful" in capsys.readouterr().out


def test_spanish_and_no_control_characters(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = signed(change=lambda made: made["issuer"].update(name="Evil\x1b[2J College"))
    main([_file(tmp_path, "x.json", as_bytes(document)), "--offline", "--at", AT, "--language", "es"])
    out = capsys.readouterr().out
    assert "Tenga cuidado" in out and "\x1b" not in out


def test_the_proof_only_profile_leaves_out_trust_and_status(tmp_path: Path) -> None:
    item = _file(tmp_path, "proof.json", as_bytes(signed(status=ENTRY)))
    assert main([item, "--offline", "--at", AT, "--profile", "proof-only"]) == 0
    altered = _file(tmp_path, "altered.json", as_bytes(signed()).replace(b"forklift", b"crane"))
    assert main([altered, "--offline", "--at", AT, "--profile", "proof-only"]) == 1


def test_the_command_never_loads_django_and_prints_no_traceback(tmp_path: Path) -> None:
    item = _file(tmp_path, "proof.json", as_bytes(signed()))
    code = (
        "import sys; from skillmark.edges.cli.main import main\n"
        f"try: main(['check', {item!r}, '--offline'])\n"
        "except SystemExit: pass\n"
        "sys.exit(any(name == 'django' or name.startswith('django.') for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


def test_what_lies_inside_is_told_below(tmp_path: Path, trust: str, capsys: pytest.CaptureFixture[str]) -> None:
    whole = _file(tmp_path, "record.json", as_bytes(record(signed(), {**signed(), "name": "x"})))
    assert main([whole, "--offline", "--at", AT, "--trust", trust]) == 3
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("⚠ Be careful: ") and lines[0].endswith("Record of Rosa Delgado")
    assert lines[2] == "    ✔ Looks good: Sit-down forklift operator"
    assert lines[4].startswith("    ✖ Don’t rely on this: ")
    main([whole, "--json", "--offline", "--at", AT, "--trust", trust])
    (line,) = _lines(capsys)
    assert [(part["role"], part["verdict"]) for part in line["parts"]] == [("credential", "good"), ("credential", "bad")]


def test_a_published_registry_is_a_list_of_givers(tmp_path: Path) -> None:
    good = _file(tmp_path, "good.json", as_bytes(signed()))
    entry = {COLLEGE.did: {"name": "Prairie Valley College", "location": "Prairie Valley", "url": "https://college.example"}}
    registry = _file(tmp_path, "registry.json", as_bytes({"meta": {}, "registry": entry}))
    assert main([good, "--offline", "--at", AT, "--trust", registry]) == 0


def test_many_files_on_several_cores_give_the_same_lines_in_the_same_order(
    tmp_path: Path, trust: str, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    good, bad = as_bytes(signed()), as_bytes({**signed(), "name": "x"})
    for number in range(70):
        _file(folder, f"{number:02}.json", (good, bad, b"{", b"hello")[number % 4])
    words = [str(folder), "--json", "--offline", "--at", AT, "--trust", trust]
    assert main([*words, "--jobs", "1"]) == 1
    alone = capfd.readouterr().out
    assert main([*words, "--jobs", "2"]) == 1
    assert capfd.readouterr().out == alone
    assert len(alone.splitlines()) == 70
    with pytest.raises(SystemExit):
        main([*words, "--jobs", "0"])
