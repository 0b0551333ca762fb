"""Kinds of proof."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from tests.api.test_access import problem

pytestmark = pytest.mark.django_db
JSON = {"content_type": "application/json"}


def words(**more: Any) -> dict[str, Any]:
    return {"name": "Knife work", "did": "Cuts safely.", "how": "Watched.", "method": "observed"} | more


def test_make_change_archive(owner_api: Client) -> None:
    made = owner_api.post("/api/v1/templates", words(), **JSON)
    assert made.status_code == 201 and made.json()["current"]["number"] == 1
    where = f"/api/v1/templates/{made.json()['id']}"
    changed = owner_api.put(where, words(months=24), **JSON).json()
    assert changed["current"]["number"] == 2 and changed["current"]["months"] == 24
    assert owner_api.delete(where).status_code == 204
    assert owner_api.get(where).json()["state"] == "archived"
    assert where.rsplit("/", 1)[-1] not in [one["id"] for one in owner_api.get("/api/v1/templates").json()["items"]]
    problem(owner_api.put(where, words(), **JSON), 409, "template.archived")


def test_ready_made_kinds(owner_api: Client) -> None:
    ready = owner_api.get("/api/v1/templates/ready").json()
    assert len(ready) >= 12 and all(one["name"]["es"] and one["how"]["en"] for one in ready)
    first = owner_api.post(f"/api/v1/templates/ready/{ready[0]['key']}", **JSON)
    again = owner_api.post(f"/api/v1/templates/ready/{ready[0]['key']}", **JSON)
    assert first.status_code == again.status_code == 201 and first.json()["id"] == again.json()["id"]
    problem(owner_api.post("/api/v1/templates/ready/nonsense", **JSON), 404, "not_found")


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"how": " "}, 409, "template.how_missing"),
        ({"did": ""}, 409, "template.did_missing"),
        ({"name": ""}, 409, "template.name_missing"),
        ({"method": "guess"}, 422, "request.invalid"),
        ({"months": 0}, 409, "template.months_wrong"),
    ],
)
def test_what_says_nothing_is_refused(owner_api: Client, change: dict[str, Any], status: int, code: str) -> None:
    problem(owner_api.post("/api/v1/templates", words(**change), **JSON), status, code)


def test_outsider(outsider_api: Client, template_id: UUID) -> None:
    where = f"/api/v1/templates/{template_id}"
    problem(outsider_api.get(where), 404, "not_found")
    problem(outsider_api.put(where, words(), **JSON), 404, "not_found")
    problem(outsider_api.delete(where), 404, "not_found")
    assert outsider_api.get("/api/v1/templates").json()["items"] == []
