"""People: list in pages, read, add, change."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from tests.api.test_access import problem
from tests.cast import Firm

pytestmark = pytest.mark.django_db
JSON = {"content_type": "application/json"}


def test_add_read_change(owner_api: Client) -> None:
    made = owner_api.post("/api/v1/people", {"name": " Ada  Park ", "language": "es"}, **JSON)
    assert made.status_code == 201 and made.json()["name"] == "Ada Park"
    where = f"/api/v1/people/{made.json()['id']}"
    assert owner_api.get(where).json() == made.json()
    changed = owner_api.put(where, {"name": "Ada Parks", "phone": "+1 555 0100"}, **JSON)
    assert changed.status_code == 200 and changed.json()["phone"] == "+1 555 0100"


def test_pages_hold_everyone_once(owner_api: Client) -> None:
    for number in range(5):
        owner_api.post("/api/v1/people", {"name": f"Person {number}"}, **JSON)
    seen: list[str] = []
    query: dict[str, object] = {"limit": 2}
    while True:
        page = owner_api.get("/api/v1/people", query).json()
        seen += [one["name"] for one in page["items"]]
        if page["next"] is None:
            break
        query["after"] = page["next"]
    assert seen == [*(f"Person {number}" for number in range(5)), "Rosa Delgado"]


def test_search(owner_api: Client) -> None:
    assert owner_api.get("/api/v1/people", {"search": "delga"}).json()["items"][0]["name"] == "Rosa Delgado"
    assert owner_api.get("/api/v1/people", {"search": "nobody"}).json() == {"items": [], "next": None}


def test_bad_requests_are_problems(firm: Firm, owner_api: Client) -> None:
    body = problem(owner_api.post("/api/v1/people", {"phone": "1"}, **JSON), 422, "request.invalid")
    assert body["errors"] == [{"where": "body.person.name", "what": "Field required"}]
    problem(owner_api.post("/api/v1/people", "{not json", **JSON), 400, "request.unreadable")
    problem(owner_api.post("/api/v1/people", {"name": "  "}, **JSON), 409, "person.name_missing")
    problem(owner_api.get("/api/v1/people", {"after": str(uuid4())}), 422, "request.invalid")
    problem(owner_api.get("/api/v1/people/not-an-id"), 422, "request.invalid")
    problem(owner_api.get(f"/api/v1/people/{uuid4()}"), 404, "not_found")


def test_the_sentence_speaks_the_language_of_the_request(owner_api: Client) -> None:
    said = [
        owner_api.post("/api/v1/people", {"name": ""}, headers={"Accept-Language": language}, **JSON).json()["detail"]
        for language in ("en", "es")
    ]
    assert said[0] and said[1] and said[0] != said[1]


def test_outsider_can_change_nobody(firm: Firm, outsider_api: Client) -> None:
    problem(outsider_api.put(f"/api/v1/people/{firm.person.id}", {"name": "X"}, **JSON), 404, "not_found")
    firm.person.refresh_from_db()
    assert firm.person.name == "Rosa Delgado"
