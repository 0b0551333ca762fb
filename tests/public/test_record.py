"""A worker's own page: opened by slip and PIN, closed by hand or by itself, and nobody else's."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from skillmark.edges.public import session
from skillmark.rooms.credentials import operations
from skillmark.rooms.credentials.models import Held

PIN = "739204"


@pytest.fixture
def kept(client: Client, slip: tuple[str, str]) -> str:
    """Rosa has kept her proof and chosen a PIN here; the code of her slip."""
    client.post(f"/k/{slip[0]}/keep", {"pin": slip[1]})
    client.cookies["django_language"] = "en"
    page = client.post("/w/pin", {"pin": PIN})
    return str(page.context["slip"])


def test_the_page_lists_what_is_kept_with_its_state(client: Client, kept: str) -> None:
    page = client.get("/w").content.decode()
    assert "Rosa Delgado" in page
    assert "This page is yours. 1 proof." in page
    assert "In date until" in page


def test_a_proof_shows_a_code_files_and_a_link(client: Client, kept: str, proof: Any) -> None:
    held = Held.objects.get()
    page = client.get(f"/w/{held.id}").content.decode()
    assert "data:image/svg+xml;base64," in page
    assert f"/verify/{proof.id}/proof.json" in page


def test_a_cancelled_one_says_so(client: Client, kept: str, firm: Any, proof: Any) -> None:
    operations.cancel(actor=firm.owner, issued_id=proof.id, reason="Given by mistake", now=timezone.now())
    assert "Don’t rely on this" in client.get("/w").content.decode()


def test_slip_and_pin_open_it_elsewhere(kept: str) -> None:
    phone = Client()
    assert phone.get("/w")["Location"] == "/w/open"
    wrong = phone.post("/w/open", {"code": kept, "pin": "000000"})
    assert wrong.status_code == 422
    assert phone.post("/w/open", {"code": kept.lower(), "pin": PIN})["Location"] == "/w"
    assert "Rosa Delgado" in phone.get("/w").content.decode()


def test_five_wrong_pins_pause_it(kept: str) -> None:
    phone = Client()
    for _ in range(5):
        last = phone.post("/w/open", {"code": kept, "pin": "000000"})
    assert "15 minutes" in last.content.decode()
    assert phone.post("/w/open", {"code": kept, "pin": PIN}).status_code == 422


def test_a_new_slip_needs_the_pin_and_ends_the_old_one(client: Client, kept: str) -> None:
    assert client.post("/w/pin", {"old": "000000", "pin": "580417"}).status_code == 422
    made = client.post("/w/pin", {"old": PIN, "pin": "580417"})
    assert made.status_code == 200
    phone = Client()
    assert phone.post("/w/open", {"code": kept, "pin": "580417"}).status_code == 422
    assert phone.post("/w/open", {"code": made.context["slip"], "pin": "580417"}).status_code == 302


@pytest.mark.parametrize("pin", ["", "12345", "1234567", "abcdef", "123456", "111111"])
def test_weak_pins_are_refused_in_words(client: Client, slip: tuple[str, str], pin: str) -> None:
    client.post(f"/k/{slip[0]}/keep", {"pin": slip[1]})
    assert client.post("/w/pin", {"pin": pin}).status_code == 422


def test_not_my_phone_closes_it_and_leaves_a_supervisor_signed_in(client: Client, firm: Any, kept: str) -> None:
    client.force_login(firm.supervisor_user)
    client.post("/w/open", {"code": kept, "pin": PIN})
    assert client.post("/w/close")["Location"] == "/w/open"
    assert client.get("/w")["Location"] == "/w/open"
    assert client.get("/proofs").status_code == 200


def test_it_closes_by_itself(client: Client, kept: str) -> None:
    stored = client.session
    stored[session.KEY] = {**stored[session.KEY], "until": (timezone.now() - timedelta(seconds=1)).timestamp()}
    stored.save()
    assert client.get("/w")["Location"] == "/w/open"


def test_the_outsider_finds_nothing(client: Client, kept: str, other_firm: Any) -> None:
    """Another person's open page, and another firm's sign-in, get 404 and the closed door."""
    from tests.public.given import give

    held = Held.objects.get()
    theirs = give(firm=other_firm)
    _, code, _ = operations.offer(actor=other_firm.owner, issued_id=theirs.id, way="screen", now=timezone.now())
    stranger = Client()
    stranger.post(f"/k/{code}/keep")
    assert stranger.get("/w").status_code == 200
    assert stranger.get(f"/w/{held.id}").status_code == 404
    signed_in = Client()
    signed_in.force_login(other_firm.owner_user)
    assert signed_in.get(f"/w/{held.id}")["Location"] == "/w/open"
