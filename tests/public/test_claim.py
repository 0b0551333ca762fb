"""Keeping a proof from a slip: looking takes nothing, a PIN is needed, wrong ones count, used codes say so."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from skillmark.edges.public import door
from skillmark.rooms.credentials import operations, queries
from skillmark.rooms.journal import queries as journal


def test_looking_shows_it_in_the_workers_language_and_keeps_nothing(
    client: Client, firm: Any, proof: Any, slip: tuple[str, str]
) -> None:
    for _ in range(2):
        answer = client.get(f"/k/{slip[0]}")
        page = answer.content.decode()
        assert answer.status_code == 200
        assert "Rosa, esto es para usted" in page
        assert "Montacargas con asiento" in page
    assert answer["Cache-Control"] == "no-store"
    assert queries.proof(actor=firm.owner, issued_id=proof.id).own_org_id is None


def test_a_typed_code_leads_there_however_it_is_written(client: Client, slip: tuple[str, str]) -> None:
    typed = slip[0].lower().replace("-", " ")
    answer = client.post("/k", {"code": typed})
    assert (answer.status_code, answer["Location"]) == (302, f"/k/{slip[0].replace('-', '')}")
    assert client.post("/k", {"code": ""}).status_code == 422


def test_keep_asks_for_the_pin_then_opens_the_page(client: Client, firm: Any, proof: Any, slip: tuple[str, str]) -> None:
    code, pin = slip
    asked = client.post(f"/k/{code}/keep")
    assert "Escriba el PIN" in asked.content.decode()
    kept = client.post(f"/k/{code}/keep", {"pin": f"{pin[:3]} {pin[3:]}"})
    assert (kept.status_code, kept["Location"]) == (302, "/w/pin")
    assert kept.cookies["django_language"].value == "es"
    assert queries.proof(actor=firm.owner, issued_id=proof.id).own_org_id is not None
    used = client.get(f"/k/{code}")
    assert used.status_code == 410
    assert "/w/open" in used.content.decode()


def test_wrong_pins_count_down_and_lock(client: Client, firm: Any, proof: Any, slip: tuple[str, str]) -> None:
    code, pin = slip
    wrong = "111111" if pin != "111111" else "222222"
    statuses = [client.post(f"/k/{code}/keep", {"pin": wrong}).status_code for _ in range(5)]
    assert statuses == [422, 422, 422, 422, 410]
    assert client.post(f"/k/{code}/keep", {"pin": pin}).status_code == 410
    assert queries.proof(actor=firm.owner, issued_id=proof.id).own_org_id is None


def test_the_code_on_the_givers_screen_needs_no_pin(client: Client, firm: Any, proof: Any) -> None:
    _, code, pin = operations.offer(actor=firm.owner, issued_id=proof.id, way="screen", now=timezone.now())
    assert pin == ""
    assert client.post(f"/k/{code}/keep")["Location"] == "/w/pin"


def test_a_second_proof_is_added_and_opens_nothing(client: Client, firm: Any, proof: Any, slip: tuple[str, str]) -> None:
    from tests.public.given import give

    client.post(f"/k/{slip[0]}/keep", {"pin": slip[1]})
    client.post("/w/pin", {"pin": "739204"})
    second = give(firm=firm, key="harness")
    _, code, _ = operations.offer(actor=firm.owner, issued_id=second.id, way="screen", now=timezone.now())
    elsewhere = Client()
    answer = elsewhere.post(f"/k/{code}/keep")
    assert answer.status_code == 200
    assert "/w/open" in answer.content.decode()
    assert elsewhere.get("/w")["Location"] == "/w/open"


def test_not_me_asks_once_then_closes_the_code_and_tells_the_giver(
    client: Client, firm: Any, proof: Any, slip: tuple[str, str]
) -> None:
    address = f"/k/{slip[0]}/not-me"
    client.post(address)
    assert client.get(f"/k/{slip[0]}").status_code == 200
    assert "Gracias" in client.post(address, {"sure": "yes"}).content.decode()
    assert client.get(f"/k/{slip[0]}").status_code == 410
    events = [entry.event for entry in journal.history(org_id=firm.org.id, subject_id=proof.id)]
    assert "credentials.offer.refused" in events


def test_a_visit_to_the_keeping_address_keeps_nothing(client: Client, slip: tuple[str, str]) -> None:
    for end in ("keep", "not-me"):
        assert client.get(f"/k/{slip[0]}/{end}")["Location"] == f"/k/{slip[0]}"


def test_an_unknown_code_and_too_many_of_them(client: Client, db: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.get("/k/AAAABBBB").status_code == 404
    monkeypatch.setitem(door.LIMITS, "code", 2)
    found = [client.get(f"/k/AAAABBB{letter}") for letter in "CDE"]
    assert found[-1].status_code == 429
    assert found[-1]["Retry-After"] == "600"
    assert "Too many tries" in found[-1].content.decode()
