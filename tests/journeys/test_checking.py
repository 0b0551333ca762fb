"""Check something handed over, in a real browser: dropped, pasted, photographed, linked; without scripts; many at once."""

from __future__ import annotations

import base64
import re
from pathlib import Path
from typing import Any

import pytest
import segno
from django.utils import timezone
from playwright.sync_api import Browser, Locator, Page, expect

from skillmark.desks import checking
from skillmark.edges.jobs import schedule
from skillmark.rooms.credentials import operations, queries
from skillmark.rooms.journal import queries as journal
from tests.cast import Firm
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.fitness import runs_off_the_side
from tests.public import foreign
from tests.public.given import give

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

GOOD = {"en": "Looks good", "es": "Todo en orden"}
CAREFUL = {"en": "Be careful", "es": "Tenga cuidado"}
BAD = {"en": "Don’t rely on this", "es": "No confíe en esto"}
SAMPLES = {"good": GOOD, "expired": BAD, "fake": BAD}


@pytest.fixture(params=["en", "es"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def files(tmp_path: Path, firm: Firm, here: str) -> dict[str, Path]:
    """What people hand over about the same proof: the file, an altered copy, and a photo of the code that leads to it."""
    proof = give(firm=firm)
    found = {name: tmp_path / name for name in ("proof.json", "altered.json", "photo.png")}
    found["proof.json"].write_bytes(bytes(proof.document))
    found["altered.json"].write_bytes(bytes(proof.document).replace(b"Rosa Delgado", b"Kyle Mercer"))
    segno.make(f"{here}/verify/{proof.id}").save(str(found["photo.png"]), scale=6, border=4)
    return found


def stranger(browser: Browser, here: str, language: str, *, scripts: bool = True, view: dict[str, int] = PHONE) -> Page:
    """The check page as somebody without an account opens it."""
    context = browser.new_context(viewport=view, java_script_enabled=scripts)  # type: ignore[arg-type]
    context.add_cookies([{"name": "django_language", "value": language, "url": here}])
    page = context.new_page()
    page.goto(f"{here}/check")
    return page


def member(browser: Browser, link: str, *, view: dict[str, int] = DESK) -> Page:
    page = browser.new_context(viewport=view).new_page()  # type: ignore[arg-type]
    page.goto(link)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()
    return page


def heading(page: Page) -> Locator:
    """The answer's heading."""
    return page.locator(".verdict h1")


def expect_answer(page: Page, words: str) -> None:
    """The answer is there, it has the focus so that it is read aloud first, and the page does not scroll sideways."""
    expect(heading(page)).to_have_text(words)
    expect(page.locator("h1:focus")).to_have_text(words)
    assert not runs_off_the_side(page)


def drop(page: Page, file: Path) -> None:
    """Let a file fall onto the box, as from the desktop."""
    box = page.locator(".drop").bounding_box()
    assert box is not None
    hand = page.context.new_cdp_session(page)
    place = {"x": box["x"] + 20, "y": box["y"] + 20}
    data = {"items": [], "files": [str(file)], "dragOperationsMask": 1}
    for step in ("dragEnter", "dragOver", "drop"):
        hand.send("Input.dispatchDragEvent", {"type": step, "data": data, **place})


def test_a_dropped_file_is_answered_at_once(here: str, browser: Browser, files: dict[str, Path], language: str) -> None:
    page = stranger(browser, here, language, view=DESK)
    drop(page, files["proof.json"])
    expect_answer(page, GOOD[language])
    page.goto(f"{here}/check")
    drop(page, files["altered.json"])
    expect_answer(page, BAD[language])


def test_a_photo_of_a_code_is_read(here: str, browser: Browser, files: dict[str, Path], language: str) -> None:
    page = stranger(browser, here, language)
    button = page.locator("label:has(#id_photo)")
    expect(button).to_be_visible()
    size = button.bounding_box()
    assert size is not None and size["height"] >= 44
    assert page.locator("#id_photo").get_attribute("capture") == "environment"
    page.locator("#id_photo").set_input_files(str(files["photo.png"]))
    expect_answer(page, GOOD[language])


def test_a_pasted_screenshot_text_and_link(here: str, browser: Browser, files: dict[str, Path], language: str) -> None:
    page = stranger(browser, here, language)
    picture = base64.b64encode(files["photo.png"].read_bytes()).decode()
    page.evaluate(
        """picture => {
          const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
          const clipboardData = new DataTransfer();
          clipboardData.items.add(new File([bytes], "screenshot.png", { type: "image/png" }));
          document.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
        }""",
        picture,
    )
    expect_answer(page, GOOD[language])
    number = re.search(r'"id":"urn:uuid:([0-9a-f-]+)"', files["proof.json"].read_text().replace(" ", ""))
    assert number is not None
    for text in (files["proof.json"].read_text(), f"{here}/verify/{number[1]}"):
        page.goto(f"{here}/check")
        page.locator("#id_text").fill(text)
        page.locator("form[data-check] button[type=submit]").click()
        expect_answer(page, GOOD[language])


def test_without_scripts_the_same_works(here: str, browser: Browser, files: dict[str, Path], language: str) -> None:
    page = stranger(browser, here, language, scripts=False)
    expect(page.locator("label:has(#id_photo)")).to_be_hidden()
    for field, value, answer in (
        ("#id_file", files["proof.json"], GOOD),
        ("#id_file", files["photo.png"], GOOD),
        ("#id_file", files["altered.json"], BAD),
        ("#id_text", files["proof.json"].read_text(), GOOD),
    ):
        page.goto(f"{here}/check")
        if isinstance(value, Path):
            page.locator(field).set_input_files(str(value))
        else:
            page.locator(field).fill(value)
        page.locator("form[data-check] button[type=submit]").click()
        expect(heading(page)).to_have_text(answer[language])
        expect(page.locator(".verdict h1:focus")).to_have_count(1)


def test_three_samples_to_try(here: str, browser: Browser, firm: Firm, language: str) -> None:
    for kind, answer in SAMPLES.items():
        page = stranger(browser, here, language)
        page.locator(f"main a[href$='/check/sample/{kind}']").click()
        expect_answer(page, answer[language])


def test_trust_a_giver_and_see_it_turn_good(
    here: str, browser: Browser, firm: Firm, signed_in_address: Any, tmp_path: Path
) -> None:
    file = tmp_path / "college.json"
    file.write_bytes(foreign.proof())
    page = member(browser, signed_in_address(firm.owner_user.id), view=PHONE)
    page.goto(f"{here}/check")
    page.locator("#id_file").set_input_files(str(file))
    expect_answer(page, CAREFUL["en"])
    page.get_by_role("link", name="Trust this giver").click()
    page.get_by_role("button", name="Add Prairie Valley College to our list").click()
    expect(page.locator(".errors:focus")).to_contain_text("Choose how you know them.")
    page.get_by_label("I called a number I found myself").check()
    page.get_by_role("button", name="Add Prairie Valley College to our list").click()
    expect_answer(page, GOOD["en"])
    expect(page.get_by_role("heading", name="Other answers about it")).to_be_visible()
    with page.expect_download() as saving:
        page.get_by_role("link", name="Save the receipt (PDF)").click()
    assert Path(saving.value.path()).read_bytes().startswith(b"%PDF-")
    page.goto(f"{here}/trust")
    expect(page.get_by_text("I called a number I found myself")).to_be_visible()


def test_many_at_once_go_on_while_the_page_tells_how_far(
    here: str, browser: Browser, firm: Firm, signed_in_address: Any, files: dict[str, Path]
) -> None:
    page = member(browser, signed_in_address(firm.owner_user.id))
    page.goto(f"{here}/checks/many")
    page.locator("#id_uploads").set_input_files([str(path) for path in files.values()])
    page.get_by_label("Or paste links, one on each line").fill("no link")
    page.get_by_role("button", name="Check them all").click()
    expect(page.get_by_text("1 of 4 done")).to_be_visible()
    [batch] = queries.batches(actor=firm.owner)
    checking.check_rows(now=timezone.now(), most=1, batch_id=batch.id)
    expect(page.get_by_text("2 of 4 done")).to_be_visible(timeout=10_000)
    expect(page.locator("[data-live-words]")).to_have_text("Half are checked.")
    [begun] = journal.entries(org_id=firm.org.id, events=["credentials.batch.started"])
    schedule.BY_NAME["check_batches"].run(now=timezone.now(), org_id=str(firm.org.id), entry_id=str(begun.id))
    expect(page.get_by_text("4 of 4 done")).to_be_visible(timeout=10_000)
    expect(page.get_by_role("link", name=re.compile("Don’t rely on this 1"))).to_be_visible()
    rows = page.get_by_role("table").get_by_role("row")
    expect(rows).to_have_count(5)
    expect(rows.filter(has_text="altered.json")).to_contain_text("Altered: this was changed")
    expect(rows.filter(has_text="photo.png")).to_contain_text(GOOD["en"])
    with page.expect_download() as saving:
        page.get_by_role("link", name="Save as a spreadsheet").click()
    assert Path(saving.value.path()).read_text("utf-8-sig").count("\n") == 5


def test_a_whole_folder_is_handed_over(
    here: str, browser: Browser, firm: Firm, signed_in_address: Any, files: dict[str, Path], tmp_path: Path
) -> None:
    folder = tmp_path / "May"
    (folder / "deeper").mkdir(parents=True)
    (folder / ".DS_Store").write_bytes(b"x")
    (folder / "deeper" / "good.json").write_bytes(foreign.proof())
    (folder / "altered.json").write_bytes(foreign.altered())
    page = member(browser, signed_in_address(firm.owner_user.id))
    page.goto(f"{here}/checks/many")
    page.get_by_label("Or a whole folder").set_input_files(folder)
    page.get_by_role("button", name="Check them all").click()
    expect(page.get_by_text("0 of 2 done")).to_be_visible()


def test_progress_without_scripts_is_a_link_away(here: str, browser: Browser, firm: Firm, signed_in_address: Any) -> None:
    rows = [(f"{number}.txt", "file", str(number).encode()) for number in range(2)]
    batch = operations.start_batch(actor=firm.owner, name="May", rows=rows, now=timezone.now())
    page = browser.new_context(viewport=PHONE, java_script_enabled=False).new_page()
    page.goto(signed_in_address(firm.owner_user.id))
    page.locator("main form button[type=submit]").first.click()
    page.goto(f"{here}/checks/batches/{batch.id}")
    expect(page.get_by_text("0 of 2 done")).to_be_visible()
    checking.check_rows(now=timezone.now(), most=2, batch_id=batch.id)
    page.get_by_role("link", name="See how far it is now").click()
    expect(page.get_by_text("2 of 2 done")).to_be_visible()
    expect(page.get_by_role("link", name="See how far it is now")).to_have_count(0)
