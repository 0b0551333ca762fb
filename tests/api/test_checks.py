"""Kept checks, batches, givers and lists through the interface; the outsider gets nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from credcore.trust import files
from skillmark.desks import checking
from skillmark.rooms.credentials.models import BatchRow, Check, CheckedItem
from skillmark.rooms.people import operations as people
from skillmark.rooms.signing import queries as signing
from tests.api.conftest import program
from tests.api.test_access import problem
from tests.cast import Firm
from tests.core.proofs import COLLEGE
from tests.house.desks.conftest import Net, net
from tests.house.desks.sheets import parcel
from tests.house.desks.test_checking import ADDRESS, COUNTY

__all__ = ["net"]
pytestmark = pytest.mark.django_db
JSON = {"content_type": "application/json"}
GIVER = {"issuer": COLLEGE.did, "name": "Prairie Valley College", "reason": "I called them."}
LIST = {"kind": "file", "url": ADDRESS, "reason": "Our schools are on it."}


@pytest.fixture
def supervisor_api(firm: Firm) -> Client:
    """A token of somebody who is a supervisor now."""
    token = people.make_token(actor=firm.owner, name="Tablet", now=timezone.now())[1]
    firm.org.members.filter(user=firm.owner_user).update(role="supervisor")
    return program(firm.supervisor, token=token)


@pytest.fixture
def document(give: Callable[..., Any], owner_api: Client) -> bytes:
    return owner_api.get(f"/api/v1/proofs/{give().json()['id']}/document").content


@pytest.fixture
def kept(owner_api: Client, document: bytes, net: Net) -> dict[str, Any]:
    answer = owner_api.post("/api/v1/checks", {"text": document.decode()}, **JSON)
    assert answer.status_code == 201, answer.content
    [made] = answer.json()
    return dict(made)


def test_check_and_keep(kept: dict[str, Any], owner_api: Client, document: bytes) -> None:
    assert (kept["verdict"], kept["title"], kept["person"]) == ("good", "Tool change", "Rosa Delgado")
    assert kept["made_by"] == "Dana Whitlock (Payroll)" and kept["item"]["kind"] == "text"
    found = owner_api.get(f"/api/v1/checks/{kept['id']}").json()
    assert found["answer"]["verdict"] == "good" and found["answer"]["credential"]["name"] == "Tool change"
    item = owner_api.get(f"/api/v1/checks/{kept['id']}/item")
    assert item.content == document and item["Content-Disposition"].startswith("attachment")


def test_check_again_and_look_back(kept: dict[str, Any], owner_api: Client) -> None:
    where = f"/api/v1/checks/{kept['id']}"
    [again] = owner_api.post(f"{where}/recheck", **JSON).json()
    assert again["round"] == 2 and again["item"]["id"] == kept["item"]["id"] and not again["changed"]
    assert [one["round"] for one in owner_api.get(f"{where}/history").json()] == [2, 1]
    assert [one["id"] for one in owner_api.get("/api/v1/checks").json()["items"]] == [again["id"]]


def test_files_links_and_pages(owner_api: Client, document: bytes, net: Net) -> None:
    net.pages["https://badges.example/a"] = document
    owner_api.post("/api/v1/checks", {"url": "https://badges.example/a"}, **JSON)
    owner_api.post("/api/v1/checks/file", {"file": SimpleUploadedFile("Altered.json", document.replace(b"Rosa", b"Rose"))})
    owner_api.post("/api/v1/checks", {"text": "hello"}, **JSON)
    first = owner_api.get("/api/v1/checks", {"limit": 2}).json()
    assert first["counts"] == {"good": 1, "bad": 1, "unknown": 1} and len(first["items"]) == 2
    rest = owner_api.get("/api/v1/checks", {"limit": 2, "after": first["next"]}).json()
    assert [one["item"]["kind"] for one in first["items"] + rest["items"]] == ["text", "file", "link"] and rest["next"] is None
    [bad] = owner_api.get("/api/v1/checks", {"verdict": "bad", "text": "altered"}).json()["items"]
    assert bad["item"]["name"] == "Altered.json"
    problem(owner_api.get("/api/v1/checks", {"verdict": "odd"}), 422, "request.invalid")


def test_watching_and_forgetting(kept: dict[str, Any], owner_api: Client) -> None:
    where = f"/api/v1/checks/{kept['id']}"
    assert owner_api.post(f"{where}/watch", {"on": True}, **JSON).json()["watched"] is True
    assert owner_api.post(f"{where}/watch", {"on": False}, **JSON).json()["watched"] is False
    assert owner_api.delete(where).status_code == 204
    problem(owner_api.get(where), 404, "not_found")
    assert not CheckedItem.objects.exists()


def test_a_batch_from_rows(owner_api: Client, document: bytes, net: Net) -> None:
    rows = [{"name": "one", "text": document.decode()}, {"url": "https://badges.example/gone"}]
    made = owner_api.post("/api/v1/batches", {"name": "Monday", "rows": rows}, **JSON).json()
    assert (made["state"], made["total"], made["left"]) == ("waiting", 2, 2)
    where = f"/api/v1/batches/{made['id']}"
    assert owner_api.post(f"{where}/stop", **JSON).json()["state"] == "stopped"
    assert owner_api.post(f"{where}/resume", **JSON).json()["state"] == "running"
    checking.check_rows(now=timezone.now(), most=9, batch_id=UUID(made["id"]))
    assert owner_api.get(where).json()["state"] == "done"
    first = owner_api.get(f"{where}/rows", {"limit": 1}).json()
    rest = owner_api.get(f"{where}/rows", {"after": first["next"]}).json()
    assert [(row["name"], row["verdict"]) for row in first["items"] + rest["items"]] == [
        ("one", "good"), ("https://badges.example/gone", "unknown"),
    ]  # fmt: skip
    assert len(owner_api.get("/api/v1/checks", {"batch_id": made["id"]}).json()["items"]) == 2
    assert [one["id"] for one in owner_api.get("/api/v1/batches").json()] == [made["id"]]


def test_a_batch_from_files(owner_api: Client, document: bytes) -> None:
    sent = [
        SimpleUploadedFile("badges.zip", parcel({"a.json": document, "b.json": b"{}"})),
        SimpleUploadedFile("links.csv", b"https://badges.example/a\nnone\n"),
    ]
    made = owner_api.post("/api/v1/batches/files", {"files": sent}).json()
    assert (made["name"], made["total"], made["failed"]) == ("badges.zip", 4, 1)
    [row] = owner_api.get(f"/api/v1/batches/{made['id']}/rows", {"after": 3}).json()["items"]
    assert row["problem"] == "rows.no_link" and row["sentence"].startswith("We found no link")


def test_batches_that_are_not_begun(owner_api: Client) -> None:
    problem(owner_api.post("/api/v1/batches", {"rows": []}, **JSON), 409, "batch.empty")
    problem(owner_api.post("/api/v1/batches", {"rows": [{"name": "x"}]}, **JSON), 422, "request.invalid")
    rows = [{"url": "https://a.example"}] * 10_001
    problem(owner_api.post("/api/v1/batches", {"rows": rows}, **JSON), 409, "batch.too_many")
    assert not BatchRow.objects.exists()


def test_a_giver_is_told_and_reads_who_accepts_its_proofs(firm: Firm, owner_api: Client, outsider_api: Client) -> None:
    (mine,) = signing.identities(org_id=firm.org.id)
    theirs = outsider_api.post("/api/v1/givers", GIVER | {"issuer": mine}, **JSON).json()
    assert theirs["told"] is False and owner_api.get("/api/v1/accepted").json() == []
    where = f"/api/v1/givers/{theirs['id']}/told"
    problem(owner_api.put(where, {"told": True}, **JSON), 404, "not_found")
    assert outsider_api.put(where, {"told": True}, **JSON).json()["told"] is True
    (one,) = owner_api.get("/api/v1/accepted").json()
    assert (set(one), one["firm"], one["issuer"]) == ({"firm", "issuer", "since"}, "Northgate Weld School", mine)
    assert outsider_api.get("/api/v1/accepted").json() == []


def test_givers(owner_api: Client) -> None:
    made = owner_api.post("/api/v1/givers", GIVER, **JSON)
    assert made.status_code == 201 and owner_api.get("/api/v1/givers").json() == [made.json()]
    assert made.json() | GIVER == made.json()
    assert owner_api.post("/api/v1/givers", GIVER, **JSON).json()["id"] == made.json()["id"]
    where = f"/api/v1/givers/{made.json()['id']}"
    assert owner_api.delete(where).status_code == 204 and owner_api.get("/api/v1/givers").json() == []
    problem(owner_api.delete(where), 404, "not_found")
    problem(owner_api.post("/api/v1/givers", GIVER | {"reason": " "}, **JSON), 409, "giver.reason_missing")


def test_lists(owner_api: Client, net: Net) -> None:
    unreachable = problem(owner_api.post("/api/v1/lists", LIST, **JSON), 409, "list.unreachable")
    assert unreachable["facts"] == {"why": "fetch.unreachable"}
    net.pages[ADDRESS] = files.dumps(COUNTY)
    made = owner_api.post("/api/v1/lists", LIST, **JSON).json()
    assert (made["name"], made["entries"], made["problem"]) == ("County list", 1, "")
    where = f"/api/v1/lists/{made['id']}"
    net.is_up = False
    again = owner_api.post(f"{where}/refresh", **JSON).json()
    assert again["problem"] == "fetch.unreachable" and again["sentence"] and again["entries"] == 1
    assert owner_api.get("/api/v1/lists").json() == [again]
    assert owner_api.delete(where).status_code == 204 and owner_api.get("/api/v1/lists").json() == []
    handed = {"kind": "file", "reason": "From the fair.", "text": json.dumps({"name": "Fair", "entries": []})}
    assert owner_api.post("/api/v1/lists", handed, **JSON).json()["name"] == "Fair"


def test_a_supervisor_checks_and_does_not_decide_whom_to_trust(supervisor_api: Client, net: Net) -> None:
    [made] = supervisor_api.post("/api/v1/checks", {"text": "hello"}, **JSON).json()
    for refused in (
        supervisor_api.post("/api/v1/givers", GIVER, **JSON),
        supervisor_api.post("/api/v1/lists", LIST, **JSON),
        supervisor_api.delete(f"/api/v1/checks/{made['id']}"),
    ):
        problem(refused, 403, "role.not_allowed")
    assert net.asked == []


def test_the_outsider_finds_nothing(kept: dict[str, Any], owner_api: Client, outsider_api: Client, net: Net) -> None:
    net.pages[ADDRESS] = files.dumps(COUNTY)
    batch = owner_api.post("/api/v1/batches", {"rows": [{"text": "x"}]}, **JSON).json()["id"]
    giver = owner_api.post("/api/v1/givers", GIVER, **JSON).json()["id"]
    followed = owner_api.post("/api/v1/lists", LIST, **JSON).json()["id"]
    check = f"/api/v1/checks/{kept['id']}"
    for where in (check, f"{check}/history", f"{check}/item", f"/api/v1/batches/{batch}", f"/api/v1/batches/{batch}/rows"):
        problem(outsider_api.get(where), 404, "not_found")
    for where in (f"{check}/recheck", f"/api/v1/batches/{batch}/stop", f"/api/v1/lists/{followed}/refresh"):
        problem(outsider_api.post(where, **JSON), 404, "not_found")
    problem(outsider_api.post(f"{check}/watch", {"on": True}, **JSON), 404, "not_found")
    for where in (check, f"/api/v1/givers/{giver}", f"/api/v1/lists/{followed}"):
        problem(outsider_api.delete(where), 404, "not_found")
    problem(outsider_api.get("/api/v1/checks", {"after": kept["id"]}), 404, "not_found")
    for where in ("batches", "givers", "lists"):
        assert outsider_api.get(f"/api/v1/{where}").json() == []
    assert outsider_api.get("/api/v1/checks").json()["items"] == [] and Check.objects.count() == 1
