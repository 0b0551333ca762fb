"""What outlives the server: the ZIPs of the people, checked when there is no server, no database and no network any more."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import uuid
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from credcore.cli.check import main
from credcore.containers import open_item
from credcore.verify import explain
from skillmark.desks import checking, closing_down
from skillmark.errors import NotFound
from skillmark.rooms.credentials import operations
from skillmark.rooms.people import operations as people
from tests.cast import NOW
from tests.core.proofs import status_list
from tests.core.verify.test_beside import parcel
from tests.house.desks.conftest import Net

pytestmark = pytest.mark.django_db

AT = "2026-05-04T12:10:00Z"
A_YEAR_ON = "2027-05-04T12:00:00Z"


def give(firm: Any, *, key: str = "forklift", person: Any = None) -> Any:
    template = operations.add_ready_template(actor=firm.owner, key=key, now=NOW)
    person = person or firm.person
    return operations.give(
        actor=firm.owner, person_id=person.id, template_id=template.id, request_key=str(uuid.uuid4()), now=NOW
    )


def put_on_the_web(firm: Any) -> None:
    people.change_settings(
        actor=firm.owner, name=firm.org.name, language="en", time_zone="America/Chicago", date_order="mdy",
        base_url="https://proofs.tallgrass.example", now=NOW,
    )  # fmt: skip


def unpacked(firm: Any, folder: Path) -> Path:
    snapshot = closing_down.Snapshot(now=NOW)
    body = b"".join(closing_down.of_one(actor=firm.owner, person_id=firm.person.id, snapshot=snapshot))
    with zipfile.ZipFile(io.BytesIO(body)) as there:
        there.extractall(folder)
    (folder.parent / "whole.zip").write_bytes(body)
    return folder


@pytest.fixture
def trust(tmp_path: Path) -> Any:
    """A list of the checking person's own, with the giver as it stands in the proof."""

    def write(proof: Any) -> str:
        giver = json.loads(bytes(proof.document))["issuer"]
        path = tmp_path / "trust.json"
        path.write_text(json.dumps({"name": "Ours", "entries": [{"issuer": giver["id"], "name": giver["name"]}]}))
        return str(path)

    return write


