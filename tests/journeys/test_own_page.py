"""A worker's own page on a phone: kept, opened by a finger, taken back with a code from paper, read without a network."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from fido2.utils import websafe_decode
from fido2.webauthn import AttestationObject
from playwright.sync_api import Browser, BrowserContext, Page, expect

from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.records.models import Opening, Passkey
from tests.authenticator import Phone
from tests.cast import Firm
from tests.journeys.conftest import DESK, PHONE, WAYS
from tests.journeys.fitness import fit, problems, runs_off_the_side

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.timeout(180)]

NEW_PAGES = ["/w/open", "/w/recover"]
OWN_PAGES = ["/w/pin", "/w/passkeys", "/w/recovery", "/w/devices", "/w/join", "/w/offline-copy"]


def code(firm: Firm, way: str = "slip") -> tuple[str, str]:
    """Code and PIN of a proof that was given a moment ago."""
    now = timezone.now()
    kind = credentials.add_ready_template(actor=firm.owner, key="close-line", now=now)
    proof = credentials.give(
        actor=firm.owner, person_id=firm.person.id, template_id=kind.id, level=3, request_key=str(uuid4()),
        now=now - timedelta(minutes=1),
    )  # fmt: skip
    _, said, pin = credentials.offer(actor=firm.owner, issued_id=proof.id, way=way, now=now)
    return said, pin


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """A phone in Spanish."""
    context = browser.new_context(viewport=PHONE, has_touch=True, locale="es-US", reduced_motion="reduce")  # type: ignore[arg-type]
    yield context
    context.close()


def with_finger(page: Page) -> None:
    """This device has a screen lock and a finger on it."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    about = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": about})


def claimed(page: Page, here: str, firm: Firm) -> None:
    said, pin = code(firm)
    page.goto(f"{here}/k/{said}")
    page.get_by_role("button", name="Guardar").click()
    page.locator("#id_pin").fill(pin)
    page.locator("button.go").click()
    page.wait_for_url(f"{here}/w/pin")


def test_a_worker_keeps_loses_and_takes_back_their_page(
    here: str, browser: Browser, phone: BrowserContext, firm: Firm
) -> None:
    page = phone.new_page()
    with_finger(page)
    claimed(page, here, firm)
    page.locator("form[data-passkey] button").click()
    page.wait_for_url(f"{here}/w")
    assert Passkey.objects.count() == 1
    expect(page.locator("main")).to_contain_text("Rosa Delgado")

    # closed, and opened again by the finger
    page.goto(f"{here}/w/devices")
    page.locator("form[action='/w/close'] button").first.click()
    page.wait_for_url(f"{here}/w/open")
    page.locator("form[data-passkey] button").click()
    page.wait_for_url(f"{here}/w")
    expect(page.locator("main")).to_contain_text("Rosa Delgado")
    assert Opening.objects.filter(way="passkey", ended_at=None).count() == 1

    # codes on paper
    page.goto(f"{here}/w/recovery")
    page.locator("main form button.go").click()
    codes = page.locator("ol.codes strong").all_inner_texts()
    assert len(codes) == 8
    page.get_by_role("link", name="Ya los tengo").click()

    # the phone is lost: back in from another computer
    desk = browser.new_context(viewport=DESK, locale="en-US", reduced_motion="reduce")  # type: ignore[arg-type]
    other = desk.new_page()
    other.goto(f"{here}/w/open")
    other.get_by_role("link", name="I lost my slip, my PIN or my phone").click()
    other.locator("#id_code").fill(codes[2])
    other.locator("#id_pin").fill("580417")
    other.get_by_label("Face or finger goes on working on my devices").check()
    other.locator("button.go").click()
    expect(other.get_by_role("heading", name="The slip of your page")).to_be_visible()

    # the finger on the lost phone still opens it, until the device is closed and removed
    page.goto(f"{here}/w")
    page.wait_for_url(f"{here}/w/open")
    page.locator("form[data-passkey] button").click()
    page.wait_for_url(f"{here}/w")
    other.goto(f"{here}/w/devices")
    stands = other.get_by_role("region", name="Open on")
    expect(stands).to_contain_text("by face or finger")
    stands.get_by_role("button", name="Close it there").click()
    expect(stands).not_to_contain_text("by face or finger")
    other.goto(f"{here}/w/passkeys")
    other.get_by_role("button", name="Remove").click()
    page.goto(f"{here}/w")
    page.wait_for_url(f"{here}/w/open")
    page.locator("form[data-passkey] button").click()
    expect(page.get_by_text("Este dispositivo no abre")).to_be_visible()
    assert page.url == f"{here}/w/open"
    desk.close()


def keep_here(page: Page, here: str) -> None:
    page.goto(f"{here}/w/devices")
    page.locator("[data-keep-here] button").click()
    expect(page.locator("[data-kept-yes]")).to_be_visible()


