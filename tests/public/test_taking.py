"""Take everything along, move, bring in, erase: by its person alone, with the PIN once more, and told plainly."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from skillmark.rooms.credentials.models import Held
from skillmark.rooms.people.models import Organisation
from skillmark.rooms.records.models import Consent, Erased, Statement
from skillmark.rooms.signing.models import DataKey, PartyKey
from tests.public.test_record import PIN, kept
from tests.vectors import vectors

__all__ = ["kept"]
ADDRESSES = ("/w/take", "/w/take/in", "/w/take/move", "/w/erase")


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else bytes(response.content)


def sealed(client: Client) -> tuple[bytes, str]:
    page = client.get("/w/take/move").content.decode()
    code = re.search(r"[A-Z2-9]{4}(?:-[A-Z2-9]{4}){5}", page)
    assert code is not None
    made = client.post("/w/take/move", {"code": code[0], "written": "on", "pin": PIN})
    assert made.status_code == 200 and "attachment" in made["Content-Disposition"], made.content.decode()[-900:]
    return body(made), code[0]


def moved_in(client: Client, data: bytes, code: str) -> Any:
    return client.post("/w/move-in", {"file": SimpleUploadedFile("my-page.sealed", data), "code": code})


@pytest.mark.parametrize("address", ADDRESSES)
def test_only_with_the_page_open(address: str, firm: Any, kept: str) -> None:
    stranger = Client()
    for way in (stranger.get, stranger.post):
        assert way(address)["Location"] == "/w/open"
    stranger.force_login(firm.owner_user)
    assert stranger.get(address)["Location"] == "/w/open", "an employer is nobody here"


def test_the_files_need_the_pin_and_stay_in_no_store(client: Client, kept: str) -> None:
    assert client.get("/w/take").status_code == 200
    for pin in ("", "000000"):
        assert client.post("/w/take", {"what": "files", "pin": pin}).status_code == 422
    made = client.post("/w/take", {"what": "files", "pin": PIN})
    assert made["Cache-Control"] == "no-store" and made["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(body(made))) as files:
        names = files.namelist()
        assert bytes(Held.objects.get().issued.document) in [files.read(name) for name in names]
        assert {"READ-ME.txt", "page/index.html", "page/cv.pdf"} <= set(names)


@pytest.mark.parametrize(("what", "kind"), [("schools", "ClrCredential"), ("jobs", "LER-RSType")])
def test_one_file_for_other_programs(client: Client, kept: str, what: str, kind: str) -> None:
    made = client.post("/w/take", {"what": what, "pin": PIN})
    assert made["Content-Type"] == "application/json" and kind in json.dumps(json.loads(made.content)["type"])


def test_a_page_without_proofs_says_that_there_is_no_such_file(client: Client, kept: str) -> None:
    Held.objects.all().delete()
    answer = client.post("/w/take", {"what": "schools", "pin": PIN})
    assert answer.status_code == 422 and "No proof on your page fits" in answer.content.decode()
    for what in ("jobs", "files"):
        assert client.post("/w/take", {"what": what, "pin": PIN}).status_code == 200


def test_five_wrong_pins_pause_it_here_too(client: Client, kept: str) -> None:
    for _ in range(5):
        last = client.post("/w/take", {"what": "files", "pin": "000000"})
    assert "15 minutes" in last.content.decode()
    assert client.post("/w/take", {"what": "files", "pin": PIN}).status_code == 422


def test_a_page_moves_and_a_receipt_stays(client: Client, kept: str, other_firm: Any) -> None:
    data, code = sealed(client)
    receipt = Consent.objects.get()
    assert receipt.kind == "move"
    PartyKey.objects.all().delete()  # as on a server that never saw this page
    from skillmark.rooms.credentials import operations
    from tests.public.given import give

    theirs = give(firm=other_firm)
    from django.utils import timezone

    _, offered, _ = operations.offer(actor=other_firm.owner, issued_id=theirs.id, way="screen", now=timezone.now())
    there = Client()
    there.post(f"/k/{offered}/keep")
    arrived = moved_in(there, data, code)
    assert arrived.status_code == 200, arrived.content.decode()[-1500:]
    assert arrived.context["moved"].key_kept
    outcome = arrived.context["moved"].proofs
    assert len(outcome) == 1 and (outcome[0].kept is not None or outcome[0].code == "held.names_other")
    again = moved_in(there, data, code)
    assert again.status_code == 200 and Held.objects.filter(source="moved").count() <= 1


@pytest.mark.parametrize("code", ["", "AAAA", "ABCD-EFGH-JKMN-PQRS-TUVW-XY2!"])
def test_the_code_of_a_moving_file_is_ours(client: Client, kept: str, code: str) -> None:
    assert client.post("/w/take/move", {"code": code, "written": "on", "pin": PIN}).status_code == 422
    assert not Consent.objects.exists()


def test_what_is_wrong_with_a_moving_file_is_said(client: Client, kept: str) -> None:
    data, code = sealed(client)
    for file, typed, said in (
        (data, "AAAA-BBBB", "does not open this file"),
        (data[:300], code, "damaged or cut short"),
        (b"%PDF", code, "not the sealed file"),
        (b"x" * (65 * 2**20), code, "larger than 64 MB"),
    ):
        answer = moved_in(client, file, typed)
        assert answer.status_code == 422 and said in answer.content.decode(), said
    assert Held.objects.count() == 1


def test_without_a_page_only_where_the_operator_lets_strangers_in(client: Client, kept: str, settings: Any) -> None:
    data, code = sealed(client)
    stranger = Client()
    assert "Open your page here first" in stranger.get("/w/move-in").content.decode()
    assert 'href="/w/move-in"' not in stranger.get("/w/open").content.decode()
    assert 'href="/w/move-in"' in client.get("/w/open").content.decode(), "into the page that is open"
    assert moved_in(stranger, data, code).status_code == 422 and Organisation.objects.filter(kind="person").count() == 1
    settings.MOVE_IN = True
    assert 'href="/w/move-in"' in stranger.get("/w/open").content.decode()
    PartyKey.objects.all().delete()
    arrived = moved_in(stranger, data, code)
    assert arrived.context["moved"].key_kept and arrived.context["moved"].proofs[0].kept is not None
    assert "Rosa Delgado" in stranger.get("/w").content.decode()
    assert moved_in(Client(), data, "AAAA").status_code == 422
    assert Organisation.objects.filter(kind="person").count() == 2, "a wrong code makes no page"
    for _ in range(12):
        last = moved_in(stranger, data, code)
    assert last.status_code == 429


def test_a_working_life_comes_in_line_by_line(client: Client, kept: str) -> None:
    sample = (vectors("one-edtech") / "ler-rs/LER-RS_V2_UC010_applying.json").read_bytes()
    seen = client.post("/w/take/in", {"file": SimpleUploadedFile("life.json", sample)})
    assert "Marketing Manager" in seen.content.decode() and not Statement.objects.exists()
    text = seen.context["form"].initial["text"]
    done = client.post("/w/take/in", {"text": text, "lines": ["0"]})
    assert done.status_code == 200 and Statement.objects.count() == 1
    assert client.post("/w/take/in", {"text": text, "lines": ["99"]}).status_code == 422
    assert client.post("/w/take/in", {"text": "{}", "lines": ["0"]})["Location"] == "/w/take/in"
    bad = client.post("/w/take/in", {"file": SimpleUploadedFile("x.json", b"{}")})
    assert bad.status_code == 422 and "find a working life" in bad.content.decode()
    assert client.post("/w/take/in", {"file": SimpleUploadedFile("x.json", b"x" * 600_000)}).status_code == 422


@pytest.mark.django_db(transaction=True)
def test_erased_is_erased_in_every_browser(client: Client, firm: Any, kept: str, settings: Any) -> None:
    phone = Client()
    phone.force_login(firm.supervisor_user)
    phone.post("/w/open", {"code": kept, "pin": PIN})
    page = client.get("/w/erase").content.decode()
    assert "Rosa Delgado" in page and "Tallgrass Machine Works" in page
    for wrong in ({"typed_name": "Rosa", "pin": PIN}, {"typed_name": "Rosa Delgado", "pin": "000000"}, {}):
        assert client.post("/w/erase", wrong).status_code == 422
    assert Held.objects.exists()
    gone = client.post("/w/erase", {"typed_name": "rosa delgado", "pin": PIN})
    assert gone["Location"] == "/w/erased" and "Your page is erased" in client.get("/w/erased").content.decode()
    assert not Held.objects.exists() and not PartyKey.objects.exists() and Erased.objects.count() == 1
    space = Organisation.objects.get(kind="person")
    assert space.name == "Erased page" and not DataKey.objects.filter(org_id=space.id).exists()
    assert phone.get("/w")["Location"] == "/w/open" and phone.get("/proofs").status_code == 200
    assert phone.post("/w/open", {"code": kept, "pin": PIN}).status_code == 422
    from django.contrib.sessions.models import Session

    assert all(str(space.id) not in str(one.get_decoded()) for one in Session.objects.all())


def test_the_firm_keeps_what_it_gave_and_is_told_nothing(client: Client, firm: Any, proof: Any, kept: str) -> None:
    proof.refresh_from_db()
    space = proof.own_org_id
    client.post("/w/erase", {"typed_name": "Rosa Delgado", "pin": PIN})
    boss = Client()
    boss.force_login(firm.owner_user)
    assert boss.get(f"/proofs/{proof.id}").status_code == 200
    proof.refresh_from_db()
    assert proof.own_org_id not in (None, space)
    firm.person.refresh_from_db()
    assert firm.person.own_org_id is None