def said(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    capsys.readouterr()
    main([*words, "--json", "--offline", "--no-memory"])
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_folder_is_checked_alone_a_year_later(
    firm: Any, tmp_path: Path, trust: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    proof = give(firm)
    folder = unpacked(firm, tmp_path / "Rosa")
    listed = trust(proof)
    for line in said(capsys, str(folder), "--at", A_YEAR_ON, "--trust", listed):
        assert (line["verdict"], line["code"], line["last_known"]["status"]) == ("careful", "status.unknown", "clear")
        assert line["last_known"]["at"].startswith("2026-05-04T12:00")
    (whole,) = said(capsys, str(folder.parent / "whole.zip"), "--at", A_YEAR_ON, "--trust", listed)
    assert (whole["code"], whole["last_known"]["status"]) == ("status.unknown", "clear")
    (soon, *_others) = said(capsys, str(folder), "--at", AT, "--trust", listed)
    assert soon["code"] == "good"  # within the time for which the list itself says that it may be reused


def test_nothing_of_the_house_is_needed(firm: Any, tmp_path: Path) -> None:
    """Another process in an empty folder, without settings, and with every way out to a network shut."""
    give(firm)
    folder = unpacked(firm, tmp_path / "Rosa")
    shut = tmp_path / "sitecustomize.py"
    shut.write_text(
        "import socket\ndef no(*words, **more): raise OSError('no network')\nsocket.socket.connect = socket.getaddrinfo = no\n"
    )
    keep = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-m", "skillmark", "check", str(folder), "--offline", "--no-memory", "--at", A_YEAR_ON],
        cwd=tmp_path, env={**keep, "PYTHONPATH": str(tmp_path)}, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 3, done.stderr
    assert "Signature good; last known status at 4 May 2026, 12:00 UTC: not cancelled." in done.stdout


def test_what_was_cancelled_stays_cancelled(firm: Any, tmp_path: Path, trust: Any, capsys: pytest.CaptureFixture[str]) -> None:
    proof = give(firm)
    operations.cancel(actor=firm.owner, issued_id=proof.id, reason="Given by mistake", now=NOW)
    folder = unpacked(firm, tmp_path / "Rosa")
    codes = {line["code"] for line in said(capsys, str(folder), "--at", A_YEAR_ON, "--trust", trust(proof))}
    assert codes == {"status.cancelled"}
    assert "cancelled on" in (folder / "READ-ME.txt").read_text(encoding="utf-8-sig")
    assert "Given by mistake" not in b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file()).decode(
        "latin-1"
    )


def test_a_web_address_that_is_gone(firm: Any, tmp_path: Path, trust: Any, capsys: pytest.CaptureFixture[str]) -> None:
    put_on_the_web(firm)
    proof = give(firm)
    assert json.loads(bytes(proof.document))["issuer"]["id"].startswith("did:web:")
    folder = unpacked(firm, tmp_path / "Rosa")
    listed = trust(proof)
    alone = said(capsys, str(folder), "--at", A_YEAR_ON, "--trust", listed)
    assert {line["code"] for line in alone} == {"signer.unreachable"}
    places = str(folder / "offline")
    with_keys = said(capsys, str(folder), "--offline-map", places, "--at", A_YEAR_ON, "--trust", listed)
    assert {(line["code"], line["last_known"]["status"]) for line in with_keys} == {("status.unknown", "clear")}
    assert any(finding["code"] == "keys.remembered" for finding in with_keys[0]["findings"])
    operations.cancel(actor=firm.owner, issued_id=proof.id, reason="Lost", now=NOW)
    again = unpacked(firm, tmp_path / "Rosa")
    red = said(capsys, str(again), "--offline-map", places, "--at", A_YEAR_ON, "--trust", listed)
    assert {line["code"] for line in red} == {"status.cancelled"}


def test_keys_that_somebody_put_into_a_parcel_count_for_nothing(
    firm: Any, other_firm: Any, tmp_path: Path, trust: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """A cheat signs with a key of their own under the firm's web address, and packs a key document that says so."""
    put_on_the_web(firm)
    proof = give(firm)
    folder = unpacked(firm, tmp_path / "Rosa")
    (keys,) = (folder / "offline").glob("did-*.json")
    cheat = json.loads(bytes(give(other_firm).document))["issuer"]["id"].removeprefix("did:key:")
    document = json.loads(keys.read_text())
    document["verificationMethod"][0]["publicKeyMultibase"] = cheat
    keys.write_text(json.dumps(document))
    with zipfile.ZipFile(tmp_path / "cheat.zip", "w") as made:
        for path in folder.rglob("*"):
            made.write(path, path.relative_to(folder))
    for item in (str(folder), str(tmp_path / "cheat.zip")):
        for line in said(capsys, item, "--at", AT, "--trust", trust(proof)):
            assert (line["verdict"], line["code"]) == ("unknown", "signer.unreachable")


def test_each_form_holds_the_signed_file(firm: Any, tmp_path: Path) -> None:
    proof = give(firm)
    folder = unpacked(firm, tmp_path / "Rosa")
    forms = sorted(path for path in folder.iterdir() if path.is_file() and path.name != "READ-ME.txt")
    assert [path.suffix for path in forms] == [".json", ".pdf", ".png"]
    for path in forms:
        assert bytes(proof.document) in {found.body for found in open_item(path.read_bytes())}
    told = (folder / "READ-ME.txt").read_text(encoding="utf-8-sig")
    assert "Rosa Delgado" in told and "skillmark check FOLDER --offline" in told and "NO LONGER ANSWERS" not in told
    assert max(map(len, told.splitlines())) <= 100


def test_a_run_that_was_cut_off_goes_on(firm: Any, tmp_path: Path) -> None:
    give(firm)
    other = people.add_person(actor=firm.owner, name="Núñez/../../José \u202e", language="es", now=NOW)
    give(firm, person=other)
    operations.publish_due(now=NOW)
    folder = tmp_path / "out"

    def run(*, most: int = 9) -> list[closing_down.Written]:
        everybody = closing_down.receivers(actor=firm.owner)
        made = closing_down.export(
            actor=firm.owner, receivers=everybody, folder=folder, snapshot=closing_down.Snapshot(now=NOW)
        )
        return [next(made) for _ in range(min(most, len(everybody)))]

    (first,) = run(most=1)
    (folder / "half.part").write_bytes(b"PK")
    assert [one.is_new for one in run()] == [False, True]
    assert [one.is_new for one in run()] == [False, False]
    names = sorted(path.name for path in folder.glob("*.zip"))
    assert [name.rpartition("-")[0] for name in names] == ["Núñez-José", "Rosa-Delgado"]
    first.path.write_bytes(first.path.read_bytes()[:200])  # cut off by something else than us
    assert sorted(one.is_new for one in run()) == [False, True]
    give(firm, key="harness")
    assert sorted(one.is_new for one in run()) == [False, True]


def test_a_cancelled_proof_makes_the_zip_new(firm: Any, tmp_path: Path) -> None:
    proof = give(firm)
    everybody = closing_down.receivers(actor=firm.owner)
    assert [(one.name, one.proofs) for one in everybody] == [("Rosa Delgado", 1)]
    for expected in (True, False):
        made = closing_down.export(
            actor=firm.owner, receivers=everybody, folder=tmp_path, snapshot=closing_down.Snapshot(now=NOW)
        )
        assert [one.is_new for one in made] == [expected]
    operations.cancel(actor=firm.owner, issued_id=proof.id, reason="Lost", now=NOW + timedelta(minutes=1))
    later = closing_down.Snapshot(now=NOW + timedelta(minutes=2))
    assert [
        one.is_new for one in closing_down.export(actor=firm.owner, receivers=everybody, folder=tmp_path, snapshot=later)
    ] == [True]


def test_everybody_in_one_zip(firm: Any) -> None:
    give(firm)
    everybody = closing_down.receivers(actor=firm.owner)
    snapshot = closing_down.Snapshot(now=NOW)
    body = b"".join(closing_down.of_everybody(actor=firm.owner, receivers=everybody, snapshot=snapshot))
    with zipfile.ZipFile(io.BytesIO(body)) as there:
        (name,) = there.namelist()
        assert name.startswith("Rosa-Delgado-") and zipfile.is_zipfile(io.BytesIO(there.read(name)))


def test_two_records_of_one_person_are_one_parcel(firm: Any) -> None:
    give(firm)
    again = people.add_person(actor=firm.owner, name="Rosa Delgado", language="es", now=NOW)
    give(firm, key="harness", person=again)
    people.merge(actor=firm.owner, keep_id=firm.person.id, other_id=again.id, now=NOW)
    assert [(one.person_id, one.proofs) for one in closing_down.receivers(actor=firm.owner)] == [(firm.person.id, 2)]


def test_the_outsider_gets_nothing(firm: Any, other_firm: Any) -> None:
    give(firm)
    assert closing_down.receivers(actor=other_firm.owner) == []
    with pytest.raises(NotFound):
        next(closing_down.of_one(actor=other_firm.owner, person_id=firm.person.id, snapshot=closing_down.Snapshot(now=NOW)))


def test_who_followed_whom_among_the_keys_goes_along(firm: Any, tmp_path: Path) -> None:
    give(firm)
    folder = unpacked(firm, tmp_path / "Rosa")
    history = json.loads((folder / "offline" / "keys.json").read_text())
    assert history["keys"]["issuer"]["name"] == "Tallgrass Machine Works" and history["handOvers"] == []


def test_when_the_outer_key_is_lost_what_was_published_goes_along(firm: Any, tmp_path: Path, settings: Any) -> None:
    give(firm)
    settings.OUTER_KEY = b"\x00" * 32
    later = closing_down.Snapshot(now=NOW + timedelta(days=3))  # the list would have been signed anew by now
    body = b"".join(closing_down.of_one(actor=firm.owner, person_id=firm.person.id, snapshot=later))
    with zipfile.ZipFile(io.BytesIO(body)) as there:
        names = there.namelist()
        places = json.loads(there.read("offline/map.json"))
    assert "offline/keys.json" not in names and any(name.endswith(".pdf") for name in names)
    assert {one["at"] for one in places.values()} == {"2026-05-04T12:00:00Z"}


def test_the_check_page_takes_the_parcel_of_a_giver_that_is_gone(firm: Any, net: Net) -> None:
    net.is_up = False
    data = parcel(offline__list=status_list())
    (report,) = checking.check_bytes(data=data, name="rosa.zip", now=NOW + timedelta(days=30), org_id=firm.org.id)
    assert report.code == "issuer.unknown"  # nobody here knows the college
    assert explain(report).last_known == "Signature good; last known status at 4 May 2026, 12:00 UTC: not cancelled."