def test_it_is_read_without_a_network_and_goes_with_the_page(
    here: str, browser: Browser, phone: BrowserContext, firm: Firm
) -> None:
    page = phone.new_page()
    claimed(page, here, firm)
    page.locator("#id_pin").fill("739204")
    page.locator("form[action='/w/pin'] button").click()
    slip = page.locator(".slip strong").inner_text()
    page.goto(f"{here}/w")
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0
    phone.set_offline(True)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.goto(f"{here}/w")
    phone.set_offline(False)
    keep_here(page, here)
    phone.set_offline(True)
    page.goto(f"{here}/w")
    expect(page.locator("main")).to_contain_text("No hay conexión.")
    expect(page.locator("main")).to_contain_text("Rosa Delgado")
    assert page.locator(".qr img").evaluate("(image) => image.naturalWidth > 0")
    assert page.evaluate("getComputedStyle(document.body).fontFamily") != "Times"
    phone.set_offline(False)

    # ended from another computer: the copy goes at the next contact
    desk = browser.new_context(viewport=DESK, locale="en-US")  # type: ignore[arg-type]
    other = desk.new_page()
    other.goto(f"{here}/w/open")
    other.locator("#id_code").fill(slip)
    other.locator("#id_pin").fill("739204")
    other.locator("main form button.go").click()
    other.goto(f"{here}/w/devices")
    expect(other.locator("main")).to_contain_text("Keeps a copy to read without a network.")
    other.get_by_role("button", name="Close it everywhere else").click()
    desk.close()
    page.goto(f"{here}/w")
    page.wait_for_url(f"{here}/w/open")
    page.wait_for_function("caches.has('my-page').then((kept) => !kept)")


def test_not_my_phone_deletes_the_copy(here: str, phone: BrowserContext, firm: Firm) -> None:
    page = phone.new_page()
    claimed(page, here, firm)
    keep_here(page, here)
    page.reload()
    page.locator("form[action='/w/close'] button").last.click()
    page.wait_for_url(f"{here}/w/open")
    page.wait_for_function("caches.has('my-page').then((kept) => !kept)")
    page.goto(f"{here}/w")
    page.wait_for_url(f"{here}/w/open")


def test_what_was_typed_outlives_the_visit(here: str, phone: BrowserContext, firm: Firm) -> None:
    page = phone.new_page()
    claimed(page, here, firm)
    page.locator("#id_pin").fill("739204")
    page.locator("form[action='/w/pin'] button").click()
    slip = page.locator(".slip strong").inner_text()
    page.goto(f"{here}/w/say/skill/new")
    page.locator("#id_title").fill("Manejé un montacargas retráctil")
    kept = SessionStore(next(one["value"] for one in phone.cookies() if one["name"] == "sessionid"))
    kept["record"]["until"] = 0  # half an hour went by
    kept.save()
    page.locator("main form button.go").click()
    page.locator("#id_code").fill(slip)
    assert page.locator("#id_code").evaluate("(field) => field.scrollWidth <= field.clientWidth"), "the code is seen whole"
    page.locator("#id_pin").fill("739204")
    fit(page)
    page.locator("main form button.go").click()
    fit(page)
    page.locator("main form button.go").click()
    expect(page.locator("main")).to_contain_text("Manejé un montacargas retráctil")


@pytest.mark.parametrize(("view", "language"), WAYS)
def test_its_pages_are_fit_for_everyone(here: str, browser: Browser, firm: Firm, view: str, language: str) -> None:
    context = browser.new_context(
        viewport=PHONE if view == "phone" else DESK,  # type: ignore[arg-type]
        reduced_motion="reduce",
    )
    context.add_cookies([{"name": "django_language", "value": language, "url": here}])
    found = []
    for address in NEW_PAGES:
        found += problems(context.new_page(), address, here)
    page = context.new_page()
    said, _ = code(firm, way="screen")
    page.goto(f"{here}/k/{said}")
    page.locator(".dock button").click()
    page.wait_for_url(f"{here}/w/pin")
    keep_here(page, here)
    Passkey.objects.create(
        org_id=Opening.objects.get().org_id, credential_id="x", data=_some_key(), device="android", made_at=timezone.now()
    )
    for address in OWN_PAGES:
        found += problems(context.new_page(), address, here)
    again, _ = code(firm, way="screen")
    found += problems(context.new_page(), f"/k/{again}", here)
    page.goto(f"{here}/w/recovery")
    page.locator("main form button.go").click()
    assert not runs_off_the_side(page)
    assert not found, "\n".join(found)
    context.close()


def _some_key() -> bytes:
    answer = Phone().make({"publicKey": {"user": {"id": "AA"}, "challenge": "AA"}})
    made = AttestationObject(websafe_decode(answer["response"]["attestationObject"])).auth_data.credential_data
    assert made is not None
    return bytes(made)
