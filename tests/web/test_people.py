"""The people of a firm: the owner works, the outsider gets 404, a bad form says why."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from skillmark.rooms.people import queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client: Client, firm: Any) -> Client:
    client.force_login(firm.owner_user)
    return client


@pytest.mark.parametrize("address", ["/people", "/people/new", "/people/names"])
def test_signed_out_comes_back_after_signing_in(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/sign-in?next=%2Fpeople")


def test_list_and_search(owner: Client) -> None:
    assert "Rosa Delgado" in owner.get("/people").content.decode()
    assert "1 person found" in owner.get("/people?q=delg").content.decode()
    nobody = owner.get("/people", {"q": "<b>zzz"}).content.decode()
    assert "Nobody by that name" in nobody and "&lt;b&gt;zzz" in nobody


def test_add_one(owner: Client, firm: Any) -> None:
    response = owner.post("/people/new", {"name": " Hieu  Tran ", "phone": "", "email": "", "language": "en"}, follow=True)
    assert "Hieu Tran is on your list." in response.content.decode()
    assert [person.name for person in queries.people(actor=firm.owner)] == ["Hieu Tran", "Rosa Delgado"]


def test_a_person_needs_a_name(owner: Client, firm: Any) -> None:
    response = owner.post("/people/new", {"name": "", "email": "nonsense", "language": "en"})
    page = response.content.decode()
    assert response.status_code == 400
    assert "Please type the person’s name." in page and "2 things to fix" in page
    assert len(queries.people(actor=firm.owner)) == 1


def test_pasted_names_are_added_once(owner: Client, firm: Any) -> None:
    pasted = "Hieu Tran\r\n\r\n  Lena   Kowalski\r\nHieu Tran\r\n"
    response = owner.post("/people/names", {"names": pasted, "language": "es"}, follow=True)
    assert "2 people added." in response.content.decode()
    added = {person.name: person.language for person in queries.people(actor=firm.owner)}
    assert added == {"Hieu Tran": "es", "Lena Kowalski": "es", "Rosa Delgado": "es"}


@pytest.mark.parametrize(
    ("pasted", "says"),
    [
        (" \n \n", "Please paste at least one name."),
        ("\n".join(f"Person {number}" for number in range(501)), "more than 500 names"),
        ("x" * 130, "too long for a name"),
    ],
)
def test_a_bad_list_adds_nobody(owner: Client, firm: Any, pasted: str, says: str) -> None:
    response = owner.post("/people/names", {"names": pasted, "language": "en"})
    assert response.status_code == 400
    assert says in response.content.decode()
    assert len(queries.people(actor=firm.owner)) == 1


def test_change_details(owner: Client, firm: Any) -> None:
    address = f"/people/{firm.person.id}/edit"
    assert 'value="Rosa Delgado"' in owner.get(address).content.decode()
    owner.post(address, {"name": "Rosa Delgado Ruiz", "phone": "+1 316 555 0142", "email": "", "language": "es"})
    page = owner.get(f"/people/{firm.person.id}").content.decode()
    assert "Rosa Delgado Ruiz" in page and "+1 316 555 0142" in page


def test_person_page_says_when_there_is_no_proof(owner: Client, firm: Any) -> None:
    page = owner.get(f"/people/{firm.person.id}").content.decode()
    assert "No proofs yet" in page and f"/give?person={firm.person.id}" in page


@pytest.mark.parametrize("ending", ["", "/edit"])
def test_outsider_finds_nobody(client: Client, firm: Any, other_firm: Any, ending: str) -> None:
    client.force_login(other_firm.owner_user)
    assert client.get(f"/people/{firm.person.id}{ending}").status_code == 404
    form = {"name": "Taken", "language": "en"}
    assert client.post(f"/people/{firm.person.id}/edit", form).status_code == 404
    assert "Rosa Delgado<" not in client.get("/people").content.decode().replace("Outsider Rosa Delgado<", "")


def test_someone_removed_from_the_firm_is_let_in_nowhere(client: Client, firm: Any) -> None:
    from skillmark.rooms.people import operations

    member = next(one for one in queries.members(actor=firm.owner) if one.user_id == firm.supervisor_user.pk)
    client.force_login(firm.supervisor_user)
    assert client.get("/people").status_code == 200
    operations.remove_member(actor=firm.owner, member_id=member.id, now=firm.owner_user.date_joined)
    assert client.get("/people").status_code == 403
