"""A reminder that ends in a fix: the owner presses Send, the worker photographs the card on a phone, in Spanish and without
a password, the owner says that it looks right, and the board is green."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from skillmark.edges.jobs import send_mail
from skillmark.rooms.holdings import queries
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.talent import queries as talent
from skillmark.rooms.talent.rules import State
from tests.cast import Firm, today
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.fitness import runs_off_the_side
from tests.public.test_upload import card
from tests.web.reminding import Kitchen, make_kitchen

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def kitchen(firm: Firm, here: str, settings: Any) -> Kitchen:
    """A card that ends in 30 days, at a firm that has a mail server."""
    settings.EMAIL_IS_SET_UP = True
    return make_kitchen(firm, timezone.now(), days=29)  # in Chicago it may still be yesterday


def owner_page(browser: Browser, link: str) -> Page:
    page = browser.new_context(viewport=DESK, locale="en-US").new_page()  # type: ignore[arg-type]
    page.goto(link)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()
    return page


def worker_page(browser: Browser, *, scripts: bool) -> Page:
    """A stranger's phone, set to Spanish: no cookie, no account."""
    context = browser.new_context(viewport=PHONE, locale="es-US", java_script_enabled=scripts, has_touch=True)  # type: ignore[arg-type]
    return context.new_page()


def deliver(firm: Firm) -> str:
    """What the worker process does with the wish in the journal; the link in the letter."""
    for wish in journal.entries(org_id=firm.org.id, events=send_mail.WISHES):
        send_mail.run(now=timezone.now(), org_id=str(firm.org.id), entry_id=str(wish.id))
    (letter,) = mail.outbox
    assert letter.to == ["rosa@worker.example"] and "Tarjeta de manipulación de alimentos" in letter.subject
    link = re.search(r"http://\S+/u/[A-Z0-9]{12}", letter.body)
    assert link is not None
    return link[0]


def test_from_the_reminder_to_green(
    here: str, browser: Browser, kitchen: Kitchen, signed_in_address: Any, tmp_path: Path
) -> None:
    owner = owner_page(browser, signed_in_address(kitchen.firm.owner_user.id))
    owner.goto(f"{here}/")
    owner.get_by_role("checkbox", name=re.compile("Rosa Delgado")).check()
    other = owner.get_by_role("checkbox", name=re.compile("Kyle Mercer"))
    other.uncheck()
    owner.get_by_role("button", name="Preview the reminders").click()
    expect(owner.locator(".letter[lang=es]").first).to_contain_text("Tarjeta de manipulación de alimentos")
    assert not runs_off_the_side(owner)
    assert mail.outbox == [] and not journal.entries(org_id=kitchen.firm.org.id, events=send_mail.WISHES)
    owner.get_by_role("button", name="Send 1 e-mail").click()
    expect(owner.get_by_role("status")).to_contain_text("On its way")

    link = deliver(kitchen.firm)
    picture = tmp_path / "card.jpg"
    picture.write_bytes(card())
    worker = worker_page(browser, scripts=False)
    worker.goto(link)
    expect(worker.locator("html")).to_have_attribute("lang", "es")
    expect(worker.get_by_role("heading", level=1)).to_contain_text("Rosa")
    expect(worker.locator("main")).to_contain_text("Tarjeta de manipulación de alimentos")
    assert "Delgado" not in worker.content()
    worker.locator("#id_photo").set_input_files(picture)
    worker.locator("main form button[type=submit]").click()
    expect(worker).to_have_url(f"{link}/thanks")
    expect(worker.locator("main")).to_contain_text("Tallgrass Machine Works")
    worker.goto(link)
    expect(worker.locator("main form")).to_have_count(0)

    owner.goto(f"{here}/photos")
    expect(owner.locator("main")).to_contain_text("Rosa Delgado")
    new_end = kitchen.ends.replace(year=kitchen.ends.year + 2, day=1)
    owner.get_by_label("Last good day on the card").first.fill(new_end.isoformat())
    owner.get_by_role("button", name=re.compile("Looks right")).first.click()
    owner.wait_for_load_state()

    assert not queries.waiting_photos(actor=kitchen.firm.owner)
    row = talent.row_of(actor=kitchen.firm.owner, person_id=kitchen.rosa.id, on=today())
    assert row.cells[kitchen.item.id].state is State.MET and row.cells[kitchen.item.id].ends == new_end
    owner.goto(f"{here}/")
    line = owner.get_by_role("row", name=re.compile("Rosa Delgado"))
    expect(line).to_contain_text("In date")
    expect(line).to_contain_text("photo only")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_poster_works_on_a_phone_without_an_account(
    here: str, browser: Browser, kitchen: Kitchen, tmp_path: Path, *, scripts: bool
) -> None:
    from skillmark.rooms.holdings import operations as holdings

    _, code = holdings.make_poster(actor=kitchen.firm.owner, now=timezone.now())
    picture = tmp_path / "card.jpg"
    picture.write_bytes(card())
    worker = worker_page(browser, scripts=scripts)
    worker.goto(f"{here}/u/site/{code}")
    assert not scripts or not runs_off_the_side(worker)
    worker.locator("#id_name").fill("Rosa D.")
    worker.locator("#id_item").fill("tarjeta de comida")
    worker.locator("main form button[type=submit]").click()
    expect(worker.locator("main .errors")).to_be_visible()
    expect(worker.locator("#id_name")).to_have_value("Rosa D.")
    worker.locator("#id_photo").set_input_files(picture)
    worker.locator("main form button[type=submit]").click()
    expect(worker).to_have_url(f"{here}/u/site/{code}/thanks")
    assert [one.typed_name for one in queries.poster_photos(actor=kitchen.firm.owner)] == ["Rosa D."]
