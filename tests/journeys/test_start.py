"""S3, from 9:20: a new aide brings what she has from her last agency, and is asked only for the rest. And S5: from the class
to the board without typing anything twice, and off it again when the college cancels.

Her phone has 390 points, no account, no e-mail and no script.
"""

from __future__ import annotations

import re
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from skillmark.edges.jobs import note_elsewhere, note_signatures
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.credentials import rules as kinds
from skillmark.rooms.credentials.rules import Wanted
from skillmark.rooms.health import operations as health
from skillmark.rooms.holdings.models import SourceCheck
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.records import operations as records
from skillmark.rooms.skills import operations as skills
from skillmark.rooms.talent import operations as talent
from skillmark.rooms.talent import queries
from skillmark.rooms.talent.models import StartList
from skillmark.rooms.talent.rules import Reason, State
from tests.cast import Firm, today
from tests.journeys.conftest import DESK, PHONE, WAYS
from tests.journeys.fitness import problems
from tests.public.test_upload import card
from tests.starting_cast import PIN, Start, kept, make_start

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]
REGISTRY = "https://registry.example/nurse-aides"


@pytest.fixture
def start(firm: Firm, other_firm: Firm, here: str) -> Start:
    """Five things to bring; three proofs and a work history from the agency; and a medical item, which is no business here."""
    made = make_start(firm, other_firm, now=timezone.now(), without=frozenset({"Client rights"}))
    health.add_item(
        actor=firm.owner, names={"en": "TB test", "es": "Prueba de tuberculosis"}, months=12, everyone=True, position_ids=(),
        starts=date(2020, 1, 1), now=timezone.now(),
    )  # fmt: skip
    history = credentials.give_history(
        actor=other_firm.owner, person_id=made.at_agency.id, request_key="history", now=timezone.now(),
        stints=[kinds.Stint(title="Home care aide", starts=date(2025, 4, 1), ends=date(2026, 4, 1))],
    )  # fmt: skip
    kept(other_firm, history, now=timezone.now(), into=made.worker)
    return made


def office(browser: Browser, address: str, **more: Any) -> Page:
    """A desk of the firm, signed in."""
    context = browser.new_context(viewport=DESK, locale="en-US", reduced_motion="reduce", **more)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(address)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()
    return page


def phone(browser: Browser) -> Page:
    """Her old phone: Spanish, and no script."""
    context = browser.new_context(
        viewport=PHONE,
        locale="es-US",
        has_touch=True,
        java_script_enabled=False,
        reduced_motion="reduce",  # type: ignore[arg-type]
    )
    return context.new_page()


def left(page: Page) -> int:
    """How many things the page still asks for."""
    return page.locator("main ul.list a.btn").count()


