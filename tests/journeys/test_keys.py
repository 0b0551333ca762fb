"""An owner changes the signing key with a trial, gives one up, gives its proofs anew, stops and goes on: by buttons alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page

from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.signing.models import IssuerKey
from tests.cast import Firm
from tests.cast import today as today_there
from tests.journeys.conftest import PHONE
from tests.journeys.fitness import fit

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]


@pytest.fixture
def proof(firm: Firm) -> Any:
    now = timezone.now()
    kind = credentials.add_ready_template(actor=firm.owner, key="close-line", now=now)
    return credentials.give(
        actor=firm.owner, person_id=firm.person.id, template_id=kind.id, level=3, request_key=str(uuid4()),
        now=now - timedelta(minutes=1),
    )  # fmt: skip


def press(page: Page, selector: str) -> None:
    page.locator(f"main {selector}").click()
    page.wait_for_load_state()
    fit(page)


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_key_is_changed_and_another_given_up(
    here: str, browser: Browser, firm: Firm, proof: Any, signed_in_address: Any, language: str
) -> None:
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(signed_in_address(firm.owner_user.id))
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()
    context.add_cookies([{"name": "django_language", "value": language, "url": here}])
    page.goto(f"{here}/settings/keys")
    fit(page)
    first = IssuerKey.objects.get(org_id=firm.org.id, purpose="credential")

    press(page, "form[action$='/new'] button")
    press(page, "button[value=try]")
    assert page.locator("main .chip.ok").count() == 2
    press(page, "button[value=use]")
    first.refresh_from_db()
    assert first.state == "retired"

    page.goto(f"{here}/settings/keys/{first.id}/known")
    fit(page)
    page.locator("main button.stop").click()
    page.wait_for_load_state()
    assert page.locator("#id_why_error").count() == 1
    page.fill("#id_day", today_there().isoformat())
    page.fill("#id_why", "Old laptop lost")
    press(page, "button.stop")
    assert page.locator("progress").get_attribute("value") == "0"
    press(page, "button.go")
    assert page.locator("progress").get_attribute("value") == page.locator("progress").get_attribute("max") == "1"

    page.goto(f"{here}/settings/keys/stop")
    fit(page)
    page.fill("#id_why", "We look into it")
    press(page, "button.stop")
    assert page.locator("main .note.warn").count() == 1
    press(page, ".note.warn button")
    assert page.locator("main .note.warn").count() == 0
