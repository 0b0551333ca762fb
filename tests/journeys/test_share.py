"""N30: Rosa shares her CPR only. The page holds no date of birth, no address, nothing else; the log tells the time; stopping
it kills the link. On a phone and a desk, in both languages; her reader has neither an account nor scripts."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page

from credcore.keys import ecdsa
from credcore.keys.public import P256
from credcore.proofs import sd_jwt_making
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.credentials.operations.hold import Facts, put
from skillmark.rooms.people.rules import Actor, Role
from skillmark.rooms.records import operations as records
from skillmark.rooms.records.models import Share, ShareView
from skillmark.rooms.records.rules import statements
from tests.cast import Firm
from tests.journeys.conftest import DESK, PHONE, WAYS
from tests.journeys.fitness import fit
from tests.public.given import give

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]

BORN, STREET = "1988-07-14", "1204 Sycamore St"
SIZES = {"phone": PHONE, "desk": DESK}


@pytest.fixture
def offered(firm: Firm) -> tuple[str, str]:
    """Code and PIN of a slip for a forklift proof."""
    proof = give(firm=firm, note="Seen in bay 4.")
    _, code, pin = credentials.offer(actor=firm.owner, issued_id=proof.id, way="slip", now=timezone.now())
    return code, pin


def bring(firm: Firm) -> None:
    """A CPR card of somebody else, with more on it than an employer needs to know; and a job that she had."""
    firm.person.refresh_from_db()
    assert firm.person.own_org_id is not None
    rosa = Actor(org_id=firm.person.own_org_id, role=Role.WORKER, name=firm.person.name)
    signer = ecdsa.generate(P256)
    claims = {
        "iss": signer.did, "vct": "https://heart.example/cpr", "title": "CPR and first aid", "issuer_name": "Prairie Heart",
        "name": "Rosa Delgado", "birthdate": BORN, "address": STREET, "exp": int(timezone.now().timestamp()) + 10**7,
    }  # fmt: skip
    token = sd_jwt_making.issue(
        claims=claims, disclosable=[("name",), ("birthdate",), ("address",)], signer=signer,
        header={"typ": "dc+sd-jwt", "kid": signer.verification_method},
    )  # fmt: skip
    facts = Facts(credential_id="urn:cpr:1", title="CPR and first aid", giver="Prairie Heart", form="sd-jwt", source="file")
    put(actor=rosa, document=token, facts=facts, now=timezone.now())
    words = statements.Words(title="Mill hand", by="Prairie Mill", since="2019-03", until="2021", pay="$19")
    records.say(actor=rosa, kind="job", words=words, on=timezone.now().date(), now=timezone.now())


def shot(page: Page, name: str) -> None:
    """Kept to be looked at, where somebody asks for it."""
    folder = os.environ.get("JOURNEY_SHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def opened(browser: Browser, here: str, offered: tuple[str, str], language: str, size: str) -> BrowserContext:
    """Rosa's browser, in which her page is open."""
    context = browser.new_context(viewport=SIZES[size], reduced_motion="reduce")
    context.add_cookies([{"name": "django_language", "value": language, "url": here}])
    page = context.new_page()
    page.goto(f"{here}/k/{offered[0]}")
    page.locator("main form[action$='/keep'] button").click()
    page.fill("#id_pin", offered[1])
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()
    return context


