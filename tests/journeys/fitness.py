"""Is a page fit for everyone? One way to ask for all journeys, and only once the page stands still.

A click waits until the next page begins to load, not until it is there; and a colour on its way to another one has no
contrast to speak of. So every look waits for the load, and for the end of what moves, first."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
MOVED = """async () => {
  const ends = document.getAnimations().filter((one) => one.effect.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled(ends.map((one) => one.finished));
}"""


def settle(page: Page) -> None:
    """Wait until the page is loaded and nothing on it moves."""
    page.wait_for_load_state()
    page.evaluate(MOVED)


def runs_off_the_side(page: Page) -> bool:
    settle(page)
    wide: bool = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return wide


def complaints(page: Page) -> list[str]:
    """What is wrong with the page as it stands now, in words; an empty list where it is fit."""
    found = ["scrolls sideways"] if runs_off_the_side(page) else []
    result = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}})
    found += [
        f"{one['id']} at {one['nodes'][0]['target']}: {one['nodes'][0]['html'][:200]}" for one in result.response["violations"]
    ]
    if page.locator("main .btn.go").count() > 1:
        found.append("has more than one main button")
    return found


def fit(page: Page) -> None:
    """The page as it is now is fit for everyone."""
    found = complaints(page)
    assert not found, (page.url, found)


def problems(page: Page, address: str, here: str) -> list[str]:
    """Open an address: what is wrong with its page; also what it asks of other computers and what it complains of."""
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    answer = page.goto(here + address)
    found = [] if answer is not None and answer.status < 400 else [f"status {answer and answer.status}"]
    found += [f"asks {url}" for url in asked if not url.startswith((here, "data:"))]
    found += [f"complains: {text}" for text in said]
    return [f"{address} {one}" for one in found + complaints(page)]
