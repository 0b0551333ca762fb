"""A firm asks a person’s phone for a proof; her page says who asks and what would go; one yes, and the desk has its answer.

On a desk and a phone, in both languages. The same link works for whoever has the page open on the same device."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from skillmark.rooms.credentials.models import Asking, Check
from skillmark.rooms.records.models import Consent
from tests.cast import Firm
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.fitness import fit
from tests.journeys.test_share import offered, opened, shot  # noqa: F401 - a fixture

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]

WHY = "To start in bay 4 on Monday"


def at_the_desk(browser: Browser, here: str, link: str, language: str, size: dict[str, int]) -> Page:
    context = browser.new_context(viewport=size)
    context.add_cookies([{"name": "django_language", "value": language, "url": here}])
    page = context.new_page()
    page.goto(link)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_load_state()
    return page


@pytest.mark.parametrize(("language", "desk", "phone"), [("en", DESK, "phone"), ("es", PHONE, "desk")])
def test_a_firm_asks_and_the_person_says_yes(
    browser: Browser, here: str, signed_in_address: Any, firm: Firm, offered: tuple[str, str], language: str,  # noqa: F811
    desk: dict[str, int], phone: str,
) -> None:  # fmt: skip
    page = at_the_desk(browser, here, signed_in_address(firm.supervisor_user.pk), language, desk)
    page.goto(f"{here}/check")
    page.locator("main a[href='/check/phone']").click()
    fit(page)
    shot(page, f"ask-phone-{language}")
    page.fill("#id_purpose", WHY)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/check/phone/*")
    fit(page)
    shot(page, f"asking-{language}")
    same_device = page.locator("main a[href^='/w/answer']").get_attribute("href")

    rosa = opened(browser, here, offered, language, phone).pages[0]
    rosa.goto(f"{here}{same_device}")
    fit(rosa)
    shot(rosa, f"my-answer-{language}")
    rosa.locator("main form button[type=submit]").first.click()
    rosa.wait_for_url("**/w/answer/look")
    expect(rosa.locator("main")).to_contain_text(firm.org.name)
    expect(rosa.locator("main")).to_contain_text(WHY)
    expect(rosa.locator("main")).to_contain_text("Rosa Delgado")
    fit(rosa)
    shot(rosa, f"my-answer-look-{language}")
    assert not Check.objects.exists(), "nothing is sent before the button"
    rosa.locator("button[name=say][value=yes]").click()
    rosa.wait_for_url("**/check/phone/**")
    expect(rosa.locator("main")).not_to_contain_text("Rosa Delgado")
    fit(rosa)
    shot(rosa, f"asking-elsewhere-{language}")

    expect(page.locator("main .verdict.ok")).to_be_visible(timeout=15_000)  # the page has looked by itself
    expect(page.locator("main")).to_contain_text("Rosa Delgado")
    fit(page)
    shot(page, f"asking-answer-{language}")
    (kept,) = Check.objects.all()
    assert kept.person == "Rosa Delgado" and kept.verdict == "good" and kept.org == firm.org
    assert Asking.objects.get().items == [str(kept.id)] and Consent.objects.get().kind == "answer"


def test_a_stranger_asks_without_scripts_and_the_person_says_no(
    browser: Browser, here: str, firm: Firm, offered: tuple[str, str]  # noqa: F811
) -> None:  # fmt: skip
    stranger = browser.new_context(viewport=PHONE, java_script_enabled=False).new_page()
    stranger.goto(f"{here}/check/phone")
    stranger.fill("#id_purpose", WHY)
    stranger.locator("main form button[type=submit]").first.click()
    same_device = stranger.locator("main a[href^='/w/answer']").get_attribute("href")
    rosa = opened(browser, here, offered, "en", "phone").pages[0]
    rosa.goto(f"{here}{same_device}")
    rosa.locator("main form button[type=submit]").first.click()
    expect(rosa.locator("main")).to_contain_text("We could not tie this to anybody we know")
    fit(rosa)
    shot(rosa, "my-answer-stranger")
    rosa.locator("button[name=say][value=no]").click()
    rosa.wait_for_url(f"{here}/w")
    stranger.locator("noscript a, main a.btn").first.click()
    expect(stranger.locator("h1")).to_have_text("They said no")
    assert not Check.objects.exists() and not Consent.objects.exists()
