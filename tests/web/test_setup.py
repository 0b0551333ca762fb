"""First run: a workplace in one form."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from skillmark.rooms.people import operations, queries

pytestmark = pytest.mark.django_db
GOOD = {
    "firm_name": "Bramble Street Bakery",
    "owner_name": "Ana Ruiz",
    "language": "es",
    "email": "",
    "time_zone": "America/Denver",
    "date_order": "dmy",
}


@pytest.fixture
def address() -> str:
    return f"/setup/{operations.start_setup(now=timezone.now())}"


def test_set_up_signs_in_and_asks_what_first(client: Client, address: str) -> None:
    page = client.get(address).content.decode()
    assert "Let’s set up your workplace" in page
    answer = client.post(address, GOOD)
    assert answer.status_code == 302 and answer.headers["Location"] == "/start"
    start = client.get("/start").content.decode()
    assert "¿Qué quiere hacer primero?" in start  # in the language just chosen
    actor = queries.actor_for(user_id=queries.users()[0].pk, now=timezone.now())
    assert queries.organisation(actor=actor).name == "Bramble Street Bakery"
    assert queries.site(actor=actor).time_zone == "America/Denver"


def test_missing_names_are_said_first_and_nothing_is_lost(client: Client, address: str) -> None:
    response = client.post(address, GOOD | {"firm_name": " ", "owner_name": "", "email": "ana"})
    page = response.content.decode()
    assert response.status_code == 400
    assert "3 things to fix" in page and "Please type your firm’s name." in page
    assert 'href="#id_firm_name"' in page and 'aria-invalid="true"' in page
    assert 'value="ana"' in page
    assert not queries.is_set_up()


def test_a_made_up_time_zone_is_refused(client: Client, address: str) -> None:
    response = client.post(address, GOOD | {"time_zone": "Mars/Olympus"})
    assert response.status_code == 400
    assert "Choose your time zone from the list." in response.content.decode()


def test_a_zone_that_only_the_browser_knows_is_taken(client: Client, address: str) -> None:
    assert client.post(address, GOOD | {"time_zone": "US/Central"}).status_code == 302


def test_wrong_or_old_link_says_what_to_do(client: Client) -> None:
    response = client.get("/setup/wrong")
    assert response.status_code == 410
    assert "Restart Skillmark" in response.content.decode()
    old = operations.start_setup(now=timezone.now() - timedelta(hours=1))
    assert client.get(f"/setup/{old}").status_code == 410


def test_used_link_leads_to_sign_in(client: Client, address: str) -> None:
    client.post(address, GOOD)
    response = Client().post(address, GOOD | {"firm_name": "Intruder"})
    assert response.status_code == 410
    assert "already set up" in response.content.decode()
    assert len(queries.firms()) == 1


def test_start_is_for_members_only(client: Client) -> None:
    assert client.get("/start").headers["Location"] == "/sign-in?next=%2Fstart"
