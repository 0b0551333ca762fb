"""The page closes by itself while somebody types: they open it again, and go on with what they typed. Nobody else can."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from skillmark.edges.public import session
from skillmark.rooms.records import operations as records
from skillmark.rooms.records.models import Statement
from tests.house.desks import own_page
from tests.public.ways_in import PIN, set_up, with_slip

HERE = {"host": "localhost"}
CANARY = "Reach truck, three years. CANARY-8812"


@pytest.fixture
def slip(client: Client, firm: Any) -> str:
    return with_slip(client, firm=firm)


def let_time_run_out(client: Client) -> None:
    kept = client.session
    kept[session.KEY]["until"] = 0
    kept.save()


def typed(client: Client) -> str:
    """Something is sent after the time is over: what the page that asks for the slip carries along."""
    let_time_run_out(client)
    page = client.post("/w/say/skill/new", {"title": CANARY, "since": "2019"})
    assert page.status_code == 401 and not Statement.objects.exists()
    text = page.content.decode()
    assert "What you typed is not lost" in text and "CANARY" not in text
    return re.findall(r'name="unfinished" value="([^"]+)"', text)[-1]


def on_with(client: Client, page: Any) -> Any:
    """Press the button of the page that has what was typed."""
    text = page.content.decode()
    action = re.search(r'<form class="stack" method="post" action="([^"]+)"', text)
    assert action is not None
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', text))
    return client.post(action[1], fields)


def test_open_it_again_and_go_on(client: Client, slip: str) -> None:
    sealed = typed(client)
    wrong = client.post("/w/open", {"code": slip, "pin": "111222", "unfinished": sealed})
    assert sealed in wrong.content.decode(), "a wrong PIN loses nothing either"
    page = client.post("/w/open", {"code": slip, "pin": PIN, "unfinished": sealed})
    assert not Statement.objects.exists(), "nothing is sent before they say so"
    assert on_with(client, page).status_code == 302
    assert CANARY in client.get("/w/say").content.decode()


def test_a_photo_is_not_kept_and_that_is_said(client: Client, slip: str) -> None:
    let_time_run_out(client)
    sent = {"title": CANARY, "photo": SimpleUploadedFile("card.jpg", b"x")}
    text = client.post("/w/say/skill/new", sent).content.decode()
    sealed = re.findall(r'name="unfinished" value="([^"]+)"', text)[-1]
    page = client.post("/w/open", {"code": slip, "pin": PIN, "unfinished": sealed})
    assert "Add it again afterwards" in page.content.decode()
    let_time_run_out(client)
    assert client.post("/w/add", {"files": SimpleUploadedFile("a.json", b"{}"), "text": ""})["Location"] == "/w/open"


def test_by_face_or_finger_too(client: Client, slip: str) -> None:
    phone = set_up(client)
    sealed = typed(client)
    phone.count = 2
    asked = client.get("/w/face/question", headers=HERE).json()["request_options"]
    page = client.post("/w/face", {"credential": json.dumps(phone.open(asked)), "unfinished": sealed}, headers=HERE)
    assert CANARY in page.content.decode()


def test_on_another_page_it_opens_nothing(client: Client, slip: str) -> None:
    sealed = typed(client)
    somebody = own_page.empty_page("Luis Ortega")
    code = records.choose_pin(actor=somebody, pin=PIN, now=timezone.now())
    answer = client.post("/w/open", {"code": code, "pin": PIN, "unfinished": sealed})
    assert answer["Location"] == "/w" and "CANARY" not in client.get("/w").content.decode()


@pytest.mark.parametrize("sealed", ["", "x", "AAAA", "é", "W10="])
def test_what_is_not_ours_opens_nothing(client: Client, slip: str, sealed: str) -> None:
    assert client.post("/w/open", {"code": slip, "pin": PIN, "unfinished": sealed})["Location"] == "/w"


def test_nothing_of_it_stays_on_the_server_and_no_pin_goes_along(client: Client, slip: str) -> None:
    typed(client)
    assert not [one for one in Session.objects.all() if "CANARY" in str(one.get_decoded())]
    client.post("/w/open", {"code": slip, "pin": PIN})
    let_time_run_out(client)
    answer = client.post("/w/erase", {"typed_name": "Rosa Delgado", "pin": PIN})
    assert answer["Location"] == "/w/open"
    assert "Your page had closed here" in client.get("/w/open").content.decode()


def test_a_page_that_was_read_only_says_why_it_asks(client: Client, slip: str) -> None:
    let_time_run_out(client)
    assert client.get("/w")["Location"] == "/w/open"
    assert "Your page had closed here" in client.get("/w/open").content.decode()
    assert "Your page had closed here" not in Client().get("/w", follow=True).content.decode()
