"""Give, keep, check, cancel: four people, four browsers, nobody has an account but the owner."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from skillmark.edges.public import door
from skillmark.rooms.people import operations as people
from tests.journeys.conftest import DESK, PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


class Clicks:
    """Counts what a person presses."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def press(self, role: str, name: str | re.Pattern[str]) -> None:
        self.page.get_by_role(role, name=name).first.click()
        self.count += 1


def test_the_first_proof_goes_round(here: str, browser: Browser, tmp_path: Path) -> None:
    token = people.start_setup(now=timezone.now())
    owner = browser.new_context(viewport=DESK).new_page()

    # The owner: from the first page to the first proof in at most six presses.
    owner.goto(f"{here}/setup/{token}")
    owner.get_by_label("Your firm’s name").fill("Bramble Street Bakery")
    owner.get_by_label("Your name").fill("Dana Whitlock")
    presses = Clicks(owner)
    presses.press("button", "Start")
    presses.press("link", re.compile("Give a proof"))
    presses.press("link", re.compile("Closing the kitchen line"))
    owner.get_by_label("Name", exact=True).fill("Rosa Delgado")
    presses.press("radio", "3 Alone")
    presses.press("button", "Look at it first")
    expect(owner.get_by_role("heading", name="This is what they will see")).to_be_visible()
    presses.press("button", "Give it")
    assert presses.count <= 6
    presses.press("button", "Show QR")
    link = owner.get_by_role("link", name="Keep it on this device").get_attribute("href")
    assert link is not None

    # The worker, on a phone, without an account: opening keeps nothing, the button does.
    phone = browser.new_context(viewport=PHONE).new_page()
    phone.goto(link)
    phone.reload()
    phone.get_by_role("button", name="Keep it").click()
    phone.get_by_label(re.compile("PIN")).fill("284731")
    phone.get_by_role("button", name="Make my slip").click()
    slip = phone.locator(".slip .qr code").inner_text()
    phone.get_by_role("link", name="I have it. Open my page").click()
    expect(phone.get_by_text("Closing the kitchen line").first).to_be_visible()

    # The code is spent.
    again = browser.new_context(viewport=PHONE).new_page()
    again.goto(link)
    expect(again.get_by_text(re.compile("already kept")).first).to_be_visible()

    # Another phone opens the page with slip and PIN.
    other = browser.new_context(viewport=PHONE).new_page()
    other.goto(f"{here}/w/open")
    other.locator("input[name=slip], input[name=code]").first.fill(slip)
    other.locator("input[name=pin]").fill("284731")
    other.get_by_role("button", name="Open my page").click()
    expect(other.get_by_text("Closing the kitchen line").first).to_be_visible()

    # A stranger drops the file that the worker saved.
    other.get_by_role("link", name=re.compile("Show it")).first.click()
    with other.expect_download() as saving:
        other.get_by_role("link", name=re.compile("Signed file")).click()
    proof = tmp_path / "proof.json"
    saving.value.save_as(proof)
    stranger = browser.new_context(viewport=PHONE).new_page()
    assert _answer(stranger, here, proof) == "Looks good"
    changed = tmp_path / "changed.json"
    changed.write_text(proof.read_text().replace("Rosa Delgado", "Rosa Delgade"))
    assert _answer(stranger, here, changed) == "Don’t rely on this"

    # The owner cancels; the stranger reads it at once.
    owner.goto(f"{here}/proofs")
    owner.get_by_role("link", name=re.compile("Closing the kitchen line")).first.click()
    owner.get_by_role("link", name=re.compile("Cancel")).first.click()
    owner.locator("input[type=radio]").first.check()
    owner.get_by_role("button", name="Cancel the proof for good").click()
    assert _answer(stranger, here, proof) == "Don’t rely on this"
    expect(stranger.get_by_text(re.compile("has cancelled this")).first).to_be_visible()
    stranger.get_by_role("button", name=re.compile("Español")).first.click()


def _answer(page: Page, here: str, file: Path) -> str:
    """The heading of the check page's answer about a file."""
    page.goto(f"{here}/check")
    page.locator("#id_file").set_input_files(str(file))  # it is checked as soon as it is chosen
    page.wait_for_selector(".verdict h1")
    return page.locator(".verdict h1").inner_text()


@pytest.mark.parametrize(("code", "says"), [("AAAA-2222", "don’t know this code"), ("x", "don’t know this code")])
def test_a_guessed_code_says_so_plainly(here: str, browser: Browser, code: str, says: str, firm: Any) -> None:
    page = browser.new_context(viewport=PHONE).new_page()
    page.goto(f"{here}/k/{code}")
    expect(page.get_by_text(re.compile(says)).first).to_be_visible()


def test_guessing_codes_is_slowed_down(here: str, browser: Browser, firm: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(door.LIMITS, "code", 10)
    page = browser.new_context(viewport=PHONE).new_page()
    codes = [f"AAAA-2{one}{two}2" for one in "23456789" for two in "23"]
    answers = [page.goto(f"{here}/k/{code}") for code in codes]
    assert {answer.status for answer in answers if answer is not None} == {404, 429}
    expect(page.get_by_text(re.compile("Too many tries")).first).to_be_visible()
