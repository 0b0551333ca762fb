"""A sign-off on the shop floor, on a phone of 390 points: six taps, undo, two days, a shared phone, and no network."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from skillmark.rooms.holdings import operations as holdings
from skillmark.rooms.holdings.models import SignOff
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.models import Member
from skillmark.rooms.talent import operations as talent
from tests.cast import NOW, Firm
from tests.house.holdings.signing import sign_with_token
from tests.journeys.conftest import DESK, PHONE, WAYS
from tests.journeys.fitness import problems, runs_off_the_side
from tests.web.signing_cast import make_skill

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.timeout(180)]
PIN = "204719"


@pytest.fixture
def setup(firm: Firm, here: str) -> Any:
    return make_skill(firm)


@pytest.fixture
def phone(browser: Browser, firm: Firm, setup: Any, signed_in_address: Any) -> Iterator[BrowserContext]:
    """Walt's phone, signed in."""
    context = browser.new_context(viewport=PHONE, has_touch=True, locale="en-US", reduced_motion="reduce")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(signed_in_address(firm.supervisor_user.id))
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()
    page.close()
    yield context
    for page in context.pages:  # what a page asks for in the background must not outlive the test's data
        page.wait_for_load_state("networkidle")
    context.close()


class Taps:
    """Counts what a thumb does, and that every target is large enough for a glove."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def on(self, target: Any) -> None:
        box = target.bounding_box()
        assert box is not None and box["height"] >= 56, box
        target.tap()
        self.count += 1


def sign(page: Page, here: str, firm: Firm) -> Taps:
    """From the icon on the home screen to Done."""
    page.goto(f"{here}/sign-off")
    taps = Taps(page)
    taps.on(page.get_by_role("link", name="Rosa Delgado"))
    taps.on(page.get_by_role("link", name="5-axis setup"))
    taps.on(page.locator("label", has_text="Alone"))
    taps.on(page.locator("label", has_text="Set the part zero"))
    taps.on(page.locator("label", has_text="Ran the tool path dry"))
    taps.on(page.get_by_role("button", name="Sign"))
    expect(page.get_by_role("heading", name="Done")).to_be_visible()
    return taps


READY = """async () => {
  for (let turn = 0; turn < 200; turn += 1) {
    const kept = navigator.serviceWorker.controller && await caches.match("/sign-off/offline") && await signOffStore.team();
    if (kept) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error("the phone keeps nothing");
}"""


def ready(page: Page) -> None:
    """The phone has kept what it needs: the parts of the page, and today's team."""
    page.evaluate(READY)


def test_six_taps_to_done_and_undo(here: str, phone: BrowserContext, firm: Firm) -> None:
    page = phone.new_page()
    assert sign(page, here, firm).count <= 6
    expect(page.locator("main")).to_contain_text("Given to Rosa Delgado.")
    expect(page.locator("main")).to_contain_text("All seen. It is signed in a few seconds.")
    assert not runs_off_the_side(page)
    page.get_by_role("button", name="Undo (10 s)").tap()
    expect(page.get_by_role("heading", name="Taken back")).to_be_visible()
    assert SignOff.objects.get().state == "undone"


def test_it_is_seen_on_two_days_and_the_worker_comments(
    here: str, browser: Browser, phone: BrowserContext, firm: Firm, setup: Any
) -> None:  # fmt: skip
    make_skill(firm, name="Reports a hazard at once", leveled=False, times_seen=2, behaviour=True, needed=False)
    firm.org.clock = NOW
    firm.org.save()
    page = phone.new_page()
    words = []
    for day in range(2):
        firm.org.clock = NOW + timedelta(days=day)
        firm.org.save()
        page.goto(f"{here}/sign-off/{firm.person.id}")
        page.get_by_role("link", name="Reports a hazard").tap()
        expect(page.get_by_role("heading", name="What did you see?")).to_be_visible()
        for step in page.locator("input[name=steps]").all():
            step.check()
        page.get_by_role("button", name="Sign").tap()
        expect(page.get_by_role("heading", name="Done")).to_be_visible()
        words.append(page.locator("p[role=status]").inner_text())
        link = page.locator(".panel a[href*='/seen/']").get_attribute("href")
        holdings.settle(now=firm.org.clock + timedelta(seconds=11))
    assert words == ["1 of 2. One more, on another day.", "All seen. It is signed in a few seconds."]
    assert link is not None
    worker = browser.new_context(viewport=PHONE, locale="es-US").new_page()  # type: ignore[arg-type]
    worker.goto(link)
    assert worker.locator("html").get_attribute("lang") == "es"
    expect(worker.locator("main")).to_contain_text("Walt Jensen")
    assert not runs_off_the_side(worker)


def test_a_shared_phone_changes_hands_by_pin(
    here: str, browser: Browser, firm: Firm, setup: Any, signed_in_address: Any
) -> None:
    people.set_sign_pin(actor=firm.supervisor, pin=PIN, now=datetime.now(UTC))
    page = browser.new_context(viewport=PHONE, has_touch=True, locale="en-US").new_page()  # type: ignore[arg-type]
    page.goto(signed_in_address(firm.owner_user.id))
    page.locator("main form button[type=submit]").first.click()
    page.goto(f"{here}/settings/shared-phone")
    page.get_by_role("button", name="This is a shared phone").click()
    page.locator("label", has_text="Walt Jensen").tap()
    page.get_by_label("Your PIN").fill("111222")
    page.get_by_role("button", name="Go on").tap()
    expect(page.get_by_role("alert").or_(page.locator(".errors"))).to_contain_text("That PIN isn’t right.")
    page.locator("label", has_text="Walt Jensen").tap()
    page.get_by_label("Your PIN").fill(PIN)
    page.get_by_role("button", name="Go on").tap()
    expect(page.locator("main")).to_contain_text("Walt Jensen")
    sign(page, here, firm)
    assert SignOff.objects.get().observer == "Walt Jensen"
    page.goto(f"{here}/people")
    assert "/sign-in" in page.url
    page.goto(f"{here}/sign-off")
    page.get_by_role("button", name="Hand over").tap()
    expect(page.get_by_role("heading", name="Who is signing?")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("Rosa")


def unlock(page: Page, name: str, pin: str) -> None:
    page.locator("label", has_text=name).tap()
    page.get_by_label("Your PIN").fill(pin)
    page.get_by_role("button", name="Go on").tap()
    expect(page.get_by_role("button", name="Hand over")).to_be_visible()


def test_what_one_signed_on_a_shared_phone_waits_for_them(
    here: str, browser: Browser, firm: Firm, setup: Any, signed_in_address: Any
) -> None:
    people.set_sign_pin(actor=firm.supervisor, pin=PIN, now=datetime.now(UTC))
    people.set_sign_pin(actor=firm.owner, pin="836152", now=datetime.now(UTC))
    context = browser.new_context(viewport=PHONE, has_touch=True, locale="en-US")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(signed_in_address(firm.owner_user.id))
    page.locator("main form button[type=submit]").first.click()
    page.goto(f"{here}/settings/shared-phone")
    page.get_by_role("button", name="This is a shared phone").click()
    unlock(page, "Walt Jensen", PIN)
    ready(page)
    context.set_offline(True)
    page.goto(f"{here}/sign-off/{firm.person.id}/{setup.id}")
    expect(page.locator("main")).to_contain_text("Without a network only this person can sign here: Walt Jensen")
    page.locator("label", has_text="Alone").tap()
    page.locator("label", has_text="Set the part zero").tap()
    page.get_by_role("button", name="Sign").tap()
    expect(page.locator("[data-waiting]")).to_contain_text("1 waiting")
    page.get_by_role("button", name="Hand over").tap()
    expect(page.get_by_role("heading", name="Nothing is kept on this phone now")).to_be_visible()
    context.set_offline(False)
    page.goto(f"{here}/sign-off")
    unlock(page, "Dana Whitlock", "836152")
    expect(page.locator("[data-waiting]")).to_contain_text("Waits for Walt Jensen")
    assert not SignOff.objects.exists()
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Hand over").tap()
    unlock(page, "Walt Jensen", PIN)
    expect(page.get_by_text("Sent what was waiting on this phone.")).to_be_visible()
    assert [one.observer for one in SignOff.objects.all()] == ["Walt Jensen"]
    page.wait_for_load_state("networkidle")
    context.close()


def test_three_are_kept_without_a_network_and_sent_once_in_order(
    here: str, phone: BrowserContext, firm: Firm, setup: Any
) -> None:
    other = make_skill(firm, name="Tool change", leveled=False)
    _made, code = talent.make_person_code(actor=firm.owner, person_id=firm.person.id, now=datetime.now(UTC))
    page = phone.new_page()
    page.goto(f"{here}/sign-off")
    ready(page)
    phone.set_offline(True)
    page.goto(f"{here}/q/{code}")
    expect(page.locator("main")).to_contain_text("You’re offline.")
    expect(page.locator("main")).to_contain_text("As of")
    expect(page.locator("main")).to_contain_text("Missing")
    for number, level in enumerate(("Learning", "With help"), start=1):
        page.goto(f"{here}/sign-off/{firm.person.id}")
        page.get_by_role("link", name="5-axis setup").tap()
        page.get_by_role("button", name="Sign").tap()
        expect(page.get_by_role("alert")).to_contain_text("Tick what you saw")
        page.locator("label", has_text=level).tap()
        page.locator("label", has_text="Set the part zero").tap()
        page.get_by_role("button", name="Sign").tap()
        expect(page.locator("[data-waiting]")).to_contain_text(f"Saved on this phone – {number} waiting.")
    page.goto(f"{here}/sign-off/{firm.person.id}/{other.id}")
    page.locator("label", has_text="Ran the tool path dry").tap()
    page.get_by_role("button", name="Sign").tap()
    expect(page.locator("[data-waiting]")).to_contain_text("Saved on this phone – 3 waiting.")
    assert not runs_off_the_side(page)
    page.close()

    page = phone.new_page()
    page.goto(f"{here}/sign-off")
    expect(page.locator("[data-waiting]")).to_contain_text("Saved on this phone – 3 waiting.")
    assert not SignOff.objects.exists()
    phone.set_offline(False)
    page.goto(f"{here}/sign-off")
    expect(page.get_by_text("Sent what was waiting on this phone.")).to_be_visible()
    kept = list(SignOff.objects.order_by("recorded_at"))
    assert [(one.level, one.steps, one.entered) for one in kept] == [
        (1, [0], "offline"),
        (2, [0], "offline"),
        (None, [1], "offline"),
    ]
    assert [one.observed_at for one in kept] == sorted(one.observed_at for one in kept)
    page.reload()
    page.wait_for_load_state("networkidle")
    expect(page.locator("[data-waiting]")).to_be_hidden()
    assert SignOff.objects.count() == 3


def test_a_refused_one_stays_with_its_reason(here: str, phone: BrowserContext, firm: Firm, setup: Any) -> None:
    page = phone.new_page()
    page.goto(f"{here}/sign-off/{firm.person.id}/{setup.id}")
    ready(page)
    page.locator("label", has_text="Alone").tap()
    page.locator("summary", has_text="Add words").tap()
    page.get_by_label("Your own words").fill("Lazy")
    phone.set_offline(True)  # in the middle of it: the form of the server is kept, too
    page.get_by_role("button", name="Sign").tap()
    expect(page.locator("[data-waiting]")).to_contain_text("Saved on this phone – 1 waiting.")
    phone.set_offline(False)
    page.goto(f"{here}/sign-off")
    expect(page.locator("[data-waiting]")).to_contain_text("is an opinion")
    expect(page.get_by_role("link", name="Look again")).to_have_attribute("href", f"/sign-off/{firm.person.id}/{setup.id}")
    page.get_by_role("button", name="Drop it").tap()
    expect(page.locator("[data-waiting]")).to_be_hidden()
    assert not SignOff.objects.exists()


def test_whoever_signs_out_leaves_no_team_behind(here: str, phone: BrowserContext, firm: Firm) -> None:
    page = phone.new_page()
    page.goto(f"{here}/sign-off")
    ready(page)
    page.goto(f"{here}/sign-out")
    page.locator("main form button[type=submit]").click()
    page.wait_for_load_state()
    phone.set_offline(True)
    page.goto(f"{here}/sign-off")
    expect(page.get_by_role("heading", name="Nothing is kept on this phone now")).to_be_visible()
    expect(page.locator("body")).not_to_contain_text("Rosa")


@pytest.mark.parametrize(("view", "language"), WAYS)
def test_every_page_of_signing_is_fit_for_everyone(
    here: str, browser: Browser, firm: Firm, setup: Any, signed_in_address: Any, language: str, view: str
) -> None:  # fmt: skip
    firm.org.clock = NOW
    firm.org.save()
    make_skill(firm, name="Tool change", co_sign=True)
    kept, token = sign_with_token(firm, setup)
    people.set_sign_pin(actor=firm.owner, pin=PIN, now=NOW)
    link = people.make_pin_link(actor=firm.owner, member_id=supervisor(firm), now=datetime.now(UTC))
    context = browser.new_context(viewport=DESK if view == "desk" else PHONE, reduced_motion="reduce")  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(signed_in_address(firm.owner_user.id))
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()
    context.add_cookies([{"name": "django_language", "value": language, "url": here}])
    person = firm.person.id
    found = []
    for address in (
        "/sign-off", "/sign-off?q=nobody", f"/sign-off/{person}", f"/sign-off/{person}/{setup.id}", "/sign-off/offline",
        f"/sign-off/done/{kept.id}", "/sign-offs", "/sign-offs/paper", f"/sign-offs/paper?item={setup.id}",
        f"/items/{setup.id}", f"/items/{setup.id}/signing", "/settings/shared-phone", "/settings/pin",
        f"/settings/phones/{supervisor(firm)}/pin", f"/pin/{link}", f"/seen/{token}",
    ):  # fmt: skip
        opened = context.new_page()
        found += problems(opened, address, here)
        opened.close()
    assert not found, "\n".join(found)


def supervisor(firm: Firm) -> Any:
    return Member.objects.get(org=firm.org, user=firm.supervisor_user).id
