"""The same gate for every page around the board. The list is read from the project: a page of tomorrow is opened, too."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver
from playwright.sync_api import Browser

from tests.architecture.board_things import board_secrets, board_things
from tests.cast import NOW, Firm
from tests.journeys.conftest import DESK, PHONE, WAYS
from tests.journeys.fitness import problems
from tests.journeys.test_every_page import proof

__all__ = ["proof"]
# A hundred pages, each with axe: a busy machine needs its time.
pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]

AREAS = re.compile(
    r"^(people|items|positions|documents|starters|who-can|import|photos|holdings|reminders|reports|pack|codes|settings/sites"
    r"|settings/shifts|settings/phones|sample|u/|q/|cal/)"
)


def addresses(firm: Firm, issued_id: str) -> list[str]:
    """Every address of those areas that answers the owner with a page; one for each pattern."""
    things = board_things(firm) | board_secrets(firm, issued_id=issued_id)
    things |= {"person_id": [str(firm.person.id)], "trade": ["restaurant"], "format": ["html"]}
    client = Client()
    client.force_login(firm.owner_user)
    found = []
    for pattern in _patterns():
        names = re.findall(r"<(?:\w+:)?(\w+)>", pattern)
        if not AREAS.match(pattern) or not all(name in things for name in names):
            continue
        address = "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda match: things[match[1]][0], pattern)
        answer = client.get(address)
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            found.append(address)
    return found


def _patterns() -> list[str]:
    found = []
    open_: list[tuple[str, Any]] = [("", get_resolver())]
    while open_:
        before, resolver = open_.pop()
        for one in resolver.url_patterns:
            if isinstance(one, URLPattern):
                found.append(before + str(one.pattern))
            else:
                open_.append((before + str(one.pattern), one))
    return sorted(set(found))


@pytest.mark.parametrize(("view", "language"), WAYS)
def test_every_page_of_the_board_is_fit_for_everyone(
    here: str, browser: Browser, firm: Firm, proof: Any, signed_in_address: Any, language: str, view: str
) -> None:
    firm.org.clock = NOW
    firm.org.save()
    every = addresses(firm, str(proof.id))
    assert len(every) > 45, every
    # Without motion: a colour that is still on its way is no colour to judge.
    context = browser.new_context(viewport=DESK if view == "desk" else PHONE, reduced_motion="reduce")
    page = context.new_page()
    page.goto(signed_in_address(firm.owner_user.id))
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()
    context.add_cookies([{"name": "django_language", "value": language, "url": here}])
    found = []
    for address in ["/", *every]:
        opened = context.new_page()
        found += problems(opened, address, here)
        opened.close()
    assert not found, "\n".join(found)