def test_an_aide_starts_with_proofs_in_hand(
    start: Start, here: str, browser: Browser, signed_in_address: Any, tmp_path: Path
) -> None:
    desk = office(browser, signed_in_address(start.firm.owner_user.id))
    desk.goto(f"{here}/people/{start.ana.id}/start")
    expect(desk.get_by_text("TB test")).to_have_count(0)
    desk.get_by_role("button", name="Make the link").click()
    link = re.search(r"http\S+/start/[\w-]{43}", desk.locator("#words").input_value())
    assert link is not None and desk.locator("img[src^='data:image/svg']").count() == 1

    began = time.monotonic()
    hers = phone(browser)
    hers.goto(link[0])
    assert hers.locator("html").get_attribute("lang") == "es" and left(hers) == 5
    assert "tuberculosis" not in hers.content() and "Lucero" not in hers.content()
    hers.locator("main a.btn.go").click()
    hers.locator("#id_code").fill(start.slip)
    hers.locator("#id_pin").fill(PIN)
    hers.locator("main form button[type=submit]").click()
    boxes = hers.locator("input[name=ticked]")
    assert boxes.count() == 4 and not any(boxes.nth(at).is_checked() for at in range(4))
    for at in range(4):
        boxes.nth(at).check()
    hers.locator("main form button[name=hand]").click()
    assert hers.url == link[0] and left(hers) == 2
    for name in ("Aide training", "CPR", "Infection control"):
        assert hers.locator("li", has_text=name).locator("a.btn").count() == 0

    hers.locator("li", has_text="Driver license").locator("a.btn").click()
    hers.locator("#id_file").set_input_files({"name": "card.jpg", "mimeType": "image/jpeg", "buffer": card()})
    hers.locator("main form button[type=submit]").first.click()
    hers.locator("li", has_text="Nurse aide registry").locator("a.btn").click()
    hers.locator("#id_file").set_input_files({"name": "paper.jpg", "mimeType": "image/jpeg", "buffer": card()})
    hers.locator("main form button[type=submit]").first.click()
    assert left(hers) == 0
    assert time.monotonic() - began < 300

    found = StartList.objects.get()
    assert found.opened_at and found.complete_at and found.complete_at - found.opened_at < timedelta(minutes=5)
    row = queries.row_of(actor=start.firm.owner, person_id=start.ana.id, on=start.first_day)
    for name in ("Aide training", "CPR", "Infection control"):
        cell = row.cells[start.items[name].id]
        assert (cell.state, cell.giver) == (State.MET, start.agency.org.name), name
    assert row.cells[start.items["Driver license"].id].reason is Reason.PHOTO_WAITS

    look_up(desk, here, start)
    desk.goto(f"{here}/starting")
    expect(desk.get_by_text("5 of 5 came")).to_be_visible()
    desk.get_by_role("link", name="Ana Lucero").click()
    expect(desk.get_by_role("heading", name="Work history")).to_be_visible()
    expect(desk.get_by_text("Home care aide, Northgate Weld School", exact=True)).to_be_visible()

    for firm, person_id, last in (
        (start.agency, start.at_agency.id, today() - timedelta(days=1)),
        (start.firm, start.ana.id, start.first_day),
    ):
        people.leave(actor=firm.owner, person_id=person_id, last=last, now=timezone.now())
    hers.goto(f"{here}/w")
    page = hers.content()
    assert all(name in page for name in ("Aide training", "CPR", "Infection control", "Home care aide")), "she keeps all of it"
    assert "tuberculosis" not in page and "TB test" not in page


def look_up(desk: Page, here: str, start: Start) -> None:
    """The registry is looked up at its source: link, day and name stay."""
    item = start.items["Nurse aide registry"]
    held = queries.row_of(actor=start.firm.owner, person_id=start.ana.id, on=start.first_day).cells[item.id].holding_id
    desk.goto(f"{here}/holdings/{held}/look-up")
    desk.locator("#id_link").fill(REGISTRY)
    desk.locator("input[name=confirmed][value=yes]").check()
    desk.locator("main form button[type=submit]").last.click()
    desk.wait_for_load_state()
    (logged,) = SourceCheck.objects.all()
    assert (logged.link, logged.looked_by, logged.confirmed) == (REGISTRY, "Dana Whitlock", True)
    cell = queries.row_of(actor=start.firm.owner, person_id=start.ana.id, on=start.first_day).cells[item.id]
    assert cell.state is State.MET


@pytest.mark.parametrize(("view", "language"), WAYS)
def test_its_pages_are_fit_for_everyone(
    start: Start, here: str, browser: Browser, signed_in_address: Any, view: str, language: str
) -> None:
    found, token = talent.start_list(actor=start.firm.owner, person_id=start.ana.id, now=timezone.now())
    context = browser.new_context(viewport=PHONE if view == "phone" else DESK, reduced_motion="reduce")
    page = context.new_page()
    page.goto(signed_in_address(start.firm.owner_user.id))
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()
    context.add_cookies([{"name": "django_language", "value": language, "url": here}])
    page.goto(f"{here}/start/{token}")
    page.locator('form[action$="/app"] button').click()
    page.wait_for_url("**/check/phone/*")
    wrong = []
    for address in (
        "/starting", "/starting/new", f"/people/{start.ana.id}/start", f"/starting/{found.id}", f"/start/{token}",
        f"/start/{token}/1", f"/start/{token}/mine", page.url.removeprefix(here),
    ):  # fmt: skip
        opened = context.new_page()
        wrong += problems(opened, address, here)
        opened.close()
    assert not wrong, "\n".join(wrong)


