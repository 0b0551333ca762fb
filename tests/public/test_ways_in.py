"""The ways into a worker's own page, and out of a lost phone: devices, recovery codes, face or finger."""

from __future__ import annotations

import io
import json
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from skillmark.edges.public import door, session
from skillmark.rooms.records import rules
from skillmark.rooms.records.models import Opening, Passkey
from tests.public.ways_in import ANDROID, PIN, claim, opened, set_up, with_slip

HERE = {"host": "localhost"}


@pytest.fixture(autouse=True)
def quick_hashes(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]


@pytest.fixture
def slip(client: Client, firm: Any) -> str:
    """Rosa's page, open in `client`."""
    return with_slip(client, firm=firm)


def age(client: Client, *, minutes: int) -> None:
    """The page was opened so long ago, and was used since."""
    stored = client.session
    stored[session.KEY] = {**stored[session.KEY], "opened": (timezone.now() - timedelta(minutes=minutes)).timestamp()}
    stored.save()


def test_a_lost_phone_is_closed_from_another_device(client: Client, slip: str) -> None:
    phone = opened(slip)
    page = client.get("/w/devices").content.decode()
    assert "Android phone" in page
    assert "with slip and PIN" in page
    lost = Opening.objects.get(device="android")
    assert client.post(f"/w/devices/{lost.id}/end")["Location"] == "/w/devices"
    assert phone.get("/w")["Location"] == "/w/open"
    assert "Android phone" not in client.get("/w/devices").content.decode()
    assert client.get("/w").status_code == 200


def test_all_others_are_closed_at_once(client: Client, slip: str) -> None:
    phones = [opened(slip), opened(slip)]
    client.post("/w/devices/others/end")
    assert [phone.get("/w").status_code for phone in (*phones, client)] == [302, 302, 200]


def test_a_new_slip_closes_the_lost_phone(client: Client, slip: str) -> None:
    phone = opened(slip)
    assert client.post("/w/pin", {"old": PIN, "pin": "580417"}).status_code == 200
    assert phone.get("/w")["Location"] == "/w/open"
    assert client.get("/w").status_code == 200


def test_the_outsider_closes_nothing_and_removes_nothing(client: Client, slip: str, other_firm: Any) -> None:
    phone = opened(slip)
    made = Passkey.objects.create(
        org_id=Opening.objects.filter(device="android").get().org_id,
        credential_id="x",
        data=b"x",
        device="",
        made_at=timezone.now(),
    )
    stranger = Client()
    with_slip(stranger, firm=other_firm)
    for there in Opening.objects.filter(device="android"):
        assert stranger.post(f"/w/devices/{there.id}/end").status_code == 404
    assert stranger.post(f"/w/devices/{uuid4()}/end").status_code == 404
    assert stranger.post(f"/w/passkeys/{made.id}/remove").status_code == 404
    stranger.post("/w/devices/others/end")
    assert phone.get("/w").status_code == 200
    for address in ("devices", "passkeys", "recovery", "join", "offline-copy"):
        assert Client().get(f"/w/{address}")["Location"] == "/w/open"


def test_closing_the_page_ends_the_opening(client: Client, slip: str) -> None:
    client.post("/w/close")
    assert not Opening.objects.filter(ended_at=None).exists()


def test_an_opening_of_an_older_version_is_closed(client: Client, slip: str) -> None:
    stored = client.session
    stored[session.KEY] = {name: value for name, value in stored[session.KEY].items() if name not in ("opening", "opened")}
    stored.save()
    assert client.get("/w")["Location"] == "/w/open"


def test_a_code_from_paper_opens_the_page_and_closes_the_lost_phone(client: Client, slip: str) -> None:
    phone = opened(slip)
    sheet = phone.post("/w/recovery")
    codes = sheet.context["codes"]
    assert sheet["Cache-Control"] == "no-store"
    assert "8 codes are left" in client.get("/w/recovery").content.decode()
    other = Client()
    other.cookies["django_language"] = "en"
    assert other.post("/w/recover", {"code": codes[0], "pin": "123456"}).status_code == 422
    back = other.post("/w/recover", {"code": codes[0].lower(), "pin": "580417"})
    assert back.status_code == 200
    assert "The slip of your page" in back.content.decode()
    assert other.get("/w").status_code == 200
    assert [one.get("/w").status_code for one in (phone, client)] == [302, 302]
    assert Client().post("/w/recover", {"code": codes[0], "pin": "580417"}).status_code == 422
    assert Client().post("/w/open", {"code": back.context["slip"], "pin": "580417"})["Location"] == "/w"
    assert "7 codes are left" in other.get("/w/recovery").content.decode()


