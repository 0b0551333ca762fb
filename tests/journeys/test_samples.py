"""The sample companies in a real browser, each against its answer sheet: a doubter on the front page, a foreman with a hard
hat, a surveyor at the door, an inspector of one site. (needs.md 1, 9, 11, 40; stories S1, S3, S4)"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import pypdf
import pytest
from playwright.sync_api import Browser, Page, expect

from skillmark.desks import demos
from tests.journeys.conftest import PHONE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def stranger(browser: Browser) -> Iterator[Page]:
    """Somebody on a phone, with no account."""
    context = browser.new_context(viewport=PHONE, locale="en-US", accept_downloads=True)
    yield context.new_page()
    context.close()


def enter(page: Page, here: str, name: str) -> None:
    """From the front page into a sample company: two presses, nothing typed."""
    page.goto(here + "/")
    page.get_by_role("link", name="Try a sample company").click()
    page.locator("li", has_text=name).get_by_role("button").click()
    page.wait_for_load_state()


def counts(page: Page) -> list[int]:
    """Expired, due in 30 days, missing, ready: the numbers on top of the board."""
    return [int(number) for number in page.locator(".counts b").all_inner_texts()]


def expected(trade: str, day: str) -> list[int]:
    """The same numbers from the answer sheet."""
    said = demos.answers(trade=trade)["days"][day]["counts"]
    return [said[name] for name in ("expired", "due_30", "missing", "ready")]


@pytest.mark.parametrize(
    ("trade", "name"),
    [("manufacturing", "Manufacturing"), ("construction", "Construction"), ("home-care", "Home care"),
     ("restaurant", "Restaurant"), ("childcare", "Childcare")],
)  # fmt: skip
def test_the_board_equals_the_answer_sheet_today_and_31_days_later(stranger: Page, here: str, trade: str, name: str) -> None:
    enter(stranger, here, name)
    assert counts(stranger) == expected(trade, "2026-05-04")
    stranger.goto(f"{here}/?on=2026-06-04")
    assert counts(stranger) == expected(trade, "2026-06-04")


def test_a_doubter_clicks_a_red_item_and_resets(stranger: Page, here: str) -> None:
    enter(stranger, here, "Manufacturing")
    assert counts(stranger)[:3] == [4, 7, 3]
    stranger.locator("a.cell.bad").first.click()
    expect(stranger.locator("h1")).to_be_visible()
    assert "/people/" in stranger.url
    stranger.get_by_role("button", name="Start again").click()
    stranger.wait_for_load_state()
    assert counts(stranger)[:3] == [4, 7, 3]


def test_a_forged_card_is_never_green_and_a_hard_hat_shows_what_was_agreed(
    stranger: Page, here: str, browser: Browser
) -> None:
    enter(stranger, here, "Construction")
    row = stranger.locator("tr", has_text="Omar Haddad")
    forged = row.locator("td", has_text="Not confirmed")
    expect(forged).to_have_count(1)
    stranger.goto(f"{here}/people?q=Haddad")
    stranger.get_by_role("link", name=re.compile("Omar Haddad")).first.click()
    stranger.get_by_role("link", name=re.compile("Code for hard hat")).click()
    # The worker says yes on the foreman's phone: one item, in the worker's language.
    boxes = stranger.locator("main input[type=checkbox]")
    for at in range(1, boxes.count()):
        boxes.nth(at).uncheck()
    stranger.locator("main form button.go").last.click()
    stranger.wait_for_load_state()
    stranger.locator("main form button[value=yes]").click()
    stranger.wait_for_load_state()
    stranger.goto(f"{here}/people?q=Haddad")
    stranger.get_by_role("link", name=re.compile("Omar Haddad")).first.click()
    stranger.get_by_role("link", name=re.compile("Code for hard hat")).click()
    stranger.locator("form[action$='/code/print'] button").click()
    stranger.wait_for_load_state()
    code = stranger.locator(".hang code").inner_text()
    safety_lead = browser.new_context(viewport=PHONE, locale="en-US").new_page()
    safety_lead.goto(f"{here}/q/{code}")
    shown = safety_lead.locator("main").inner_text()
    assert "Omar" in shown and "Ridgeline Framing" in shown
    assert "As of" in shown or "as of" in shown
    assert not re.search(r"born|birth|wage|\$", safety_lead.content(), re.IGNORECASE)
    assert safety_lead.locator("main .chip, main .cell").count() <= 1
    safety_lead.context.close()


def test_a_surveyor_gets_a_pack_that_says_what_came_late(stranger: Page, here: str) -> None:
    enter(stranger, here, "Home care")
    stranger.goto(f"{here}/pack?on=2026-05-04")
    assert "Rode along with another aide" in stranger.locator("main").inner_text()
    with stranger.expect_download() as waiting:
        stranger.get_by_role("link", name="Make the pack").click()
    with zipfile.ZipFile(io.BytesIO(waiting.value.path().read_bytes())) as parcel:
        paper = next(name for name in parcel.namelist() if name.endswith(".pdf"))
        text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(parcel.read(paper))).pages)
        assert any(name.endswith(".csv") for name in parcel.namelist())
    flat = " ".join(text.split())
    assert "Joan Fischer" in flat and "Rode along with another aide" in flat
    assert not re.search(r"\bTB\b|tubercul", flat, re.IGNORECASE)


def test_an_inspector_asks_for_one_site(stranger: Page, here: str) -> None:
    enter(stranger, here, "Restaurant")
    everyone = counts(stranger)
    stranger.locator("summary", has_text="Another day, site or position").click()
    stranger.locator("#site").select_option(index=2)
    stranger.locator("details button", has_text="Show").click()
    stranger.wait_for_load_state()
    assert "site=" in stranger.url
    of = re.search(r"of (\d+) people ready", stranger.locator(".counts").inner_text())
    assert of and 0 < int(of[1]) < 41 and counts(stranger) != everyone
