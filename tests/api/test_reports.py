"""Reports, items and holdings for programs: shapes, pages, problems, and the outsider."""

from __future__ import annotations

import io
import zipfile
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from skillmark.rooms.people import operations as people
from skillmark.rooms.people.models import Member, Organisation
from tests.api.conftest import program
from tests.api.test_access import problem
from tests.cast import NOW, Firm
from tests.house.talent.shop import Shop, make_march

pytestmark = pytest.mark.django_db
JSON = {"content_type": "application/json"}
MARCH = {"as_of": "2026-03-03"}


@pytest.fixture
def shop(firm: Firm) -> Shop:
    return make_march(firm)


def test_the_board_has_its_documented_shape(owner_api: Client, shop: Shop) -> None:
    board = owner_api.get("/api/v1/board", MARCH).json()
    assert board == owner_api.get("/api/v1/reports/board", MARCH).json()
    assert list(board) == ["report", "as_of", "known_at", "firm", "counts", "people"]
    assert set(board["counts"]) == {
        "expired", "missing", "due_30", "due_60", "due_90", "to_check", "no_date", "people", "ready",
    }  # fmt: skip
    assert [one["name"] for one in board["people"] if not one["ready"]] == ["Eve Moss"]
    before = owner_api.get("/api/v1/board", MARCH | {"known_at": "2026-03-04T00:00:00Z"}).json()
    assert before["counts"]["missing"] == 1 and before["known_at"] == "2026-03-04T00:00:00Z"


def test_today_is_the_firms_own(owner_api: Client, shop: Shop, firm: Firm) -> None:
    Organisation.objects.filter(id=firm.org.id).update(clock=NOW)
    assert owner_api.get("/api/v1/board").json()["as_of"] == "2026-05-04"


def test_every_report_is_listed_and_made(owner_api: Client, shop: Shop) -> None:
    item = {"item_id": str(shop.items["Forklift"].id)}
    for one in owner_api.get("/api/v1/reports").json():
        for form in one["formats"]:
            response = owner_api.get(f"/api/v1/reports/{one['name']}", MARCH | item | {"format": form})
            assert response.status_code == 200 and response.content, (one["name"], form)
    made = owner_api.get("/api/v1/reports/pack", MARCH | {"format": "zip"})
    assert made["Content-Disposition"] == 'attachment; filename="pack-2026-03-03.zip"'
    assert zipfile.ZipFile(io.BytesIO(made.content)).testzip() is None


def test_who_can(owner_api: Client, shop: Shop) -> None:
    asked = MARCH | {"item_id": str(shop.items["Forklift"].id), "site_id": str(shop.site.id)}
    found = owner_api.get("/api/v1/who-can", asked).json()
    assert found["item"]["name"] == "Forklift"
    assert [(one["group"], one["name"]) for one in found["people"]][:3] == [
        ("here", "Ana Ruiz"), ("here", "Ben Cho"), ("here", "Carla Diaz"),
    ]  # fmt: skip


def test_items_come_in_pages_with_their_rule(owner_api: Client, shop: Shop) -> None:
    first = owner_api.get("/api/v1/items", {"limit": 2}).json()
    rest = owner_api.get("/api/v1/items", {"limit": 2, "after": first["next"]}).json()
    assert [one["names"]["en"] for one in [*first["items"], *rest["items"]]] == ["Forklift", "First aid", "5-axis setup"]
    assert rest["next"] is None and first["items"][0]["rule"]["trust"] == "source"
    one = owner_api.get(f"/api/v1/items/{shop.items['Forklift'].id}").json()
    assert one == first["items"][0] and one["sources"][0]["title"] == "29 CFR 1910.178(l)"
    assert owner_api.get(f"/api/v1/items/{one['id']}", {"as_of": "2001-01-01"}).json()["rule"] is None


