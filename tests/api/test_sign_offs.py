"""Sign off through the interface: once by its id, what is missing, undo, a second signature, and the outsider."""

from __future__ import annotations

import base64
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from skillmark.rooms.holdings.models import SignOff
from tests.api.conftest import program
from tests.api.test_access import problem
from tests.cast import Firm
from tests.house.desks.photos import photo
from tests.house.holdings.signing import make_item

pytestmark = pytest.mark.django_db
JSON = {"content_type": "application/json"}
WHERE = "/api/v1/sign-offs"


@pytest.fixture
def item(firm: Firm) -> Any:
    return make_item(firm)


def body(firm: Firm, item: Any, **more: Any) -> dict[str, Any]:
    plain = {
        "id": str(uuid4()), "person_id": str(firm.person.id), "item_id": str(item.id), "level": 3, "steps": [0],
        "observed_at": timezone.now().isoformat(),
    }  # fmt: skip
    return plain | more


def test_sign_read_and_undo(firm: Firm, item: Any, owner_api: Client) -> None:
    sent = body(firm, item)
    made = owner_api.post(WHERE, sent, **JSON)
    assert made.status_code == 201, made.json()
    told = made.json()
    assert (told["state"], told["observer"], told["steps"]) == ("waiting", "Dana Whitlock (Payroll)", [0]) and told["token"]
    again = owner_api.post(WHERE, sent, **JSON).json()
    assert again == told | {"token": ""}
    one = owner_api.get(f"{WHERE}/{told['id']}").json()
    assert one == {name: value for name, value in told.items() if name != "token"}
    query = {"person_id": sent["person_id"], "item_id": sent["item_id"]}
    assert owner_api.get(WHERE, query).json() == {"items": [one], "next": None}
    missing = owner_api.get(f"{WHERE}/missing", query | {"level": 3}).json()
    assert (missing["steps"], missing["counted"]) == ([1, 2], [told["id"]])
    assert owner_api.post(f"{WHERE}/{told['id']}/undo").json()["state"] == "undone"
    problem(owner_api.post(f"{WHERE}/{told['id']}/co-sign"), 409, "sign_off.co_sign_own")
    problem(owner_api.post(WHERE, sent | {"steps": [1]}, **JSON), 409, "sign_off.sent_differently")


def test_with_a_photo(firm: Firm, item: Any, owner_api: Client) -> None:
    sent = base64.b64encode(photo()).decode()
    assert owner_api.post(WHERE, body(firm, item, photo=sent), **JSON).status_code == 201
    kept = SignOff.objects.get().photo
    assert kept is not None and kept.media_type == "image/jpeg"
    problem(owner_api.post(WHERE, body(firm, item, photo="?"), **JSON), 422, "request.invalid")
    problem(owner_api.post(WHERE, body(firm, item, photo="aGVsbG8="), **JSON), 409, "photo.unknown")


def test_bad_requests_are_problems(firm: Firm, item: Any, owner_api: Client) -> None:
    problem(owner_api.post(WHERE, body(firm, item, observed_at="2026-05-04T12:00:00"), **JSON), 422, "request.invalid")
    problem(owner_api.post(WHERE, body(firm, item, steps=list(range(41))), **JSON), 422, "request.invalid")
    problem(owner_api.post(WHERE, body(firm, item, steps=[9]), **JSON), 409, "sign_off.step_unknown")
    problem(owner_api.post(WHERE, body(firm, item, seen="Lazy"), **JSON), 409, "text.opinion")
    problem(owner_api.post(WHERE, body(firm, item, person_id=str(uuid4())), **JSON), 404, "not_found")


def test_who_may_sign(firm: Firm, item: Any, owner_api: Client) -> None:
    where = f"/api/v1/items/{item.id}/signers"
    assert owner_api.get(where).json() == {"user_ids": None}
    walt = firm.supervisor_user.id
    assert owner_api.put(where, {"user_ids": [walt]}, **JSON).json() == {"user_ids": [walt]}
    problem(owner_api.post(WHERE, body(firm, item), **JSON), 409, "sign_off.not_set_up")
    problem(owner_api.put(where, {"user_ids": [10**20]}, **JSON), 404, "not_found")


def test_the_outsider_gets_nothing(firm: Firm, item: Any, owner_api: Client, outsider_api: Client) -> None:
    sent = body(firm, item)
    owner_api.post(WHERE, sent, **JSON)
    assert outsider_api.get(WHERE).json()["items"] == []
    for answer in (
        outsider_api.get(f"{WHERE}/{sent['id']}"),
        outsider_api.get(WHERE, {"person_id": sent["person_id"]}),
        outsider_api.post(WHERE, sent, **JSON),
        outsider_api.post(f"{WHERE}/{sent['id']}/undo"),
        outsider_api.post(f"{WHERE}/{sent['id']}/co-sign"),
        outsider_api.get(f"{WHERE}/missing", {"person_id": sent["person_id"], "item_id": sent["item_id"]}),
        outsider_api.get(f"/api/v1/items/{item.id}/signers"),
        outsider_api.put(f"/api/v1/items/{item.id}/signers", {"user_ids": []}, **JSON),
    ):
        problem(answer, 404, "not_found")
    assert program(firm.owner, token="smk_wrong").get(WHERE).status_code == 401
