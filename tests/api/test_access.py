"""Who gets in: a token that works, and nobody else."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.test import Client

from skillmark.rooms.people import operations as people
from tests.cast import Firm

pytestmark = pytest.mark.django_db


def problem(answer: object, status: int, code: str) -> dict[str, object]:
    """The problem in an answer, after looking at its shape."""
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == status and body["code"] == code and body["title"]
    return body


def test_without_a_token(firm: Firm) -> None:
    answer = Client().get("/api/v1/people")
    problem(answer, 401, "token.needed")
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert b"Rosa" not in answer.content


@pytest.mark.parametrize("header", ["Bearer smk_wrong", "Bearer ", "Basic eDp5", "smk_x"])
def test_with_a_token_that_is_none(firm: Firm, header: str) -> None:
    problem(Client(headers={"Authorization": header}).get("/api/v1/people"), 401, "token.needed")


def test_a_session_of_the_pages_is_not_a_token(firm: Firm, client: Client) -> None:
    client.force_login(firm.owner_user)
    problem(client.get("/api/v1/people"), 401, "token.needed")


def test_an_ended_token(firm: Firm, now: datetime) -> None:
    token, text = people.make_token(actor=firm.owner, name="Old", now=now)
    api = Client(headers={"Authorization": f"Bearer {text}"})
    assert api.get("/api/v1/people").status_code == 200
    people.revoke_token(actor=firm.owner, token_id=token.id, now=now)
    problem(api.get("/api/v1/people"), 401, "token.needed")


def test_the_token_of_somebody_who_left(firm: Firm, now: datetime) -> None:
    text = people.make_token(actor=firm.owner, name="Walt's", now=now)[1]
    api = Client(headers={"Authorization": f"Bearer {text}"})
    firm.owner_user.memberships.update(active=False)
    problem(api.get("/api/v1/people"), 401, "token.needed")


def test_the_outsider_sees_nothing_of_the_firm(firm: Firm, outsider_api: Client) -> None:
    problem(outsider_api.get(f"/api/v1/people/{firm.person.id}"), 404, "not_found")
    assert firm.person.name not in [one["name"] for one in outsider_api.get("/api/v1/people").json()["items"]]


def test_the_token_stands_for_its_maker_in_the_journal(firm: Firm, owner_api: Client) -> None:
    owner_api.post("/api/v1/people", {"name": "Ada Park"}, content_type="application/json")
    last = owner_api.get("/api/v1/journal", {"limit": 200}).json()["items"][-1]
    assert last["event"] == "people.person.added" and last["actor"] == "Dana Whitlock (Payroll)"
