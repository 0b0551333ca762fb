"""A worker brings what they have to their own page, on a phone: files, a picture, somebody else's proof, their own words."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from skillmark.desks import adding
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.people.rules import Actor, Role
from skillmark.rooms.records import queries
from tests.cast import Firm
from tests.journeys.conftest import PHONE
from tests.journeys.fitness import fit
from tests.public import foreign
from tests.public.given import give
from tests.public.own_page import zipped
from tests.public.test_adding import numbered, photo

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]
SIGNED = {"en": "Signed by", "es": "Firmado por"}
SAID = {"en": "Said by the person", "es": "Dicho por la persona"}
BAD = {"en": "Don’t rely on this", "es": "No confíe en esto"}
CAREFUL = {"en": "Be careful", "es": "Tenga cuidado"}


@pytest.fixture(params=["en", "es"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def rosa(browser: Browser, here: str, firm: Firm, language: str, *, scripts: bool = True) -> tuple[Page, Actor]:
    """Rosa has kept a proof on her phone, so that her page is open there."""
    proof = give(firm=firm)
    _, code, _ = credentials.offer(actor=firm.owner, issued_id=proof.id, way="screen", now=timezone.now())
    context = browser.new_context(viewport=PHONE, java_script_enabled=scripts)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{here}/k/{code}")
    page.locator(f"main form[action='/k/{code}/keep'] button").first.click()
    page.wait_for_load_state()
    context.clear_cookies(name="django_language")
    context.add_cookies([{"name": "django_language", "value": language, "url": here}])
    proof.refresh_from_db()
    return page, Actor(org_id=proof.own_org_id, role=Role.WORKER, name="Rosa Delgado")


def choose(page: Page, folder: Path, files: dict[str, bytes]) -> None:
    paths = []
    for name, body in files.items():
        path = folder / name
        path.write_bytes(body)
        paths.append(path)
    page.locator("#id_files").set_input_files(paths)


def test_what_they_have_comes_to_their_page(browser: Browser, here: str, firm: Firm, language: str, tmp_path: Path) -> None:
    page, _own = rosa(browser, here, firm, language)
    page.goto(f"{here}/w/add")
    fit(page)
    files = {
        "forklift.json": foreign.proof(id=numbered(1)),
        "crane.json": foreign.proof(id=numbered(2), title="Crane operator", subject_name="Ana Ruiz"),
        "altered.json": foreign.altered(),
        "card.jpg": photo(),
    }
    choose(page, tmp_path, files)
    page.locator("form[data-add] button[type=submit]").click()
    page.wait_for_url("**/w/add/**")
    expect(page.locator("main .chip", has_text=BAD[language]).first).to_be_visible()
    fit(page)
    page.locator("button[value=keep]").click()
    page.wait_for_load_state()
    page.goto(f"{here}/w")
    expect(page.locator("article.proof")).to_have_count(3)
    expect(page.locator("article.proof", has_text="Ana Ruiz")).to_have_count(1)
    expect(page.locator("article.proof", has_text=CAREFUL[language])).to_have_count(2)
    expect(page.get_by_text("Kyle Mercer")).to_have_count(0)
    fit(page)
    page.locator("article.proof", has_text="Ana Ruiz").locator("a.btn").click()
    page.wait_for_load_state()
    fit(page)
    page.locator("#id_remark").fill("I worked nights.")
    page.locator("form:has(#id_remark) button").click()
    expect(page.locator("#id_remark")).to_have_value("I worked nights.")
    page.locator("a[href$='/let-go']").click()
    page.wait_for_load_state()
    fit(page)
    page.locator("form[action$='/remove'] button").click()
    page.wait_for_load_state()
    expect(page.locator("article.proof")).to_have_count(2)


def test_what_they_say_without_scripts(browser: Browser, here: str, firm: Firm, language: str) -> None:
    page, _own = rosa(browser, here, firm, language, scripts=False)
    page.goto(f"{here}/w/more")
    page.locator("a[href='/w/say']").first.click()
    page.locator("a[href='/w/say/skill/new']").click()
    page.locator("#id_title").fill("I drove a reach truck for 3 years")
    page.locator("#id_since").fill("3/2019")
    page.locator("#id_until").fill("2018")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("#id_until[aria-invalid=true]")).to_have_count(1)
    page.locator("#id_until").fill("2022")
    page.locator("main form button[type=submit]").first.click()
    expect(page.get_by_text(SAID[language]).first).to_be_visible()
    page.goto(f"{here}/w")
    expect(page.locator("li", has_text="reach truck")).to_contain_text(SAID[language])
    context = browser.new_context(viewport=PHONE, storage_state=page.context.storage_state())  # type: ignore[arg-type]
    look = context.new_page()
    for address in ("/w/say", "/w/say/job/new", "/w/more"):
        look.goto(f"{here}{address}")
        fit(look)


def test_a_zip_of_many_goes_on_by_itself(browser: Browser, here: str, firm: Firm, tmp_path: Path) -> None:
    page, own = rosa(browser, here, firm, "en")
    page.goto(f"{here}/w/add")
    many = {f"{number}.json": foreign.proof(id=numbered(number), title=f"Task {number}") for number in range(30)}
    choose(page, tmp_path, {"all.zip": zipped(many)})
    page.locator("form[data-add] button[type=submit]").click()
    page.wait_for_url("**/w/add/**")
    expect(page.get_by_text("0 of 30 looked at")).to_be_visible()
    fit(page)
    (there,) = queries.additions(actor=own)
    while adding.look_at_next(addition_id=there.id, now=timezone.now()):
        pass
    expect(page.get_by_text("30 of 30 looked at")).to_be_visible(timeout=15_000)
    page.goto(f"{here}/w")
    expect(page.locator("article.proof")).to_have_count(24)
    fit(page)


def test_many_files_are_handed_over_in_portions(browser: Browser, here: str, firm: Firm, tmp_path: Path) -> None:
    page, own = rosa(browser, here, firm, "en")
    page.goto(f"{here}/w/add")
    choose(page, tmp_path, {f"{number}.txt": f"nothing {number}".encode() for number in range(130)})
    page.locator("form[data-add] button[type=submit]").click()
    page.wait_for_url("**/w/add/**", timeout=60_000)
    (there,) = queries.additions(actor=own)
    assert there.total == 130
