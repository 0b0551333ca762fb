"""The gate that every page passes: axe (WCAG 2.2 AA) clean, no sideways scroll, no other computer asked, no complaint of the
content policy; in both languages, on a phone and on a desk, light and dark, with and without scripts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, Page

from skillmark.rooms.credentials import operations as credentials
from tests.cast import Firm
from tests.journeys.conftest import DESK, PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PUBLIC = [
    "/",
    "/check",
    "/check/sample/good",
    "/check/sample/expired",
    "/check/sample/fake",
    "/k",
    "/w/open",
    "/join",
    "/sign-in",
]
SIGNED_IN = [
    "/", "/people", "/people/new", "/proofs", "/give", "/give/close-line", "/kinds", "/kinds/new", "/settings",
    "/settings/firm", "/settings/address", "/settings/phones", "/settings/history", "/start",
]  # fmt: skip


@pytest.fixture
def proof(firm: Firm) -> Any:
    """A proof that was given a moment ago."""
    now = timezone.now()
    kind = credentials.add_ready_template(actor=firm.owner, key="close-line", now=now)
    return credentials.give(
        actor=firm.owner, person_id=firm.person.id, template_id=kind.id, level=3, request_key=str(uuid4()),
        now=now - timedelta(minutes=1),
    )  # fmt: skip


def _problems(page: Page, address: str, here: str) -> list[str]:
    """What is wrong with one page, in words."""
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    answer = page.goto(here + address)
    found = [] if answer is not None and answer.status < 400 else [f"{address}: status {answer and answer.status}"]
    found += [f"{address} asks {url}" for url in asked if not url.startswith((here, "data:"))]
    found += [f"{address} complains: {text}" for text in said]
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        found.append(f"{address} scrolls sideways")
    result = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
    found += [
        f"{address}: {one['id']} at {one['nodes'][0]['target']}: {one['nodes'][0]['html'][:120]}"
        for one in result.response["violations"]
    ]
    return found


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("view", ["phone", "desk", "dark"])
def test_every_page_is_fit_for_everyone(
    here: str, browser: Browser, firm: Firm, proof: Any, signed_in_address: Any, language: str, view: str
) -> None:
    context = browser.new_context(
        viewport=DESK if view == "desk" else PHONE, color_scheme="dark" if view == "dark" else "light"
    )
    context.add_cookies([{"name": "django_language", "value": language, "url": here}])
    page = context.new_page()
    now = timezone.now()
    code = credentials.offer(actor=firm.owner, issued_id=proof.id, way="screen", now=now)[1]
    found = []
    for address in [*PUBLIC, f"/k/{code}", f"/verify/{proof.id}"]:
        found += _problems(context.new_page(), address, here)
    page.goto(signed_in_address(firm.owner_user.id))
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()
    context.add_cookies([{"name": "django_language", "value": language, "url": here}])  # signing in chose the user's own
    page.goto(f"{here}/people")
    assert page.locator("html").get_attribute("lang") == language
    mine = [f"/people/{firm.person.id}", f"/proofs/{proof.id}", f"/proofs/{proof.id}/cancel", f"/proofs/{proof.id}/hand-over"]
    for address in [*SIGNED_IN, *mine]:
        opened = context.new_page()
        found += _problems(opened, address, here)
        opened.close()
    assert not found, "\n".join(found)


def test_pages_read_without_scripts(here: str, browser: Browser, firm: Firm, proof: Any) -> None:
    page = browser.new_context(viewport=PHONE, java_script_enabled=False).new_page()
    code = credentials.offer(actor=firm.owner, issued_id=proof.id, way="screen", now=timezone.now())[1]
    page.goto(f"{here}/k/{code}")
    page.locator("button.go").click()  # in the worker's language, whatever the browser's is
    assert page.locator("main h1").count() == 1
    page.goto(f"{here}/check")
    page.locator("textarea").first.fill(f"{here}/verify/{proof.id}")
    page.locator("main form button[type=submit]").first.click()
    assert page.locator(".verdict h1").inner_text() == "Todo en orden"
