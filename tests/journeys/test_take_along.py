"""A worker takes everything along, checks it without this server, moves to another server, and erases the page here."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from skillmark.rooms.credentials.models import Held
from tests.cast import Firm
from tests.cli.test_commands import environment
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.first_start import healthy
from tests.journeys.fitness import problems
from tests.journeys.test_own_page import code

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.timeout(480)]

PIN = "739204"
PAGES = ["/w/take", "/w/take/in", "/w/take/move", "/w/move-in", "/w/erase", "/w/erased"]


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[str]:
    """Another Skillmark, with a data folder and keys of its own, that takes in people whom it does not know."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    known = environment() | {"SKILLMARK_MOVE_IN": "true"}
    command = [sys.executable, "-m", "skillmark", "up", "--no-browser", "--port", str(port)]
    with (tmp_path / "elsewhere.log").open("w") as log:
        server = subprocess.Popen(command, cwd=tmp_path, env=known, stdout=log, stderr=log, start_new_session=True)
    try:
        until = time.monotonic() + 200  # a first start on a busy machine makes keys and a database
        while not healthy(port):
            assert time.monotonic() < until, (tmp_path / "elsewhere.log").read_text()
            time.sleep(0.3)
        yield f"http://localhost:{port}"
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=30)


def opened(
    browser: Browser, here: str, firm: Firm, *, viewport: Any = PHONE, language: str = "en"
) -> tuple[BrowserContext, Page]:  # fmt: skip
    """Rosa's page, kept a moment ago, with a PIN."""
    context = browser.new_context(viewport=viewport, reduced_motion="reduce", accept_downloads=True)
    context.add_cookies([{"name": "django_language", "value": language, "url": here}])
    page = context.new_page()
    said, pin = code(firm)
    page.goto(f"{here}/k/{said}")
    page.locator("button.go").first.click()
    if page.locator("#id_pin").count():
        page.locator("#id_pin").fill(pin)
        page.locator("button.go").first.click()
    page.wait_for_url(f"{here}/w/pin")
    context.add_cookies([{"name": "django_language", "value": language, "url": here}])
    page.locator("#id_pin").fill(PIN)
    page.locator("form[action='/w/pin'] button[type=submit]").last.click()
    page.goto(f"{here}/w")
    return context, page


def test_everything_goes_along_and_nothing_stays(
    here: str, elsewhere: str, browser: Browser, firm: Firm, tmp_path: Path
) -> None:  # fmt: skip
    context, page = opened(browser, here, firm)
    page.goto(f"{here}/w/say/job/new")
    page.locator("main form input[type=text], main form input:not([type])").first.fill("Reach truck driver")
    page.locator("main form button.go").click()

    # all files, and the program checks them with every network off
    page.goto(f"{here}/w/more")
    page.get_by_role("link", name="Take everything along").click()
    page.get_by_label("PIN of your page").fill("000000")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The PIN isn’t right.").first).to_be_visible()
    page.get_by_label("PIN of your page").fill(PIN)
    with page.expect_download() as saving:
        page.get_by_role("button", name="Save").click()
    expect(page.locator(".errors")).to_be_hidden()  # the page stays; what was wrong before does not
    expect(page.get_by_role("status").filter(has_text="downloads")).to_be_visible()
    folder = tmp_path / "mine"
    with zipfile.ZipFile(saving.value.path()) as files:
        files.extractall(folder)
    assert Held.objects.count() == 1
    checked = subprocess.run(
        [sys.executable, "-m", "skillmark", "check", str(folder), "--offline", "--no-memory"],
        env=environment(), cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert checked.returncode == 3 and "Cierre de la línea de cocina" in checked.stdout, checked.stdout + checked.stderr
    reader = context.new_page()
    reader.goto((folder / "page" / "index.html").as_uri())
    expect(reader.locator("body")).to_contain_text("Reach truck driver")
    reader.close()

    # to another server
    page.goto(f"{here}/w/take/move")
    secret = page.locator(".moving-code").inner_text()
    page.get_by_label("I have written down the code").check()
    page.get_by_label("PIN of your page").fill(PIN)
    with page.expect_download() as moving:
        page.get_by_role("button", name="Save the sealed file").click()
    sealed = tmp_path / "my-page.sealed"
    moving.value.save_as(sealed)
    there = browser.new_context(viewport=PHONE, reduced_motion="reduce").new_page()
    there.goto(f"{elsewhere}/w/move-in")
    there.set_input_files("#id_file", sealed)
    there.get_by_label(re.compile("code that you wrote down")).fill("AAAA-BBBB-CCCC-DDDD-EEEE-FFFF")
    there.get_by_role("button", name="Bring it here").click()
    expect(there.get_by_text("This code does not open this file").first).to_be_visible()
    there.set_input_files("#id_file", sealed)
    there.get_by_label(re.compile("code that you wrote down")).fill(secret)
    there.get_by_role("button", name="Bring it here").click()
    expect(there.get_by_text("It is on your page now.")).to_be_visible()
    there.screenshot(path=tmp_path / "moved.png", full_page=True)
    there.goto(f"{elsewhere}/w")
    expect(there.locator("main")).to_contain_text("Cierre de la línea de cocina")
    expect(there.locator("main")).to_contain_text("Reach truck driver")

    # and gone from here
    page.goto(f"{here}/w/erase")
    page.get_by_label("Type the name that stands on your page").fill("Rosa Delgado")
    page.get_by_label("PIN of your page").fill(PIN)
    page.get_by_role("button", name="Erase my page for good").click()
    expect(page.get_by_role("heading", name="Your page is erased")).to_be_visible()
    page.goto(f"{here}/w")
    page.wait_for_url(f"{here}/w/open")
    assert not Held.objects.exists()
    expect(there.locator("main")).to_contain_text("Rosa Delgado")
    context.close()


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_these_pages_are_fit_for_everyone(
    here: str, browser: Browser, firm: Firm, tmp_path: Path, language: str, viewport: Any
) -> None:  # fmt: skip
    context, page = opened(browser, here, firm, viewport=viewport, language=language)
    found = []
    for address in PAGES:
        found += problems(page, address, here)
        name = address.strip("/").replace("/", "-")
        page.screenshot(path=tmp_path / f"{name}-{language}-{viewport['width']}.png", full_page=True)
    context.close()
    assert not found, "\n".join(found)
