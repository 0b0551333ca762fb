"""Proofs: given once a key, read, handed over, cancelled; the outsider gets nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from skillmark.rooms.credentials.models import Issued
from tests.api.test_access import problem
from tests.cast import Firm

pytestmark = pytest.mark.django_db
JSON = {"content_type": "application/json"}


def test_give_and_read(give: Callable[..., Any], owner_api: Client) -> None:
    given = give()
    assert given.status_code == 201, given.content
    proof = given.json()
    assert proof["title"] == "Tool change" and proof["person_name"] == "Rosa Delgado" and proof["waiting"] is True
    assert owner_api.get(f"/api/v1/proofs/{proof['id']}").json() == proof
    document = owner_api.get(f"/api/v1/proofs/{proof['id']}/document")
    assert json.loads(document.content)["id"] == f"urn:uuid:{proof['id']}"


def test_one_key_gives_one_proof(give: Callable[..., Any]) -> None:
    assert give("the-same-key").json()["id"] == give("the-same-key").json()["id"]
    assert Issued.objects.count() == 1
    problem(give("the-same-key", level=2), 409, "proof.request_reused")
    assert give("another-key").status_code == 201 and Issued.objects.count() == 2


@pytest.mark.parametrize("key", ["", "short", "x" * 71, "with space in it"])
def test_a_key_is_needed(give: Callable[..., Any], key: str) -> None:
    problem(give(key), 422, "request.invalid")


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"level": None}, 409, "proof.level_missing"),
        ({"level": 5}, 422, "request.invalid"),
        ({"observed_on": "2999-01-01"}, 409, "proof.observed_in_future"),
        ({"observed_on": "yesterday"}, 422, "request.invalid"),
        ({"person_id": "00000000-0000-4000-8000-000000000000"}, 404, "not_found"),
    ],
)
def test_what_the_rules_refuse(give: Callable[..., Any], change: dict[str, Any], status: int, code: str) -> None:
    problem(give(**change), status, code)
    assert not Issued.objects.exists()


def test_lists(give: Callable[..., Any], owner_api: Client, firm: Firm) -> None:
    ids = {give(f"request-{number}").json()["id"] for number in range(3)}
    found = owner_api.get("/api/v1/proofs", {"person_id": str(firm.person.id), "limit": 2}).json()
    rest = owner_api.get("/api/v1/proofs", {"after": found["next"]}).json()
    assert {one["id"] for one in found["items"] + rest["items"]} == ids and rest["next"] is None
    assert owner_api.get("/api/v1/proofs", {"state": "cancelled"}).json()["items"] == []
    problem(owner_api.get("/api/v1/proofs", {"state": "odd"}), 422, "request.invalid")


def test_hand_over(give: Callable[..., Any], owner_api: Client) -> None:
    where = f"/api/v1/proofs/{give().json()['id']}"
    slip = owner_api.post(f"{where}/hand-over", {"way": "slip"}, **JSON)
    assert slip.status_code == 201 and len(slip.json()["pin"]) == 6
    page = Client().get(slip.json()["url"].removeprefix("http://testserver"))
    assert page.status_code == 200 and "Tool change" in page.content.decode()
    problem(owner_api.post(f"{where}/hand-over", {"way": "pigeon"}, **JSON), 422, "request.invalid")
    problem(owner_api.post(f"{where}/e-mail", **JSON), 409, "person.email_missing")


def test_cancel(give: Callable[..., Any], owner_api: Client) -> None:
    where = f"/api/v1/proofs/{give().json()['id']}/cancel"
    problem(owner_api.post(where, {"reason": " "}, **JSON), 409, "cancel.reason_missing")
    gone = owner_api.post(where, {"reason": "Wrong person"}, **JSON)
    assert gone.status_code == 200 and gone.json()["cancelled_at"]
    problem(owner_api.post(where, {"reason": "Again"}, **JSON), 409, "proof.already_cancelled")


def test_pause_and_resume(give: Callable[..., Any], owner_api: Client) -> None:
    where = f"/api/v1/proofs/{give().json()['id']}"
    problem(owner_api.post(f"{where}/resume", **JSON), 409, "proof.not_paused")
    paused = owner_api.post(f"{where}/pause", {"reason": "The press is rebuilt", "is_public": True}, **JSON)
    assert paused.status_code == 200 and paused.json()["paused_at"]
    problem(owner_api.post(f"{where}/pause", {"reason": "Again"}, **JSON), 409, "proof.already_paused")
    assert [one["id"] for one in owner_api.get("/api/v1/proofs", {"state": "paused"}).json()["items"]] == [paused.json()["id"]]
    assert owner_api.post(f"{where}/resume", **JSON).json()["paused_at"] is None


def test_renew_and_correct(give: Callable[..., Any], owner_api: Client) -> None:
    old = give().json()
    where, key = f"/api/v1/proofs/{old['id']}", {"HTTP_IDEMPOTENCY_KEY": "renew-it-once"}
    problem(owner_api.post(f"{where}/renew", {}, **JSON), 422, "request.invalid")
    new = owner_api.post(f"{where}/renew", {"level": 4}, **JSON, **key)
    assert new.status_code == 201 and (new.json()["replaces_id"], new.json()["why"]) == (old["id"], "renewed")
    assert owner_api.post(f"{where}/renew", {"level": 4}, **JSON, **key).json()["id"] == new.json()["id"]
    assert owner_api.get(where).json()["cancelled_at"] is None
    where, key = f"/api/v1/proofs/{new.json()['id']}", {"HTTP_IDEMPOTENCY_KEY": "correct-it-once"}
    problem(owner_api.post(f"{where}/correct", {}, **JSON, **key), 409, "replace.nothing_changed")
    right = owner_api.post(f"{where}/correct", {"person_name": "Rosa Delgado Ruiz"}, **JSON, **key).json()
    assert (right["person_name"], right["level"], right["why"]) == ("Rosa Delgado Ruiz", 4, "corrected")
    assert owner_api.get(where).json()["cancelled_at"]


def test_disputes(give: Callable[..., Any], owner_api: Client, firm: Firm) -> None:
    from django.utils import timezone

    from skillmark.rooms.credentials import operations

    proof, other = give().json(), give("another-key").json()
    where, now = f"/api/v1/proofs/{proof['id']}", timezone.now()
    assert owner_api.get(f"{where}/disputes").json() == []
    _, code, pin = operations.offer(actor=firm.owner, issued_id=proof["id"], way="slip", now=now)
    operations.dispute_offer(code=code, pin=pin, about="level", words="I do it alone.", now=now)
    (said,) = owner_api.get(f"{where}/disputes").json()
    assert (said["about"], said["outcome"]) == ("level", "")
    assert owner_api.get(where).json()["answer_by"] == said["answer_by"]
    elsewhere = f"/api/v1/proofs/{other['id']}/disputes/{said['id']}/answer"
    problem(owner_api.post(elsewhere, {"answer": "It is as we saw it."}, **JSON), 404, "not_found")
    answer = f"{where}/disputes/{said['id']}/answer"
    problem(owner_api.post(answer, {"answer": ""}, **JSON), 409, "dispute.answer_missing")
    assert owner_api.post(answer, {"answer": "It is as we saw it."}, **JSON).json()["outcome"] == "kept"
    problem(owner_api.post(answer, {"answer": "Again"}, **JSON), 409, "dispute.answered")


def test_outsider(give: Callable[..., Any], outsider_api: Client) -> None:
    where = f"/api/v1/proofs/{give().json()['id']}"
    for answer in (
        outsider_api.get(where),
        outsider_api.get(f"{where}/document"),
        outsider_api.post(f"{where}/hand-over", {"way": "screen"}, **JSON),
        outsider_api.post(f"{where}/e-mail", **JSON),
        outsider_api.post(f"{where}/cancel", {"reason": "x"}, **JSON),
        outsider_api.post(f"{where}/pause", {"reason": "x"}, **JSON),
        outsider_api.post(f"{where}/resume", **JSON),
        outsider_api.post(f"{where}/renew", {}, **JSON, HTTP_IDEMPOTENCY_KEY="renew-it-once"),
        outsider_api.post(f"{where}/correct", {"level": 1}, **JSON, HTTP_IDEMPOTENCY_KEY="correct-it"),
        outsider_api.get(f"{where}/disputes"),
    ):
        problem(answer, 404, "not_found")
    assert outsider_api.get("/api/v1/proofs").json()["items"] == []
