"""Kinds of proof in a real browser: each page is fit for everyone, and a picture is designed without a script."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.credentials import queries
from skillmark.rooms.skills import operations as skills
from tests.cast import Firm
from tests.journeys.conftest import AND_DARK, DESK, PHONE
from tests.journeys.fitness import problems

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]
CODE = {
    "framework": "O*NET-SOC", "code": "35-2014.00", "name": "Cooks, Restaurant",
    "url": "https://www.onetonline.org/link/summary/35-2014.00",
}  # fmt: skip


@pytest.fixture
def kinds(firm: Firm) -> list[str]:
    """One kind of the firm's own with all that it can have, changed once; and one that follows a skill."""
    now = timezone.now()
    own = credentials.make_template(
        actor=firm.owner, name="Walk-behind pallet jack", did="Moved loaded pallets through the aisles and parked.",
        how="A lead watched a whole shift.", method="observed", months=24, level_asked=True, icon="forklift", codes=[CODE],
        steps=["Looks over the forks and the battery", "Lowers the forks before turning", "Parks with the handle up"],
        language="en", now=now,
    )  # fmt: skip
    credentials.change_picture(
        actor=firm.owner, template_id=own.id, shape="ticket", colour="plum", icon="box", words="Pallet jack", language="en",
        now=now,
    )  # fmt: skip
    item = skills.add_item(
        actor=firm.owner, kind="skill", names={"en": "Closes line safely", "es": "Cierra la línea con seguridad"},
        shows={"en": "Closed the line at the end of two shifts.", "es": "Cerró la línea al final de dos turnos."},
        signing={"method": "observed", "how": {"en": "A manager watched.", "es": "Gerencia observó."}, "behaviour": True,
                 "checklist": [{"en": "Turns off burners", "es": "Apaga quemadores"}]},
        starts=date(2026, 1, 1), now=now,
    )  # fmt: skip
    following = credentials.template_of_item(actor=firm.owner, item_id=item.id, now=now)
    pages = [f"/kinds/{own.id}{part}" for part in ("", "/words", "/picture", "/versions", "/lists", "/retire")]
    return ["/kinds", "/kinds/new", "/give", f"/give/{own.id}", *pages, f"/kinds/{following.id}"]


@pytest.mark.parametrize(("view", "language"), AND_DARK)
def test_pages_of_kinds_are_fit_for_everyone(
    here: str, browser: Browser, firm: Firm, kinds: list[str], signed_in_address: Any, language: str, view: str
) -> None:
    context = browser.new_context(
        reduced_motion="reduce",  # a colour on its way to another one has no contrast to speak of
        viewport=DESK if view == "desk" else PHONE,
        color_scheme="dark" if view == "dark" else "light",
    )
    page = context.new_page()
    page.goto(signed_in_address(firm.owner_user.id))
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()
    context.add_cookies([{"name": "django_language", "value": language, "url": here}])
    found = []
    for address in kinds:
        opened = context.new_page()
        found += problems(opened, address, here)
        opened.close()
    assert not found, "\n".join(found)


def test_a_picture_is_designed_without_a_script(
    here: str, browser: Browser, firm: Firm, kinds: list[str], signed_in_address: Any
) -> None:
    page = browser.new_context(viewport=PHONE, java_script_enabled=False).new_page()
    page.goto(signed_in_address(firm.owner_user.id))
    page.locator("main form button[type=submit]").first.click()
    page.goto(here + next(one for one in kinds if one.endswith("/picture")))
    before = page.locator("#shown img").get_attribute("src")
    page.get_by_label("Shield").check()
    page.get_by_label("Truck").check()
    page.get_by_role("button", name="Show it").click()
    shown = page.locator("#shown img").get_attribute("src")
    assert shown != before and page.get_by_label("Shield").is_checked()
    page.get_by_role("button", name="Save").click()
    assert page.locator(".picture img").get_attribute("src") == shown
    newest = {one.current.name["en"]: one.current for one in queries.templates(actor=firm.owner) if one.current}
    assert newest["Walk-behind pallet jack"].shape == "shield" and newest["Walk-behind pallet jack"].number == 3
