"""The firm, its members, tokens and journal."""

from __future__ import annotations

import pytest
from django.test import Client

from skillmark.rooms.people.models import Member, Token
from tests.api.test_access import problem
from tests.cast import Firm

pytestmark = pytest.mark.django_db
JSON = {"content_type": "application/json"}


def test_read_and_change(firm: Firm, owner_api: Client) -> None:
    told = owner_api.get("/api/v1/firm").json()
    assert told["name"] == "Tallgrass Machine Works" and told["time_zone"] == "America/Chicago"
    told["base_url"] = "https://proofs.example"
    assert owner_api.put("/api/v1/firm", told, **JSON).json()["base_url"] == "https://proofs.example"
    problem(owner_api.put("/api/v1/firm", told | {"time_zone": "Mars/Base"}, **JSON), 409, "setup.time_zone")
    problem(owner_api.put("/api/v1/firm", told | {"language": "tlh"}, **JSON), 422, "request.invalid")


def test_members(firm: Firm, owner_api: Client) -> None:
    assert [one["name"] for one in owner_api.get("/api/v1/members").json()] == ["Dana Whitlock", "Walt Jensen"]
    invited = owner_api.post("/api/v1/members", {"name": "Ina Cole"}, **JSON)
    assert invited.status_code == 201 and len(invited.json()["pin"]) == 6
    walt = Member.objects.get(user=firm.supervisor_user)
    assert owner_api.delete(f"/api/v1/members/{walt.id}").status_code == 204
    assert [one["name"] for one in owner_api.get("/api/v1/members").json()] == ["Dana Whitlock"]


def test_tokens(owner_api: Client) -> None:
    made = owner_api.post("/api/v1/tokens", {"name": "Schedule"}, **JSON).json()
    other = Client(headers={"Authorization": f"Bearer {made['token']}"})
    assert other.get("/api/v1/firm").status_code == 200
    assert made["token"] not in owner_api.get("/api/v1/tokens").content.decode()
    assert owner_api.delete(f"/api/v1/tokens/{made['id']}").status_code == 204
    problem(other.get("/api/v1/firm"), 401, "token.needed")


def test_what_a_supervisor_may_not(firm: Firm, owner_api: Client) -> None:
    """A token has the role of whoever made it; when the role shrinks, so does the token."""
    firm.owner_user.memberships.update(role="supervisor")
    assert owner_api.get("/api/v1/people").status_code == 200
    for answer in (
        owner_api.get("/api/v1/journal"),
        owner_api.get("/api/v1/tokens"),
        owner_api.post("/api/v1/members", {"name": "X"}, **JSON),
    ):
        body = problem(answer, 403, "role.not_allowed")
        assert body["detail"]


def test_outsider(firm: Firm, outsider_api: Client, owner_api: Client) -> None:
    walt, token = Member.objects.get(user=firm.supervisor_user), Token.objects.get(org=firm.org)
    problem(outsider_api.delete(f"/api/v1/members/{walt.id}"), 404, "not_found")
    problem(outsider_api.delete(f"/api/v1/tokens/{token.id}"), 404, "not_found")
    assert "Tallgrass" not in outsider_api.get("/api/v1/firm").content.decode()
    assert all("Tallgrass" not in str(one) for one in outsider_api.get("/api/v1/journal").json()["items"])
    assert owner_api.get("/api/v1/members").json()[1]["name"] == "Walt Jensen"