def test_what_a_person_holds(owner_api: Client, shop: Shop) -> None:
    where = f"/api/v1/people/{shop.people['Ana Ruiz'].id}/holdings"
    [held] = owner_api.get(where).json()["items"]
    assert (held["evaluator"], held["photos"], held["approved"]) == ("T. Alvarez", 1, False)
    assert held["look_ups"][0]["looked_on"] == "2026-02-01" and held["look_ups"][0]["confirmed"] is True


def _post(client: Client, shop: Shop, key: str = "a-request-of-mine", **more: Any) -> Any:
    body = {"item_id": str(shop.items["First aid"].id), "obtained": "2026-01-05", "ends": "2028-01-05"} | more
    where = f"/api/v1/people/{shop.people['Ana Ruiz'].id}/holdings"
    return client.post(where, body, headers={"Idempotency-Key": key} if key else {}, **JSON)


def test_recorded_once_however_often_it_is_sent(owner_api: Client, shop: Shop) -> None:
    made = _post(owner_api, shop)
    assert made.status_code == 201 and made.json()["ends"] == "2028-01-05" and made.json()["photos"] == 0
    assert _post(owner_api, shop).json() == made.json()
    assert _post(owner_api, shop, "another-request").json()["id"] != made.json()["id"]
    problem(_post(owner_api, shop, ends="2029-01-05"), 409, "holding.request_reused")
    board = owner_api.get("/api/v1/board", MARCH).json()
    assert not any(cell["item"] == "First aid" for one in board["people"] for cell in one["cells"])  # nobody has to


def test_bad_requests_are_problems(owner_api: Client, shop: Shop) -> None:
    problem(_post(owner_api, shop, key=""), 422, "request.invalid")
    problem(_post(owner_api, shop, ends="31 Feb"), 422, "request.invalid")
    problem(_post(owner_api, shop, ends="2025-01-05"), 409, "holding.ends_before_start")
    problem(_post(owner_api, shop, item_id=str(uuid4())), 404, "not_found")
    problem(owner_api.get("/api/v1/board", {"as_of": "soon"}), 422, "request.invalid")
    problem(owner_api.get("/api/v1/board", {"site_id": str(uuid4())}), 404, "not_found")
    problem(owner_api.get("/api/v1/who-can"), 422, "request.invalid")
    problem(owner_api.get("/api/v1/who-can", {"item_id": str(uuid4())}), 404, "not_found")
    problem(owner_api.get("/api/v1/reports/who-can"), 409, "report.item_missing")
    problem(owner_api.get("/api/v1/reports/nothing"), 404, "not_found")
    problem(owner_api.get("/api/v1/reports/board", {"format": "zip"}), 404, "not_found")
    problem(owner_api.get("/api/v1/reports/board", {"format": "doc"}), 422, "request.invalid")


def test_the_outsider_gets_nothing(outsider_api: Client, shop: Shop) -> None:
    ana, forklift = shop.people["Ana Ruiz"].id, shop.items["Forklift"].id
    for address in (f"/people/{ana}/holdings", f"/items/{forklift}", f"/who-can?item_id={forklift}"):
        problem(outsider_api.get(f"/api/v1{address}"), 404, "not_found")
    problem(_post(outsider_api, shop), 404, "not_found")
    for address in ("/board", "/items", "/reports/pack", "/reports/matrix"):
        assert "Ana Ruiz" not in outsider_api.get(f"/api/v1{address}", MARCH).content.decode()
    problem(Client().get("/api/v1/board"), 401, "token.needed")


def test_a_supervisors_token_sees_their_site(shop: Shop, firm: Firm) -> None:
    token = people.make_token(actor=shop.owner, name="Yard", now=NOW)[1]
    member = Member.objects.get(user=firm.owner_user)
    Member.objects.filter(id=member.id).update(role="supervisor")
    member.sites.add(shop.north)
    client = program(firm.supervisor, token=token)
    assert [one["name"] for one in client.get("/api/v1/board", MARCH).json()["people"]] == ["Sam Okafor"]
    problem(client.get(f"/api/v1/people/{shop.people['Ana Ruiz'].id}/holdings"), 404, "not_found")
