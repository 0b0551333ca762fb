"""The worker's side of a leaver's pack: a mere visit opens nothing, a PIN shows it, one press keeps all of it."""

from __future__ import annotations

import html
import io
import re
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from skillmark.desks import leaving
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.records import operations as records
from skillmark.rooms.records import queries as packs
from tests.cast import Firm, today
from tests.leaving_cast import Cook, leave, make_cook
from tests.public.given import give

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cook(firm: Firm) -> Cook:
    return make_cook(firm, now=timezone.now() - timedelta(minutes=1))


@pytest.fixture
def given(cook: Cook) -> leaving.Given:
    return leave(cook, last=today(), now=timezone.now())


def _words(response: Any) -> str:
    return " ".join(html.unescape(response.content.decode()).split())


def _address(given: leaving.Given, *parts: str) -> str:
    return "/".join((f"/l/{given.code.replace('-', '')}", *parts))


def _open(client: Client, given: leaving.Given) -> str:
    return _words(client.post(_address(given), {"pin": given.pin}, follow=True))


def test_a_mere_visit_tells_the_firm_and_a_first_name_and_opens_nothing(
    client: Client, cook: Cook, given: leaving.Given
) -> None:
    response = client.get(_address(given))
    page = _words(response)
    assert "Tallgrass Machine Works" in page and "Rosa" in page and "Delgado" not in page
    assert not any(one.title in page for one in cook.skills)
    assert response["Cache-Control"] == "no-store" and "noindex" in response["X-Robots-Tag"]
    assert packs.pack(actor=cook.firm.owner, pack_id=given.pack.id).opened_at is None


def test_with_the_pin_it_shows_all_in_the_persons_language(client: Client, cook: Cook, given: leaving.Given) -> None:
    page = _open(client, given)
    assert '<html lang="es"' in page and "Línea de cocina, Tallgrass Machine Works" in page
    assert all(one.title in page for one in cook.skills)
    assert packs.pack(actor=cook.firm.owner, pack_id=given.pack.id).opened_at is not None


def test_one_press_keeps_everything_and_asks_for_a_pin(client: Client, cook: Cook, given: leaving.Given) -> None:
    _open(client, given)
    kept = client.post(_address(given, "keep"))
    assert kept["Location"] == "/w/pin"
    page = _words(client.get("/w"))
    assert all(one.title in page for one in cook.skills) and "Línea de cocina" in page
    gone = client.get(_address(given))
    assert gone.status_code == 410


def test_without_the_pin_nothing_is_shown_kept_or_saved(client: Client, cook: Cook, given: leaving.Given) -> None:
    wrong = "111111" if given.pin != "111111" else "222222"
    refused = client.post(_address(given), {"pin": wrong})
    assert refused.status_code == 422 and not any(one.title in _words(refused) for one in cook.skills)
    assert client.post(_address(given), {"pin": ""}).status_code == 422
    for response in (client.post(_address(given, "keep")), client.get(_address(given, "files.zip"))):
        assert response.status_code == 302 and response["Location"] == _address(given)
    assert client.get(_address(given, "keep")).status_code == 405
    for _ in range(5):
        locked = client.post(_address(given), {"pin": wrong})
    assert locked.status_code == 410
    assert client.post(_address(given), {"pin": given.pin}).status_code == 410


def test_opened_here_is_not_opened_elsewhere_nor_for_another_pack(
    client: Client, given: leaving.Given, other_firm: Firm
) -> None:
    _open(client, given)
    assert Client().post(_address(given, "keep"))["Location"] == _address(given)
    other = leave(make_cook(other_firm, now=timezone.now()), last=today(), now=timezone.now())
    assert client.post(_address(other, "keep"))["Location"] == _address(other)


def test_a_new_code_of_the_firm_closes_what_stood_open(client: Client, cook: Cook, given: leaving.Given) -> None:
    _open(client, given)
    records.new_pack_code(actor=cook.firm.owner, pack_id=given.pack.id, now=timezone.now())
    assert client.post(_address(given, "keep")).status_code == 404
    assert client.get(_address(given)).status_code == 404
    assert client.get(_address(given, "files.zip")).status_code == 404


def test_the_files_are_those_of_the_pack(client: Client, cook: Cook, given: leaving.Given) -> None:
    _open(client, given)
    response = client.get(_address(given, "files.zip"))
    with zipfile.ZipFile(io.BytesIO(response.content)) as parcel:
        names = parcel.namelist()
    assert sum(name.endswith(".json") and "/" not in name for name in names) == 3
    assert sum(name.endswith(".pdf") for name in names) == 3
    assert any(name.endswith("map.json") for name in names)


def test_into_the_page_that_is_open_only_when_that_was_said(client: Client, cook: Cook, given: leaving.Given) -> None:
    """On a shared tablet another worker's page may stand open."""
    proof = give(firm=cook.firm)
    _, code, pin = credentials.offer(actor=cook.firm.owner, issued_id=proof.id, way="slip", now=timezone.now())
    client.post(f"/k/{code.replace('-', '')}/keep", {"pin": pin})
    page = _open(client, given)
    into = re.search(r'name="into" value="([^"]+)"', page)
    assert into is not None
    kept = client.post(_address(given, "keep"), {"into": into[1]})
    assert kept["Location"] == "/w/pin"  # no PIN was chosen so far
    assert all(one.title in _words(client.get("/w")) for one in cook.skills)


def test_a_page_with_a_pin_is_not_opened_by_a_pack(client: Client, cook: Cook, given: leaving.Given) -> None:
    proof = give(firm=cook.firm)
    _, code, pin = credentials.offer(actor=cook.firm.owner, issued_id=proof.id, way="slip", now=timezone.now())
    client.post(f"/k/{code.replace('-', '')}/keep", {"pin": pin})
    client.post("/w/pin", {"pin": "274913", "again": "274913"})
    stranger = Client()
    _open(stranger, given)
    kept = stranger.post(_address(given, "keep"))
    assert kept.status_code == 200 and "/w/open" in _words(kept)
    assert stranger.get("/w")["Location"] == "/w/open"


def test_the_code_is_typed_by_hand(client: Client, given: leaving.Given) -> None:
    assert client.get("/l").status_code == 200
    typed = client.post("/l", {"code": f" {given.code.lower()} "})
    assert typed["Location"] == _address(given)
    assert client.post("/l", {"code": ""}).status_code == 422
    assert client.get("/l/ABCDEFGH").status_code == 404


def test_a_badge_of_anybody_tells_position_and_days(client: Client, cook: Cook, given: leaving.Given) -> None:
    page = _words(client.get(f"/verify/{given.pack.history_id}", headers={"accept-language": "en"}))
    assert "Position" in page and "Línea de cocina" in page and "Worked from" in page and "3 March 2024" in page
    client.cookies["django_language"] = "es"
    page = _words(client.get(f"/verify/{given.pack.history_id}"))
    assert "Línea de cocina" in page
