"""A worker's own page, open in several browsers, for tests that start there."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client
from django.utils import timezone

from skillmark.rooms.credentials import operations
from tests.authenticator import Phone
from tests.public.given import give

PIN = "739204"
ANDROID = "Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36"


def claim(client: Client, *, firm: Any, key: str = "forklift", **data: str) -> Any:
    """Keep a new proof of the firm in this browser: the answer of the page."""
    proof = give(firm=firm, key=key)
    _, code, _ = operations.offer(actor=firm.owner, issued_id=proof.id, way="screen", now=timezone.now())
    return client.post(f"/k/{code}/keep", data)


def with_slip(client: Client, *, firm: Any) -> str:
    """The page of the firm's Rosa, open in this browser in English, with a slip: its code."""
    claim(client, firm=firm)
    client.cookies["django_language"] = "en"
    return str(client.post("/w/pin", {"pin": PIN}).context["slip"])


def opened(slip: str, *, pin: str = PIN, device: str = ANDROID) -> Client:
    """Another browser in which the page was opened by its slip."""
    browser = Client(HTTP_USER_AGENT=device)
    browser.cookies["django_language"] = "en"
    assert browser.post("/w/open", {"code": slip, "pin": pin})["Location"] == "/w"
    return browser


def set_up(client: Client, *, host: str = "localhost") -> Phone:
    """Face or finger on this device, by its page."""
    phone = Phone(origin=f"http://{host}", host=host)
    options = client.get("/w/passkeys", headers={"host": host}).context["options"]
    answer = client.post("/w/passkeys", {"credential": json.dumps(phone.make(options))}, headers={"host": host})
    assert answer.status_code == 302
    return phone
