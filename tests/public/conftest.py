"""A proof that was just given, and the code that was handed over for it."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone


@pytest.fixture
def proof(firm: Any) -> Any:
    """A forklift proof for Rosa, who reads Spanish."""
    from tests.public.given import give

    return give(firm=firm)


@pytest.fixture
def slip(firm: Any, proof: Any) -> tuple[str, str]:
    """Code and PIN of a printed slip for that proof."""
    from skillmark.rooms.credentials import operations

    _, code, pin = operations.offer(actor=firm.owner, issued_id=proof.id, way="slip", now=timezone.now())
    return code, pin


@pytest.fixture
def asker(firm: Any, settings: Any) -> Any:
    """The supervisor's browser, on a server that knows its address."""
    from django.test import Client

    settings.BASE_URL = "http://testserver"
    browser = Client()
    browser.force_login(firm.supervisor_user)
    browser.cookies["django_language"] = "en"
    return browser


@pytest.fixture
def worker(client: Any, slip: tuple[str, str], settings: Any) -> Any:
    """Rosa's phone, with her page open and her forklift proof on it."""
    settings.BASE_URL = "http://testserver"
    client.post(f"/k/{slip[0]}/keep", {"pin": slip[1]})
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def app(firm: Any, proof: Any) -> Any:
    """Rosa's other app, which has been given a copy of her proof for its key."""
    from tests.public.phones import app_with

    return app_with(proof)


@pytest.fixture
def mine(client: Any, slip: tuple[str, str]) -> Any:
    """Rosa has kept her proof, and her page is open in this browser, in English."""
    from skillmark.rooms.credentials.models import Held

    client.post(f"/k/{slip[0]}/keep", {"pin": slip[1]})
    client.cookies["django_language"] = "en"
    return Held.objects.get()


@pytest.fixture
def made(client: Any, mine: Any) -> Any:
    """The code for another app that her page shows after the button."""
    from tests.public.other_app import make_code

    return make_code(client, mine)
