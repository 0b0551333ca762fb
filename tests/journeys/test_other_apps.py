"""Other programs: a proof goes into another app, one comes from another giver; phone and desk, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page, expect

from skillmark.desks.checking import fetching
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.credentials.models import AppOffer, Held
from tests.cast import Firm
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.fitness import fit, problems
from tests.public.other_app import OtherApp
from tests.public.other_giver import NUMBER, OtherGiver

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.timeout(240)]

VIEWS = {"phone": PHONE, "desk": DESK}


@pytest.fixture
def held(firm: Firm) -> Held:
    """Rosa keeps a proof."""
    now = timezone.now()
    kind = credentials.add_ready_template(actor=firm.owner, key="close-line", now=now)
    proof = credentials.give(
        actor=firm.owner, person_id=firm.person.id, template_id=kind.id, level=3, request_key=str(uuid4()),
        now=now - timedelta(minutes=1),
    )  # fmt: skip
    _, code, pin = credentials.offer(actor=firm.owner, issued_id=proof.id, way="slip", now=now)
    client = Client()
    client.post(f"/k/{code}/keep", {"pin": pin})
    made = Held.objects.get()
    made.cookie = client.cookies["sessionid"].value  # type: ignore[attr-defined]
    return made


@pytest.fixture(params=[(view, language) for view in VIEWS for language in ("en", "es")], ids="-".join)
def own_page(request: pytest.FixtureRequest, browser: Browser, here: str, held: Any) -> Iterator[tuple[Page, str]]:
    """Her page, open on each kind of screen in each language."""
    view, language = request.param
    context: BrowserContext = browser.new_context(viewport=VIEWS[view], reduced_motion="reduce")
    context.add_cookies([
        {"name": "sessionid", "value": held.cookie, "url": here},
        {"name": "django_language", "value": language, "url": here},
    ])  # fmt: skip
    yield context.new_page(), language
    context.close()


def test_into_another_app(own_page: tuple[Page, str], here: str, held: Held) -> None:
    page, language = own_page
    page.goto(f"{here}/w/{held.id}")
    page.locator(f"a[href='/w/{held.id}/app']").click()
    assert problems(page, f"/w/{held.id}/app", here) == []
    page.locator("button.go").click()
    page.locator("main .qr code").wait_for()
    fit(page)
    if language == "en":
        expect(page.locator("h1")).to_have_text("Scan it with the other app")
    link = page.locator("a.go").get_attribute("href") or ""
    digits = page.locator("main .qr code").inner_text()
    page.locator("details summary").click()
    address = page.locator("#address").input_value().removeprefix(here)
    assert problems(page, address, here) == []

    app = OtherApp()
    offer = app.offer(link)
    token = app.token(offer, digits).json()["access_token"]
    assert app.credential(offer, token, format="dc+sd-jwt").status_code == 200
    assert AppOffer.objects.get().done_at is not None
    assert problems(page, f"/w/{held.id}/app", here) == []
    expect(page.locator("main .note")).to_be_visible()


def test_from_another_giver(own_page: tuple[Page, str], here: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page, _ = own_page
    giver = OtherGiver(kinds=("weld", "badge"))
    monkeypatch.setattr(fetching, "for_apps", giver.ways)
    assert problems(page, f"/w/offer?offer={giver.link.replace('&', '%26').replace('?', '%3F')}", here) == []
    assert giver.asked == []
    page.locator("button.go").click()
    page.locator("#id_number").wait_for()
    fit(page)
    page.locator("#id_number").fill("0000")
    page.locator("button.go").click()
    page.locator("#id_number_error").wait_for()
    fit(page)
    page.locator("#id_number").fill(NUMBER)
    page.locator("button.go").click()
    page.locator("a.go[href='/w']").wait_for()
    fit(page)
    assert Held.objects.filter(source="offer").count() == 2


def test_a_name_that_is_not_mine(own_page: tuple[Page, str], here: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page, _ = own_page
    giver = OtherGiver(name="Luis Ortega", number="")
    monkeypatch.setattr(fetching, "for_apps", giver.ways)
    page.goto(f"{here}/w/offer?offer={giver.link.replace('?', '%3F')}")
    page.locator("button.go").click()
    page.locator("form[action='/w/offer/take'] button.go").click()
    agree = page.locator("form[action='/w/offer/keep'] button")
    agree.wait_for()
    fit(page)
    agree.click()
    page.locator("a.go[href='/w']").wait_for()
    fit(page)
    assert Held.objects.get(source="offer").names_other
