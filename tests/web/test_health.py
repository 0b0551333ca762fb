"""The restricted part as a page: the owner works, a supervisor who was let in reads, everybody else finds nothing there."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from skillmark.rooms.health import operations, queries
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.models import Member
from tests.cast import NOW, Firm

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 ward 7"


@pytest.fixture
def owner(client: Client, firm: Firm) -> Client:
    client.force_login(firm.owner_user)
    return client


@pytest.fixture
def supervisor(firm: Firm) -> Client:
    client = Client()
    client.force_login(firm.supervisor_user)
    return client


@pytest.fixture
def item(firm: Firm) -> UUID:
    return operations.add_item(
        actor=firm.owner, names={"en": "Skin test", "es": "Prueba cutánea"}, months=24, everyone=True, position_ids=(),
        starts=date(2020, 1, 1), now=NOW,
    )  # fmt: skip


@pytest.fixture
def record(firm: Firm, item: UUID) -> UUID:
    return operations.record(
        actor=firm.owner, person_id=firm.person.id, item_id=item, obtained=date(2026, 1, 2), today=date(2026, 5, 4), now=NOW,
        about="Read by a nurse.", file=("result.pdf", PDF),
    )  # fmt: skip


def text(answer: Any) -> str:
    return answer.content.decode()


def test_from_nothing_to_cleared(owner: Client, firm: Firm) -> None:
    assert "You ask for nothing yet" in text(owner.get("/health"))
    told = {
        "name": "Skin test",
        "other_name": "Prueba cutánea",
        "months": "24",
        "starts": "2020-01-01",
        "source": "",
        "about": "",
    }
    answer = owner.post("/health/items/new", told, follow=True)
    assert "Skin test" in text(answer) and "Not cleared for work" in text(answer)
    [asked] = queries.items(actor=firm.owner, on=date(2026, 5, 4))
    paper = SimpleUploadedFile("result.pdf", PDF, "application/pdf")
    told = {"item": str(asked.item_id), "obtained": "2026-01-02", "ends": "", "about": "Fine.", "file": paper}
    page = text(owner.post(f"/health/people/{firm.person.id}", told, follow=True))
    assert "Saved and locked away." in page and "Cleared for work until January 2, 2028" in page and "Fine." in page
    owner.post("/language/", {"language": "es", "next": "/health"})
    assert "Prueba cutánea" in text(owner.get("/health"))


def test_only_some_positions(owner: Client, firm: Firm) -> None:
    position = people.add_position(actor=firm.owner, names={"en": "Aide"}, now=NOW)
    told = {
        "name": "Shot",
        "other_name": "",
        "months": "",
        "starts": "2020-01-01",
        "source": "",
        "about": "",
        "who": "positions",
    }
    assert "Choose at least one position." in text(owner.post("/health/items/new", told))
    assert "1 position" in text(owner.post("/health/items/new", told | {"positions": [str(position.id)]}, follow=True))
    assert "Nothing is asked for" in text(owner.get("/health"))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"obtained": ""}, "Type the day."),
        ({"obtained": "2999-01-01"}, "That day is still to come."),
        ({"ends": "2025-01-01"}, "The last day is before the first."),
        ({"about": "She is lazy."}, "“lazy” is an opinion."),
        ({"item": "x"}, "Select a valid choice"),
        ({"file": SimpleUploadedFile("x.svg", b"<svg/>")}, "We keep a PDF, a JPEG or a PNG here."),
    ],
)
def test_bad_forms(owner: Client, firm: Firm, item: UUID, change: dict[str, Any], says: str) -> None:
    told = {"item": str(item), "obtained": "2026-01-02", "ends": "", "about": ""} | change
    answer = owner.post(f"/health/people/{firm.person.id}", told)
    assert answer.status_code == 400 and says in text(answer)
    assert not queries.of_person(actor=firm.owner, person_id=firm.person.id, on=date(2026, 5, 4), now=NOW).lines[0].records


def test_put_right_and_take_back(owner: Client, firm: Firm, record: UUID) -> None:
    page = owner.get(f"/health/records/{record}")
    assert 'value="2026-01-02"' in text(page) and "Read by a nurse." in text(page)
    told = {"obtained": "2026-01-03", "ends": "2026-12-31", "about": ""}
    page = text(owner.post(f"/health/records/{record}", told, follow=True))
    assert "Put right." in page and "Read by a nurse." not in page
    [line] = queries.of_person(actor=firm.owner, person_id=firm.person.id, on=date(2026, 5, 4), now=NOW).lines
    assert owner.get(f"/health/records/{record}").status_code == 404
    assert line.best is not None
    assert "Take this back?" in text(owner.get(f"/health/records/{line.best.id}/withdraw"))
    assert "It no longer counts." in text(owner.post(f"/health/records/{line.best.id}/withdraw", follow=True))


def test_change_and_stop_what_is_asked(owner: Client, item: UUID) -> None:
    page = text(owner.get(f"/health/items/{item}"))
    assert 'value="Skin test"' in page and 'value="Prueba cutánea"' in page
    told = {"name": "Blood test", "other_name": "", "months": "6", "starts": "2026-01-01", "source": "ftp://x", "about": ""}
    assert owner.post(f"/health/items/{item}", told).status_code == 400
    assert "Blood test" in text(owner.post(f"/health/items/{item}", told | {"source": ""}, follow=True))
    assert "No longer ask for “Blood test”?" in text(owner.get(f"/health/items/{item}/stop"))
    assert "You ask for nothing yet" in text(owner.post(f"/health/items/{item}/stop", follow=True))


def test_papers_are_saved_and_never_shown(owner: Client, firm: Firm, record: UUID) -> None:
    [line] = queries.of_person(actor=firm.owner, person_id=firm.person.id, on=date(2026, 5, 4), now=NOW).lines
    assert line.best is not None
    answer = owner.get(f"/health/files/{line.best.file_id}")
    assert answer.content == PDF and answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for address in ("/health", f"/health/people/{firm.person.id}", f"/health/files/{line.best.file_id}"):
        assert "no-store" in owner.get(address).headers["Cache-Control"]


def test_the_way_there_is_drawn_for_those_who_may_only(owner: Client, supervisor: Client, firm: Firm) -> None:
    person = f"/people/{firm.person.id}"
    assert 'href="/health"' in text(owner.get("/people")) and f'href="/health{person}"' in text(owner.get(person))
    assert "/health" not in text(supervisor.get("/people")) + text(supervisor.get(person))


def test_the_owner_lets_a_supervisor_in(owner: Client, supervisor: Client, firm: Firm, record: UUID) -> None:
    member = Member.objects.get(org=firm.org, user=firm.supervisor_user)
    person = f"/health/people/{firm.person.id}"
    pages = ["/health", person, f"/health/records/{record}", "/health/items/new", "/health/access", "/health/nothing-here"]
    assert [supervisor.get(page).status_code for page in pages] == [404] * 6
    assert "Not let in" in text(owner.get("/health/access"))
    assert owner.post(f"/health/access/{member.id}", {"may": "x"}).status_code == 400
    assert "Looks" in text(owner.post(f"/health/access/{member.id}", {"may": "read"}, follow=True))
    page = text(supervisor.get(person))
    assert "Skin test" in page and "They have shown something" not in page and 'href="/health"' in page
    assert supervisor.get(f"/health/records/{record}").headers["Location"] == person
    assert supervisor.get("/health/items/new").status_code == 404
    assert supervisor.post(f"/health/records/{record}/withdraw").status_code == 404
    owner.post(f"/health/access/{member.id}", {"may": "change"})
    assert "They have shown something" in text(supervisor.get(person))
    assert supervisor.get("/health/access").status_code == 404
    owner.post(f"/health/access/{member.id}", {"may": "nothing"})
    assert supervisor.get("/health").status_code == 404


def test_the_outsider_finds_nothing(other_firm: Firm, firm: Firm, record: UUID, item: UUID) -> None:
    outsider = Client()
    outsider.force_login(other_firm.owner_user)
    for address in (f"/health/people/{firm.person.id}", f"/health/records/{record}", f"/health/items/{item}"):
        assert outsider.get(address).status_code == outsider.post(address).status_code == 404
    assert "Skin test" not in text(outsider.get("/health"))


def test_signed_out_is_asked_to_sign_in(client: Client) -> None:
    assert client.get("/health").headers["Location"].startswith("/sign-in?next=%2Fhealth")


def test_the_history_tells_who_looked_and_not_at_what(owner: Client, firm: Firm, record: UUID) -> None:
    owner.get(f"/health/people/{firm.person.id}")
    page = text(owner.get("/settings/history"))
    assert "Restricted part of Rosa Delgado was looked at" in page and "Skin test" not in page and "nurse" not in page


def test_the_inspectors_file_is_one_of_its_own(owner: Client, supervisor: Client, firm: Firm, record: UUID) -> None:
    assert supervisor.get("/health/pack").status_code == 404
    assert "It is never part of the inspector pack" in text(owner.get("/health/pack"))
    bad = owner.get("/health/pack?on=2026-05-04")
    assert bad.status_code == 400 and "Choose at least one person." in text(bad)
    asked = {"on": "2026-05-04", "person": str(firm.person.id)}
    assert supervisor.get("/health/pack", asked).status_code == 404
    answer = owner.get("/health/pack", asked)
    parcel = zipfile.ZipFile(io.BytesIO(answer.content))
    assert parcel.namelist() == ["papers/001-01.pdf", "restricted.csv"] and parcel.read("papers/001-01.pdf") == PDF
    [_head, row] = list(csv.reader(io.StringIO(parcel.read("restricted.csv").decode("utf-8-sig"))))
    assert row[:7] == ["Rosa Delgado", "", "Skin test", "In date", "2026-01-02", "2028-01-02", "Read by a nurse."]
    later = zipfile.ZipFile(io.BytesIO(owner.get("/health/pack", asked | {"on": "2028-01-03"}).content))
    assert b"Missing or ended" in later.read("restricted.csv")
