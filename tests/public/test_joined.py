"""Proofs of several firms on one page, by the pages a worker sees."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from skillmark.rooms.credentials import operations
from skillmark.rooms.credentials.models import Held
from tests.public.given import give
from tests.public.ways_in import PIN, claim, opened, with_slip


@pytest.fixture
def slip(client: Client, firm: Any) -> str:
    return with_slip(client, firm=firm)


def into(client: Client) -> str:
    return str(client.session["record"]["org"])


def test_the_claim_page_says_into_which_page_it_goes(client: Client, slip: str, other_firm: Any) -> None:
    proof = give(firm=other_firm)
    _, code, _ = operations.offer(actor=other_firm.owner, issued_id=proof.id, way="screen", now=timezone.now())
    page = client.get(f"/k/{code}").content.decode()
    assert "Into your page: <b>Rosa Delgado</b>" in page
    assert "The name on it is Outsider Rosa Delgado." in page
    assert "Into your page" not in Client().get(f"/k/{code}").content.decode()


def test_kept_into_the_open_page(client: Client, slip: str, other_firm: Any) -> None:
    assert claim(client, firm=other_firm, into=into(client))["Location"] == "/w"
    assert Held.objects.filter(names_other=True).count() == 1
    assert len(set(Held.objects.values_list("org_id", flat=True))) == 1


def test_kept_on_a_page_of_its_own_when_somebody_else_says_so(client: Client, slip: str, other_firm: Any) -> None:
    assert claim(client, firm=other_firm)["Location"] == "/w/pin"
    assert len(set(Held.objects.values_list("org_id", flat=True))) == 2


def test_a_page_that_is_not_open_here_takes_nothing(client: Client, slip: str, other_firm: Any) -> None:
    stranger = Client()
    claim(stranger, firm=other_firm, into=into(client))
    assert len(set(Held.objects.values_list("org_id", flat=True))) == 2


def test_the_pin_is_asked_without_forgetting_the_page(client: Client, slip: str, other_firm: Any) -> None:
    proof = give(firm=other_firm)
    _, code, pin = operations.offer(actor=other_firm.owner, issued_id=proof.id, way="slip", now=timezone.now())
    asked = client.post(f"/k/{code}/keep", {"into": into(client)}).content.decode()
    assert f'name="into" value="{into(client)}"' in asked
    assert client.post(f"/k/{code}/keep", {"into": into(client), "pin": pin})["Location"] == "/w"


def test_another_page_of_mine_comes_here(client: Client, slip: str, other_firm: Any) -> None:
    other = Client()
    theirs = with_slip(other, firm=other_firm)
    assert client.post("/w/join", {"code": theirs, "pin": "000000"}).status_code == 422
    assert client.post("/w/join", {"code": slip, "pin": PIN}).status_code == 422  # its own
    assert client.post("/w/join", {"code": theirs.lower(), "pin": PIN})["Location"] == "/w"
    page = client.get("/w").content.decode()
    assert "1 proof came along" in page
    assert len(set(Held.objects.values_list("org_id", flat=True))) == 1
    assert other.get("/w")["Location"] == "/w/open"
    assert Client().post("/w/open", {"code": theirs, "pin": PIN}).status_code == 422
    assert opened(slip).get("/w").status_code == 200
