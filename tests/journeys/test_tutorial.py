"""The tutorial of the first sign-off, walked as it is written: what is bold is pressed, and what is quoted is on the page."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from skillmark.rooms.holdings import operations as holdings
from tests.journeys.conftest import DESK
from tests.journeys.test_samples import enter

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.timeout(240)]

ROOT = Path(__file__).parents[2]
TUTORIAL = ROOT / "docs/tutorials/first-sign-off.md"
DO = re.compile(r"\*\*(.+?)\*\*|“(.+?)”|`(.+?)`", re.DOTALL)
"""Pressed, read, typed."""


def steps(text: str) -> list[str]:
    """The numbered ones, without their numbers."""
    return [one.replace("\n   ", "\n") for one in re.split(r"^\d+\. ", text, flags=re.MULTILINE)[1:]]


def press(page: Page, name: str, folder: Path) -> None:
    """Whatever bears this name: a tick, a button, a link of the page or of the menu."""
    if name == "PDF card":
        with page.expect_download() as waiting:
            page.get_by_role("link", name=name).evaluate("link => { link.download = 'card.pdf'; link.click(); }")
        waiting.value.save_as(folder / "card.pdf")
        return
    main = page.locator("main")
    ways = [
        main.get_by_role("button", name=name, exact=True), main.locator("fieldset label", has_text=name),
        main.locator("summary", has_text=name), main.get_by_role("link", name=name),
        page.get_by_role("link", name=name),
    ]  # fmt: skip
    found = next((one.first for one in ways if one.count()), None)
    assert found is not None, f"{page.url} has no “{name}”"
    if found.evaluate("e => e.matches('label') && e.querySelector('input').checked"):
        return  # it kept what was ticked before
    found.click()
    page.wait_for_load_state()


def walk(page: Page, step: str, folder: Path) -> None:
    step = step.split("\n\n")[0]  # what follows belongs to the next heading
    typed = ""
    for pressed, read, written in DO.findall(step):
        if pressed:
            press(page, " ".join(pressed.split()), folder)
        elif written:
            typed = written
            page.get_by_label("Your own words").fill(typed)
        else:
            expect(page.locator("body")).to_contain_text(" ".join(read.split()))


def test_the_first_sign_off_goes_as_it_is_told(browser: Browser, here: str, tmp_path: Path) -> None:
    page = browser.new_context(viewport=DESK, locale="en-US", accept_downloads=True).new_page()  # type: ignore[arg-type]
    enter(page, here, "Manufacturing")
    before, after = TUTORIAL.read_text().split("<!-- ten seconds -->")
    for step in steps(before):
        walk(page, step, tmp_path)
    holdings.settle(now=timezone.now() + timedelta(seconds=11))  # the job that does it is not running here
    for step in steps(after):
        walk(page, step, tmp_path)
    command = re.findall(r"```sh\n(\.venv/bin/skillmark check .*?)\n```", after)[0]
    done = subprocess.run(
        ["sh", "-eu", "-c", command.replace(".venv/bin/skillmark", f"{Path(sys.executable).parent}/skillmark")],
        cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0 and "Be careful" in done.stdout, done.stdout + done.stderr