def test_the_codes_come_as_a_pdf_too_and_end_the_sheet_before(client: Client, slip: str) -> None:
    before = client.post("/w/recovery").context["codes"]
    paper = client.post("/w/recovery", {"pdf": "1"})
    assert paper["Content-Type"] == "application/pdf"
    assert paper["Cache-Control"] == "no-store"
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.content)).pages)
    codes = re.findall(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", text)
    assert len(codes) == 8
    assert "/w/recover" in text
    assert Client().post("/w/recover", {"code": before[0], "pin": "580417"}).status_code == 422
    assert Client().post("/w/recover", {"code": codes[0], "pin": "580417"}).status_code == 200


def test_recovery_works_in_the_pause_that_wrong_pins_make(client: Client, slip: str) -> None:
    codes = client.post("/w/recovery").context["codes"]
    thief = Client()
    tries = [thief.post("/w/open", {"code": slip, "pin": "000000"}).status_code for _ in range(10)]
    assert tries == [422] * 10
    back = Client().post("/w/recover", {"code": codes[7], "pin": "580417"})
    assert Client().post("/w/open", {"code": back.context["slip"], "pin": "580417"})["Location"] == "/w"


def test_guessed_codes_open_nothing_and_are_counted(client: Client, slip: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(door.LIMITS, "recover", 2)
    guesses = [Client().post("/w/recover", {"code": f"AAAA-BBBB-CCC{one}", "pin": "580417"}) for one in "DEF"]
    assert [one.status_code for one in guesses] == [422, 422, 429]


def test_face_or_finger_opens_the_page_without_a_slip(client: Client, slip: str) -> None:
    phone = set_up(client)
    phone.count = 2
    other = Client(HTTP_USER_AGENT=ANDROID)
    asked = other.get("/w/face/question", headers=HERE).json()["request_options"]
    answer = {"credential": json.dumps(phone.open(asked))}
    assert other.post("/w/face", answer, headers=HERE)["Location"] == "/w"
    assert other.get("/w").status_code == 200
    assert Opening.objects.get(way="passkey").device == "android"
    assert other.post("/w/face", answer, headers=HERE)["Location"] == "/w/open"  # replayed: that question is spent
    fresh = Client()
    assert fresh.post("/w/face", answer, headers=HERE)["Location"] == "/w/open"  # replayed elsewhere: nobody asked
    fresh.get("/w/face/question", headers=HERE)
    assert fresh.post("/w/face", answer, headers=HERE)["Location"] == "/w/open"  # replayed against another question
    assert fresh.get("/w")["Location"] == "/w/open"


@pytest.mark.parametrize("answer", ["", "no", "[]", "{}", '{"id": 5}'])
def test_no_answer_opens_nothing(client: Client, slip: str, answer: str) -> None:
    other = Client()
    other.get("/w/face/question", headers=HERE)
    assert other.post("/w/face", {"credential": answer}, headers=HERE)["Location"] == "/w/open"
    assert client.post("/w/passkeys", {"credential": answer}, headers=HERE)["Location"] == "/w/passkeys"
    assert not Passkey.objects.exists()


def test_face_or_finger_is_offered_on_safe_addresses_only(client: Client, slip: str) -> None:
    assert client.get("/w/passkeys", headers={"host": "192.168.0.7:8000"}).context["options"] is None
    assert client.get("/w/passkeys", headers={"host": "skillmark.example"}).context["options"] is None
    assert client.get("/w/passkeys", headers=HERE).context["options"] is not None
    plain = Client().get("/w/open", headers={"host": "192.168.0.7:8000"}).content.decode()
    assert "data-passkey" not in plain
    assert "data-passkey" in Client().get("/w/open", headers=HERE).content.decode()


def test_a_page_left_lying_open_takes_no_new_way_in(client: Client, slip: str) -> None:
    age(client, minutes=11)
    assert "codes" not in (client.post("/w/recovery").context or {})
    page = client.get("/w/passkeys", headers=HERE)
    assert page.context["options"] is None
    assert "Open my page once more" in page.content.decode()
    client.post("/w/passkeys", {"credential": "{}"}, headers=HERE)
    assert not Passkey.objects.exists()


def test_a_slip_beside_face_or_finger_needs_a_fresh_opening(client: Client, firm: Any) -> None:
    claim(client, firm=firm)
    set_up(client)
    age(client, minutes=11)
    client.post("/w/pin", {"pin": PIN})
    assert client.get("/w/pin").context["there"] is False
    age(client, minutes=1)
    assert client.post("/w/pin", {"pin": PIN}).status_code == 200


def test_right_after_keeping_there_is_one_choice(client: Client, firm: Any) -> None:
    assert claim(client, firm=firm)["Location"] == "/w/pin"
    client.cookies["django_language"] = "en"
    choice = client.get("/w/pin", headers=HERE).content.decode()
    assert "How do you want to open it next time?" in choice
    assert 'data-passkey="create"' in choice
    set_up(client)
    assert client.get("/w/pin", headers=HERE).context["options"] is None
    again = Client()
    kept = claim(again, firm=firm, key="harness")
    assert kept.status_code == 200  # it is there; whoever has the code sees nothing of the page
    assert again.get("/w")["Location"] == "/w/open"


def test_visits_keep_it_open_for_another_while(client: Client, slip: str) -> None:
    client.get("/w")
    left = client.session[session.KEY]["until"] - timezone.now().timestamp()
    assert rules.STAYS_OPEN.total_seconds() - 5 < left <= rules.STAYS_OPEN.total_seconds()


def test_the_question_that_waits_comes_as_soon_as_the_page_is_open(client: Client, slip: str) -> None:
    phone = Client()
    phone.get("/w/answer", {"request": "openid4vp://?request_uri=https%3A%2F%2Ffirm.example%2F1"})
    assert phone.post("/w/open", {"code": slip, "pin": PIN})["Location"] == "/w/answer"
    assert "firm.example" in phone.get("/w/answer").content.decode()


def test_a_page_without_a_way_back_says_so_before_all_else(client: Client, firm: Any) -> None:
    claim(client, firm=firm)
    client.cookies["django_language"] = "en"
    page = client.get("/w").content.decode()
    assert page.index("You have no way back yet") < page.index("My proofs")
    assert page.count(" go") == 1, "the way back is the main button, and sharing is not"
    client.post("/w/pin", {"pin": PIN})
    assert "You have no way back yet" not in client.get("/w").content.decode()


def test_a_wrong_address_leads_back_to_the_page_that_is_open(client: Client, slip: str) -> None:
    assert 'href="/w"' in client.get("/w/nowhere").content.decode()
    assert 'href="/w"' not in Client().get("/w/nowhere").content.decode()
