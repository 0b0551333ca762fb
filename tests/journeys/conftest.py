"""A real browser against the real product: Chromium of this machine, a live server, the real clock."""

from __future__ import annotations

import os
import shutil
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1400, "height": 900}
# How pages are looked at for everyone's sake. Each language and each width at least once; all of them together with
# SKILLMARK_TEST_EVERY=1 (`make journeys-all`). Dark is other colours and the same words.
WAYS = [("phone", "es"), ("desk", "en")]
if os.environ.get("SKILLMARK_TEST_EVERY") == "1":
    WAYS += [("phone", "en"), ("desk", "es")]
AND_DARK = [*WAYS, ("dark", "en")]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A database in a file, as in real life, where whoever comes second waits.

    In memory, tables of one connection would be shared by all threads of the server, and a page that looks again by itself
    while a test writes would be refused at once.
    """
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "journeys.sqlite3")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium; without one, the browser that Playwright brought."""
    found = os.environ.get("SKILLMARK_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    quiet = [
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
    ]
    return {**browser_type_launch_args, "args": quiet, **({"executable_path": found} if found else {})}


@pytest.fixture
def here(live_server: Any, settings: Any) -> str:
    """The address of the running product, which also knows it as its own."""
    address = live_server.url.replace("127.0.0.1", "localhost")
    settings.BASE_URL = address
    settings.ALLOWED_HOSTS = ["*"]
    settings.CSRF_TRUSTED_ORIGINS = [address]
    return str(address)


@pytest.fixture
def signed_in_address(here: str, transactional_db: None) -> Any:
    """A one-time sign-in link for a user, ready to press."""
    from skillmark.rooms.people import operations

    def make(user_id: int) -> str:
        return f"{here}/in/{operations.make_sign_in_link(user_id=user_id, now=timezone.now())}"

    return make
