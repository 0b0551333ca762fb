"""Trying a sample company from the front page, and what a stranger in it cannot do."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from skillmark.desks import demos
from skillmark.desks.starters import trades
from skillmark.edges.web.views import samples
from skillmark.rooms.people import queries as people
from tests.cast import Firm

pytestmark = pytest.mark.django_db


def _enter(client: Client, trade: str = "childcare") -> str:
    answer = client.post(f"/sample/{trade}")
    assert answer.status_code == 302 and answer.headers["Location"] == "/"
    return client.get("/").content.decode()


def test_from_the_front_page_to_a_red_cell_in_three_clicks(client: Client) -> None:
    assert 'href="/sample"' in client.get("/").content.decode()
    page = client.get("/sample").content.decode()
    assert re.findall(r'action="/sample/([a-z-]+)"', page) == list(trades())
    assert "@" not in page
    home = _enter(client)
    assert "Sample data." in home and "May 4, 2026" in home and "7 people can’t do part of their job today." in home
    person = people.people(actor=people.actor_for(user_id=_owner(), now=demos.CLOCK))[0]
    assert client.get(f"/people/{person.id}").status_code == 200


def test_checking_works_inside_and_says_that_it_is_a_sample(client: Client) -> None:
    _enter(client)
    for address in ("/check", "/check/sample/good", "/check/phone"):
        answer = client.get(address)
        assert answer.status_code == 200 and "Sample data." in answer.content.decode(), address


def test_each_trade_can_be_entered(client: Client) -> None:
    for trade in trades():
        assert demos.firm(trade=trade).firm in _enter(client, trade)


def test_the_language_of_the_visitor_stays(client: Client) -> None:
    client.cookies["django_language"] = "es"
    assert "Construcción" in client.get("/sample").content.decode()
    assert "4 de mayo de 2026" in _enter(client)


def test_two_visitors_share_it_and_starting_again_makes_it_anew(client: Client) -> None:
    other = Client()
    _enter(client)
    _enter(other)
    first = people.samples()[0].id
    assert client.post("/sample/again").status_code == 302
    assert people.samples()[0].id != first
    assert "Sample data." in client.get("/").content.decode()
    assert "Sample data." not in other.get("/").content.decode()  # signed out: what they looked at is gone


def test_removing_leads_out(client: Client) -> None:
    _enter(client)
    page = client.post("/sample/remove", follow=True).content.decode()
    assert "The sample company is removed." in page and people.samples() == []
    assert client.post("/sample/remove").status_code == 302  # signed out


def test_once_a_firm_is_set_up_it_is_offered_no_more(client: Client, firm: Firm, settings: Any) -> None:
    assert 'href="/sample"' not in client.get("/").content.decode()
    assert client.get("/sample").status_code == 404 and client.post("/sample/childcare").status_code == 404
    assert people.samples() == []
    settings.SAMPLES = "on"
    assert client.get("/sample").status_code == 200


def test_the_operator_can_switch_it_off(client: Client, settings: Any) -> None:
    settings.SAMPLES = "off"
    assert client.post("/sample/childcare").status_code == 404


def test_nobody_is_taken_out_of_their_own_firm(client: Client, firm: Firm, settings: Any) -> None:
    settings.SAMPLES = "on"
    client.force_login(firm.owner_user, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.post("/sample/childcare")
    assert firm.org.name in client.get("/").content.decode()
    for address in ("/sample/again", "/sample/remove"):
        assert client.post(address).status_code == 404
    assert people.organisation(actor=firm.owner).name == firm.org.name


def test_a_stranger_in_it_reaches_nothing_of_the_server_or_of_a_real_firm(client: Client, firm: Firm, settings: Any) -> None:
    settings.SAMPLES = "on"
    _enter(client)
    for address in ("settings/recovery-sheet", "settings/programs", "settings/phones", "settings/firm", "settings/address",
                    "settings/passkeys", "trust/add", "trust/follow"):  # fmt: skip
        assert client.get(f"/{address}").status_code == 403, address
    for address in (f"people/{firm.person.id}", f"people/{firm.person.id}/edit"):
        assert client.get(f"/{address}").status_code == 404, address
    assert firm.person.name not in client.get("/people").content.decode()


def test_unknown_trades_and_reading_addresses_that_change(client: Client) -> None:
    assert client.post("/sample/bakery").status_code == 404
    for address in ("/sample/childcare", "/sample/again", "/sample/remove"):
        assert client.get(address).status_code == 405


def test_a_server_makes_only_so_many_an_hour(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(samples, "MADE_AN_HOUR", 1)
    _enter(client)
    page = client.post("/sample/restaurant", follow=True).content.decode()
    assert "Too many tries" in page
    assert [one.sample for one in people.samples()] == ["childcare"]


def _owner() -> int:
    return people.sample_owner(org_id=people.samples()[0].id).pk
