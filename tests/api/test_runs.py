"""Classes for programs: plan, see each row's problem, give exactly as many as meant."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone

from skillmark.rooms.credentials import operations, queries
from tests.api.test_access import problem
from tests.cast import Firm

pytestmark = pytest.mark.django_db
JSON = {"content_type": "application/json"}
WHERE = "/api/v1/runs"


def plan(client: Client, template_id: UUID, *rows: dict[str, Any], **more: Any) -> Any:
    return client.post(WHERE, {"template_id": str(template_id), "name": "May", "rows": list(rows), **more}, **JSON)


def test_plan_look_give(owner_api: Client, template_id: UUID, firm: Firm) -> None:
    rows: list[dict[str, Any]] = [{"name": "Ana", "level": 3}, {"name": ""}, {"name": "Rosa Delgado", "level": 2}]
    made = plan(owner_api, template_id, *rows)
    assert made.status_code == 201
    told = made.json()
    assert (told["state"], told["total"], told["left"], told["problems"]) == ("planned", 3, 2, 1)
    run = f"{WHERE}/{told['id']}"
    wrong = owner_api.get(f"{run}/rows?problems=true").json()["items"]
    assert [(row["number"], row["problem"], row["sentence"]) for row in wrong] == [
        (2, "row.name_missing", "The name is missing.")
    ]
    problem(owner_api.post(f"{run}/start", {"give": 2}, **JSON), 409, "run.has_problems")
    problem(owner_api.post(f"{run}/start", {"give": 3, "leave_out": True}, **JSON), 409, "run.has_problems")
    assert queries.proofs(actor=firm.owner) == []
    assert owner_api.post(f"{run}/start", {"give": 2, "leave_out": True}, **JSON).json()["state"] == "running"
    assert owner_api.post(f"{run}/stop", **JSON).json()["state"] == "stopped"
    assert owner_api.post(f"{run}/resume", **JSON).json()["state"] == "running"
    while operations.do_rows(run_id=UUID(told["id"]), now=timezone.now()):
        pass
    assert owner_api.get(run).json()["done"] == 2 and owner_api.get(WHERE).json()[0]["state"] == "done"
    first = owner_api.get(f"{run}/rows?limit=1").json()
    assert first["next"] == 1 and first["items"][0]["proof_id"]
    assert owner_api.get(f"/api/v1/proofs/{first['items'][0]['proof_id']}").json()["person_name"] == "Ana"
    assert plan(owner_api, template_id, *rows).json()["id"] == told["id"]


@pytest.mark.parametrize(
    ("rows", "status", "code"),
    [([], 409, "run.empty"), ([{"name": f"N {at}", "level": 1} for at in range(10_001)], 409, "run.too_many")],
)
def test_too_few_or_too_many(owner_api: Client, template_id: UUID, rows: list[Any], status: int, code: str) -> None:
    problem(plan(owner_api, template_id, *rows), status, code)


def test_what_is_not_there(owner_api: Client, outsider_api: Client, template_id: UUID) -> None:
    problem(plan(owner_api, uuid4(), {"name": "Ana"}), 404, "not_found")
    problem(plan(outsider_api, template_id, {"name": "Ana"}), 404, "not_found")
    run = f"{WHERE}/{plan(owner_api, template_id, {'name': 'Ana', 'level': 1}).json()['id']}"
    for path in ("", "/rows"):
        problem(outsider_api.get(run + path), 404, "not_found")
    for path, body in (("/start", {"give": 1}), ("/stop", {}), ("/resume", {})):
        problem(outsider_api.post(run + path, body, **JSON), 404, "not_found")
    problem(owner_api.post(f"{run}/start", {"give": 0}, **JSON), 422, "request.invalid")