def test_from_the_class_to_the_board_without_typing(
    firm: Firm, other_firm: Firm, here: str, browser: Browser, signed_in_address: Any
) -> None:
    """A college gives a class; a student who works at a centre claims hers and hands it over; the college cancels it."""
    college, now = other_firm, timezone.now()
    item = skills.add_item(
        actor=firm.owner, kind="training", names={"en": "Safe sleep"}, starts=date(2020, 1, 1), now=now,
        rule={"validity": {"type": "no_end"}, "trust": "signed"},
    )  # fmt: skip
    talent.require(actor=firm.owner, item_id=item.id, target="everyone", starts=date(2020, 1, 1), now=now)
    student = people.add_person(actor=firm.owner, name="Mia Torres", language="es", now=now)
    kind = credentials.make_template(
        actor=college.owner, name="Safe sleep", did="Puts an infant to sleep safely.", how="A class with a test.",
        method="test", months=None, level_asked=False, colour="indigo", language="en", now=now,
    )  # fmt: skip
    run = credentials.plan_run(
        actor=college.owner, template_id=kind.id, name="Spring class",
        rows=[Wanted(line=at + 2, name=name) for at, name in enumerate(("Mia Torres", "Lee Park"))],
        observed_on=now.date() - timedelta(days=1), note="", request_key="class", now=now,
    )  # fmt: skip
    credentials.start_run(actor=college.owner, run_id=run.id, count=2, now=now)
    credentials.do_rows(run_id=run.id, now=now, most=10)
    proof = next(one for one in _given(college) if one.person_name == "Mia Torres")
    _, worker = kept(college, proof, now=now)
    slip = records.choose_pin(actor=worker, pin=PIN, now=now)

    _, token = talent.start_list(actor=firm.supervisor, person_id=student.id, now=now)
    hers = phone(browser)
    hers.goto(f"{here}/start/{token}/mine")
    hers.locator("#id_code").fill(slip)
    hers.locator("#id_pin").fill(PIN)
    hers.locator("main form button[type=submit]").click()
    hers.locator("input[name=ticked]").check()
    hers.locator("main form button[name=hand]").click()
    cell = queries.board(actor=firm.owner, on=today()).rows[student.id].cells[item.id]
    assert (cell.state, cell.giver) == (State.MET, college.org.name)

    began = time.monotonic()
    credentials.cancel(actor=college.owner, issued_id=proof.id, reason="Given by mistake.", now=timezone.now())
    _hear(college, firm)
    cell = queries.board(actor=firm.owner, on=today()).rows[student.id].cells[item.id]
    assert cell.reason is Reason.SIGNATURE_BAD and time.monotonic() - began < 60


def _given(giver: Firm) -> list[Any]:
    from skillmark.rooms.credentials import queries as proofs

    return list(proofs.proofs(actor=giver.owner))


def _hear(college: Firm, firm: Firm) -> None:
    """What the worker process does as soon as it reads the journal."""
    for entry in journal.entries(org_id=college.org.id):
        if entry.event in note_elsewhere.HEARD:
            note_elsewhere.run(now=timezone.now(), org_id=str(college.org.id), entry_id=str(entry.id))
    for entry in journal.entries(org_id=firm.org.id):
        if entry.event in (note_signatures.KEPT, note_signatures.CHANGED):
            note_signatures.run(now=timezone.now(), org_id=str(firm.org.id), entry_id=str(entry.id))
