"""Kinds of proof."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from skillmark.rooms.skills import operations as skills
from tests.api.test_access import problem
from tests.cast import Firm

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


CODE = {"framework": "O*NET-SOC", "code": "53-7051.00", "name": "Industrial Truck and Tractor Operators",
        "url": "https://www.onetonline.org/link/summary/53-7051.00"}  # fmt: skip


def test_steps_lists_and_picture(owner_api: Client) -> None:
    more = {"steps": ["Lowers the forks", " "], "codes": [CODE], "icon": "forklift"}
    made = owner_api.post("/api/v1/templates", words(**more), **JSON).json()
    current = made["current"]
    assert made["item_id"] is None and current["steps"] == [{"en": "Lowers the forks"}] and current["codes"] == [CODE]
    assert (current["times_seen"], current["icon"], current["shape"]) == (1, "forklift", "cut")
    where = f"/api/v1/templates/{made['id']}"
    drawn = {"shape": "ticket", "colour": "teal", "icon": "box", "words": "Forks", "language": "es"}
    assert owner_api.put(f"{where}/picture", drawn, **JSON).json()["current"]["picture_words"] == {"es": "Forks"}
    kept = owner_api.put(where, words(), **JSON).json()["current"]
    assert kept["number"] == 2 and kept["steps"] and kept["icon"] == "box"
    assert [(one["number"], one["proofs"]) for one in owner_api.get(f"{where}/versions").json()] == [(2, 0), (1, 0)]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"steps": ["x"] * 41}, "template.steps_many"),
        ({"steps": ["x" * 201]}, "template.step_too_long"),
        ({"codes": [CODE | {"url": "http://example.com"}]}, "template.code_wrong"),
        ({"codes": [CODE | {"name": ""}]}, "template.code_wrong"),
        ({"shape": "star"}, "template.shape_unknown"),
        ({"icon": "<svg/>"}, "template.icon_unknown"),
    ],
)
def test_parts_that_are_wrong_are_named(owner_api: Client, change: dict[str, Any], code: str) -> None:
    problem(owner_api.post("/api/v1/templates", words(**change), **JSON), 409, code)


def test_the_kind_of_an_item(owner_api: Client, outsider_api: Client, firm: Firm, now: datetime) -> None:
    item = skills.add_item(
        actor=firm.owner, kind="skill", names={"en": "Slicer"}, shows={"en": "Used the slicer."}, starts=now.date(), now=now,
        signing={"method": "observed", "how": {"en": "Watched."}, "checklist": [{"en": "Puts the guard on"}]},
    )  # fmt: skip
    where = f"/api/v1/templates/of-item/{item.id}"
    first, again = (owner_api.post(where, **JSON).json() for _ in range(2))
    assert first == again and first["item_id"] == str(item.id)
    assert first["current"]["steps"] == [{"en": "Puts the guard on"}]
    problem(owner_api.put(f"/api/v1/templates/{first['id']}", words(), **JSON), 409, "template.follows_item")
    problem(outsider_api.post(where, **JSON), 404, "not_found")


def test_outsider_of_the_new_ones(outsider_api: Client, template_id: UUID) -> None:
    where = f"/api/v1/templates/{template_id}"
    problem(outsider_api.get(f"{where}/versions"), 404, "not_found")
    drawn = {"shape": "ticket", "colour": "teal"}
    problem(outsider_api.put(f"{where}/picture", drawn, **JSON), 404, "not_found")