@pytest.mark.parametrize(("size", "language"), WAYS)
def test_she_shares_her_cpr_only(
    here: str, browser: Browser, firm: Firm, offered: tuple[str, str], language: str, size: str
) -> None:
    name = f"{language}-{size}"
    rosa = opened(browser, here, offered, language, size)
    bring(firm)
    page = rosa.new_page()
    page.goto(f"{here}/w/shares")
    fit(page)
    shot(page, f"shares-{name}")
    cpr = page.locator("li", has_text="CPR and first aid").first
    cpr.locator("input[name=pick]").check()
    cpr.locator("summary").click()
    for fact in ("/birthdate", "/address"):
        cpr.locator(f"input[name=fact][value$='{fact}']").uncheck()
    fit(page)
    page.locator("main form button.go").click()
    page.wait_for_load_state()
    fit(page)
    shot(page, f"made-{name}")
    link = page.locator("#link").input_value()

    stranger = browser.new_context(viewport=SIZES[size], reduced_motion="reduce", java_script_enabled=False)
    reader = stranger.new_page()
    reader.goto(link)
    for source in (reader.content(), stranger.request.get(f"{link}/1").text(), str(stranger.request.get(link).headers)):
        for other in (BORN, STREET, "14 de julio", "July 14", "Mill hand", "$19", "bay 4"):
            assert other not in source
    assert "CPR and first aid" in reader.content()
    assert "Rosa Delgado" in reader.content()
    reading = browser.new_context(viewport=SIZES[size], reduced_motion="reduce")
    reading.add_cookies([{"name": "django_language", "value": language, "url": here}])
    with_scripts = reading.new_page()
    with_scripts.goto(link)
    fit(with_scripts)
    shot(with_scripts, f"reader-{name}")
    other_language = with_scripts.locator("header .lang button")
    other_language.click()
    with_scripts.wait_for_load_state()
    assert with_scripts.url == link

    page.goto(f"{here}/w/shares/{Share.objects.get().id}")
    fit(page)
    shot(page, f"share-{name}")
    assert page.locator("section[aria-labelledby=opened] li").count() == ShareView.objects.count() >= 2
    page.locator("form[action$='/stop'] button").click()
    page.wait_for_load_state()
    assert stranger.request.get(f"{link}/1").status == 410
    answer = reader.goto(link)
    assert answer is not None
    assert answer.status == 410
    assert "CPR" not in reader.content()
    for context in (rosa, stranger, reading):
        context.close()


@pytest.mark.parametrize(("size", "language"), WAYS)
def test_every_other_page_of_sharing_is_fit(
    here: str, browser: Browser, firm: Firm, offered: tuple[str, str], signed_in_address: Any, language: str, size: str
) -> None:
    name = f"{language}-{size}"
    rosa = opened(browser, here, offered, language, size)
    bring(firm)
    page = rosa.new_page()
    for address in ("cv", "consents", "employers"):
        page.goto(f"{here}/w/{address}")
        fit(page)
    page.goto(f"{here}/w/cv")
    shot(page, f"cv-{name}")
    page.locator("main form button.go").click()
    page.wait_for_load_state()
    page.locator(f"input[name=who][value='{firm.org.id}']").check()
    page.locator("main form button.go").click()
    page.wait_for_load_state()
    fit(page)
    for address in ("consents", "employers", "shares"):
        page.goto(f"{here}/w/{address}")
        fit(page)
        shot(page, f"{address}-after-{name}")
    page.locator("input[name=pick]").first.check()
    page.locator("details", has=page.locator("#id_pin")).locator("summary").first.click()
    page.fill("#id_pin", "1")
    page.locator("main form button.go").click()
    page.wait_for_load_state()
    fit(page)
    assert page.locator("#id_pin_error").is_visible()
    shot(page, f"wrong-{name}")
    page.fill("#id_pin", "739204")
    page.locator("#id_ask_first").check()
    page.locator("main form button.go").click()
    page.wait_for_load_state()
    link = page.locator("#link").input_value()

    reading = browser.new_context(viewport=SIZES[size], reduced_motion="reduce")
    reading.add_cookies([{"name": "django_language", "value": language, "url": here}])
    reader = reading.new_page()
    reader.goto(link)
    fit(reader)
    reader.fill("#id_pin", "739204")
    reader.locator("main form button").click()
    reader.wait_for_load_state()
    fit(reader)
    reader.fill("#id_name", "Lee, Northgate")
    reader.locator("main form button").click()
    reader.wait_for_load_state()
    fit(reader)
    page.goto(f"{here}/w/shares")
    page.locator("section[aria-labelledby=live] a").first.click()
    page.wait_for_load_state()
    fit(page)
    shot(page, f"asked-{name}")
    page.locator("button[name=allow]").click()
    page.wait_for_load_state()
    reader.locator("main a.go").click()
    reader.wait_for_load_state()
    fit(reader)
    reader.goto(f"{here}/s/guessed")
    fit(reader)

    boss = browser.new_context(viewport=SIZES[size], reduced_motion="reduce")
    desk = boss.new_page()
    desk.goto(signed_in_address(firm.supervisor_user.id))
    desk.locator("main form button[type=submit]").first.click()
    desk.wait_for_load_state()
    boss.add_cookies([{"name": "django_language", "value": language, "url": here}])
    desk.goto(f"{here}/people/{firm.person.id}/shared")
    fit(desk)
    shot(desk, f"firm-{name}")
    for context in (rosa, reading, boss):
        context.close()
