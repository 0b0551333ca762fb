"""The page for the day on which a firm closes, and what is downloaded there."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from skillmark.edges.web.views import closing_down
from skillmark.rooms.people import operations as people
from tests.public.given import give

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client: Client, firm: Any) -> Client:
    client.force_login(firm.owner_user)
    return client


def names(answer: Any) -> list[str]:
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))).namelist()


def test_five_steps_with_how_far_they_are(owner: Client, firm: Any) -> None:
    assert "Export everything" in owner.get("/settings").content.decode()
    page = owner.get("/settings/closing-down").content.decode()
    assert "Nobody was given a proof yet." in page and "Download all" not in page
    give(firm=firm)
    page = owner.get("/settings/closing-down").content.decode()
    for words in ("1 person was given proofs", "1 not kept yet", "Nothing is open", "Not done yet", "skillmark export --to"):
        assert words in page
    answer = owner.post("/settings/closing-down/everything.zip")
    assert answer["Content-Type"] == "application/zip" and answer["Cache-Control"] == "no-store"
    (name,) = names(answer)
    assert name.startswith("Rosa-Delgado-") and name.endswith(".zip")
    assert "Last on" in owner.get("/settings/closing-down").content.decode()
    assert "proofs were packed (people: 1)" in owner.get("/settings/history").content.decode()


def test_a_visit_downloads_nothing_and_many_people_use_the_command(
    owner: Client, firm: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(firm=firm)
    assert owner.get("/settings/closing-down/everything.zip").status_code == 302
    monkeypatch.setattr(closing_down, "MOST", 0)
    page = owner.get("/settings/closing-down").content.decode()
    assert "too much for a browser" in page and "Download all" not in page
    assert owner.post("/settings/closing-down/everything.zip").status_code == 302


def test_one_persons_proofs_as_one_file(owner: Client, firm: Any) -> None:
    address = f"/people/{firm.person.id}/everything.zip"
    assert address not in owner.get(f"/people/{firm.person.id}").content.decode()
    assert owner.get(address).status_code == 404
    give(firm=firm)
    assert address in owner.get(f"/people/{firm.person.id}").content.decode()
    answer = owner.get(address)
    assert 'filename="Rosa-Delgado-' in answer["Content-Disposition"]
    found = names(answer)
    assert "READ-ME.txt" in found and "offline/map.json" in found
    assert sorted(name.rpartition(".")[2] for name in found if "/" not in name) == ["json", "pdf", "png", "txt"]


def test_a_name_that_no_header_can_carry(owner: Client, firm: Any) -> None:
    people.change_person(
        actor=firm.owner,
        person_id=firm.person.id,
        name="Ñandú “Q” \r\nX: y",
        phone="",
        email="",
        language="es",
        now=timezone.now(),
    )
    give(firm=firm)
    answer = owner.get(f"/people/{firm.person.id}/everything.zip")
    assert answer.status_code == 200 and "\n" not in answer["Content-Disposition"] and "X" not in answer.headers


def test_a_supervisor_packs_for_a_person_and_not_for_all(firm: Any) -> None:
    give(firm=firm)
    supervisor = Client()
    supervisor.force_login(firm.supervisor_user)
    assert supervisor.get(f"/people/{firm.person.id}/everything.zip").status_code == 200
    for method in (supervisor.get, supervisor.post):
        assert method("/settings/closing-down/everything.zip").status_code == 403
    assert supervisor.get("/settings/closing-down").status_code == 403


def test_the_outsider_gets_nothing(firm: Any, other_firm: Any) -> None:
    give(firm=firm)
    outsider = Client()
    outsider.force_login(other_firm.owner_user)
    assert outsider.get(f"/people/{firm.person.id}/everything.zip").status_code == 404
    assert "Rosa" not in outsider.get("/settings/closing-down").content.decode()
