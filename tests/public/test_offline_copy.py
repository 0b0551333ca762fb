"""A copy on one's own phone: only after the button, only of one's own page, and gone when it is closed anywhere."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from skillmark.rooms.records.models import Opening
from tests.public.ways_in import opened, with_slip


@pytest.fixture(autouse=True)
def everywhere(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]


@pytest.fixture
def slip(client: Client, firm: Any) -> str:
    return with_slip(client, firm=firm)


def keep(browser: Client) -> int:
    return browser.post("/w/offline-copy/keep", headers={"host": "localhost"}).status_code


def test_nothing_is_there_before_the_button_is_pressed(client: Client, slip: str) -> None:
    assert client.get("/w/offline-copy").status_code == 404
    assert client.get("/w/offline-copy/state").status_code == 410
    assert keep(client) == 204
    page = client.get("/w/offline-copy").content.decode()
    assert "Rosa Delgado" in page
    assert "Last known on" in page
    assert "data:image/svg+xml;base64," in page
    assert "csrfmiddlewaretoken" not in page
    assert client.get("/w/offline-copy/state").status_code == 204


def test_it_is_offered_on_safe_addresses_only(client: Client, slip: str) -> None:
    assert client.post("/w/offline-copy/keep", headers={"host": "192.168.0.7"}).status_code == 404
    assert "data-keep-here" not in client.get("/w/devices", headers={"host": "192.168.0.7"}).content.decode()
    assert "data-keep-here" in client.get("/w/devices", headers={"host": "localhost"}).content.decode()


def test_closing_the_page_on_the_phone_ends_it(client: Client, slip: str) -> None:
    keep(client)
    client.post("/w/close")
    assert client.get("/w/offline-copy/state").status_code == 410
    assert not Opening.objects.filter(ended_at=None).exists()


def test_closing_it_from_elsewhere_ends_it_even_when_the_page_had_closed_by_itself(client: Client, slip: str) -> None:
    phone = opened(slip)
    keep(phone)
    stored = phone.session
    del stored["record"]
    stored.save()
    assert phone.get("/w/offline-copy/state").status_code == 204
    kept = Opening.objects.get(kept_at__isnull=False)
    assert "Keeps a copy" in client.get("/w/devices").content.decode()
    client.post(f"/w/devices/{kept.id}/end")
    assert phone.get("/w/offline-copy/state").status_code == 410


def test_opened_again_on_the_same_phone_it_goes_on(client: Client, slip: str) -> None:
    keep(client)
    client.post("/w/open", {"code": slip, "pin": "739204"})
    assert client.get("/w/offline-copy").status_code == 200
    assert keep(client) == 204
    assert Opening.objects.filter(kept_at__isnull=False).count() == 1


def test_somebody_else_on_the_same_phone_does_not_get_it(client: Client, slip: str, other_firm: Any) -> None:
    keep(client)
    with_slip(client, firm=other_firm)
    assert client.get("/w/offline-copy").status_code == 404
    client.cookies["my-copy"] = "nonsense"
    assert client.get("/w/offline-copy/state").status_code == 410


def test_the_worker_may_see_the_own_page_only(client: Client, db: Any) -> None:
    worker = client.get("/w/worker.js")
    assert worker["Service-Worker-Allowed"] == "/w"
    assert "/static/public/own-page-worker.js" in worker.content.decode()


@pytest.mark.parametrize(("language", "name"), [("en", "My page"), ("es", "Mi página")])
def test_the_icon_has_a_name_in_both_languages(client: Client, db: Any, language: str, name: str) -> None:
    told = client.get(f"/w/{language}.webmanifest").json()
    assert (told["name"], told["scope"], told["start_url"]) == (name, "/w", "/w")
    assert client.get("/w/xx.webmanifest").status_code == 404
