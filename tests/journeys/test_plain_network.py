"""A workshop with a small computer and no certificate: everything that a worker does works over plain http in its own network.

Browsers keep some of their doors shut there (clipboard, sharing, storage that outlives a page). Nothing here needs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserType, Page, expect

from skillmark.desks import checking
from skillmark.rooms.credentials import operations
from tests.journeys.conftest import PHONE
from tests.public.given import give

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
NAME = "bench.lan"  # browsers hold localhost for safe, and no other name of this kind


@pytest.fixture
def phone(browser_type: BrowserType, browser_type_launch_args: dict[str, Any]) -> Iterator[Page]:
    """A phone in the workshop's network, which knows the computer there by its name."""
    rules = f"--host-resolver-rules=MAP {NAME} 127.0.0.1"
    options = {**browser_type_launch_args, "args": [*browser_type_launch_args["args"], rules]}
    browser: Browser = browser_type.launch(**options)
    yield browser.new_context(viewport=PHONE, accept_downloads=True).new_page()
    browser.close()


@pytest.fixture
def bench(live_server: Any, settings: Any) -> str:
    """The address of the computer there."""
    address = live_server.url.replace("localhost", NAME)
    settings.BASE_URL = address
    settings.ALLOWED_HOSTS = [NAME]
    settings.CSRF_TRUSTED_ORIGINS = []
    return str(address)


def test_a_proof_is_kept_shown_and_saved(bench: str, phone: Page, firm: Any, tmp_path: Path) -> None:
    proof = give(firm=firm)
    _, code, pin = operations.offer(actor=firm.owner, issued_id=proof.id, way="slip", now=timezone.now())
    phone.goto(f"{bench}/k/{code}")
    assert phone.evaluate("isSecureContext") is False
    phone.get_by_role("button", name="Guardarlo").click()
    phone.locator("input[name=pin]").fill(pin)
    phone.locator("main form button[type=submit]").first.click()
    phone.get_by_label(re.compile("PIN")).fill("284731")
    phone.locator("main form button[type=submit]").first.click()
    phone.get_by_role("link", name=re.compile("Abrir mi página")).click()
    phone.get_by_role("link", name=re.compile("Mostrar")).first.click()
    expect(phone.locator(".qr img")).to_be_visible()
    phone.get_by_role("button", name="Copiar enlace").click()  # without the clipboard of safe addresses
    expect(phone.get_by_role("button", name="Copiado")).to_be_visible()
    link = phone.locator("#link").input_value()
    assert link == f"{bench}/verify/{proof.id}"
    with phone.expect_download() as saving:
        phone.get_by_role("link", name=re.compile("PDF")).click()
    card = tmp_path / "card.pdf"
    saving.value.save_as(card)
    assert pypdf.PdfReader(BytesIO(card.read_bytes())).attachments["proof.json"][0] == bytes(proof.document)
    reports = checking.check_bytes(data=card.read_bytes(), name="card.pdf", now=timezone.now(), org_id=None)
    assert [report.code for report in reports] == ["good"]

    # Whoever is shown the link sees the answer, in the same network.
    phone.goto(link)
    expect(phone.locator(".verdict h1")).to_be_visible()
    phone.get_by_role("button", name="Copiar enlace").click()
    expect(phone.get_by_role("button", name="Copiado")).to_be_visible()


def test_a_code_is_typed_where_no_camera_is_at_hand(bench: str, phone: Page, firm: Any) -> None:
    proof = give(firm=firm)
    _, code, _ = operations.offer(actor=firm.owner, issued_id=proof.id, way="screen", now=timezone.now())
    phone.goto(f"{bench}/k")
    phone.locator("input[name=code]").fill(code.lower())
    phone.locator("main form button[type=submit]").first.click()
    phone.get_by_role("button", name="Guardarlo").click()
    expect(phone.get_by_label(re.compile("PIN"))).to_be_visible()
