"""Giving: four screens, one proof however often it is pressed, nothing given before the button, nobody else's people."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from skillmark.rooms.credentials import queries
from skillmark.rooms.people import operations as people_operations
from skillmark.rooms.people import queries as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client: Client, firm: Any) -> Client:
    client.force_login(firm.owner_user)
    return client


def hidden(page: Any) -> dict[str, str]:
    """What the preview hands on when Give it is pressed."""
    return {**dict(page.context["fields"]), "who": page.context["who"]}


def typed(**changes: Any) -> dict[str, Any]:
    return {"name": "Hieu Tran", "observed_on": "2026-05-04", "note": "", "language": "en", **changes}


def given(firm: Any) -> list[Any]:
    return queries.proofs(actor=firm.owner)


def test_the_first_page_offers_twelve_ready_made_kinds(owner: Client) -> None:
    page = owner.get("/give").content.decode()
    assert page.count('href="/give/') == 12
    assert "/kinds/new?next=give" in page


def test_the_preview_is_in_the_workers_language_and_gives_nothing(owner: Client, firm: Any) -> None:
    answer = owner.post("/give/forklift/preview", typed(name="rosa delgado", note="24 pallets"))
    page = answer.content.decode()
    assert "Rosa Delgado is on your list already." in page
    assert "Montacargas con asiento" in page
    assert "Lo que hizo" in page
    assert "24 pallets" in page
    assert given(firm) == []


def test_give_it_gives_one_proof_however_often_it_is_pressed(owner: Client, firm: Any) -> None:
    preview = owner.post("/give/forklift/preview", typed())
    press = hidden(preview)
    answers = [owner.post("/give/forklift/done", press) for _ in range(2)]
    assert len(given(firm)) == 1
    address = f"/proofs/{given(firm)[0].id}/hand-over"
    assert [answer["Location"] for answer in answers] == [address, address]
    assert [person.name for person in people.people(actor=firm.owner)] == ["Hieu Tran", "Rosa Delgado"]
    assert "ready for Hieu Tran" in owner.get(address).content.decode()


def test_someone_else_with_the_same_name_becomes_a_person_of_their_own(owner: Client, firm: Any) -> None:
    first = owner.post("/give/forklift/preview", typed(name="Rosa Delgado"))
    another = owner.post("/give/forklift/preview", {**hidden(first), "who": "new"})
    assert "is new and will be on your list" in another.content.decode()
    for _ in range(2):
        owner.post("/give/forklift/done", hidden(another))
    assert len(given(firm)) == 1
    assert given(firm)[0].person_id != firm.person.id
    assert len(people.people(actor=firm.owner)) == 2


def test_when_a_name_is_there_twice_it_asks_which(owner: Client, firm: Any, now: Any) -> None:
    twin = people_operations.add_person(actor=firm.owner, name="Rosa Delgado", phone="555 0114", language="en", now=now)
    asked = owner.post("/give/forklift/preview", typed(name="Rosa Delgado"))
    assert asked.status_code == 400
    assert "More than one person has this name" in asked.content.decode()
    preview = owner.post("/give/forklift/preview", typed(name="Rosa Delgado", who=str(twin.id)))
    owner.post("/give/forklift/done", hidden(preview))
    assert given(firm)[0].person_id == twin.id


def test_a_person_chosen_on_their_page_is_filled_in(owner: Client, firm: Any) -> None:
    page = owner.get(f"/give/forklift?person={firm.person.id}").content.decode()
    assert f'value="{firm.person.id}"' in page
    assert f"/give/forklift?person={firm.person.id}" in owner.get(f"/give?person={firm.person.id}").content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Type the name of the person who gets it."),
        ({"observed_on": ""}, "Say on which day you saw it."),
        ({"observed_on": "2999-01-01"}, "That day is still to come."),
        ({"email": "nobody"}, "That does not look like an e-mail address."),
    ],
)
def test_a_bad_form_says_what_to_put_right(owner: Client, firm: Any, changes: dict[str, str], sentence: str) -> None:
    for step in ("preview", "done"):
        answer = owner.post(f"/give/forklift/{step}", typed(**changes))
        assert answer.status_code == 400
        assert sentence in answer.content.decode()
    assert given(firm) == []


def test_a_level_is_asked_where_the_kind_asks_for_one(owner: Client, firm: Any) -> None:
    assert "Choose the level that you saw." in owner.post("/give/skid-steer/preview", typed()).content.decode()
    preview = owner.post("/give/skid-steer/preview", typed(level="3"))
    assert "3 Alone" in preview.content.decode()
    owner.post("/give/skid-steer/done", hidden(preview))
    assert given(firm)[0].level == 3


def test_back_keeps_what_was_typed(owner: Client) -> None:
    preview = owner.post("/give/forklift/preview", typed(note="24 pallets"))
    page = owner.post("/give/forklift/back", hidden(preview)).content.decode()
    assert 'value="Hieu Tran"' in page
    assert "24 pallets" in page


def test_a_visit_to_a_later_step_goes_to_the_form(owner: Client) -> None:
    for step in ("preview", "back", "done"):
        assert owner.get(f"/give/forklift/{step}")["Location"] == "/give/forklift"


def test_a_supervisor_gives_too_but_makes_no_kinds(client: Client, firm: Any) -> None:
    client.force_login(firm.supervisor_user)
    assert "/kinds/new" not in client.get("/give").content.decode()
    client.post("/give/forklift/done", hidden(client.post("/give/forklift/preview", typed())))
    assert len(given(firm)) == 1


def test_the_outsider_finds_neither_kinds_nor_people(owner: Client, firm: Any, other_firm: Any) -> None:
    owner.post("/give/forklift/done", hidden(owner.post("/give/forklift/preview", typed())))
    kind = queries.templates(actor=firm.owner)[0]
    outsider = Client()
    outsider.force_login(other_firm.owner_user)
    assert outsider.get(f"/give/{kind.id}").status_code == 404
    assert outsider.post(f"/give/{kind.id}/done", typed()).status_code == 404
    assert outsider.get("/give/no-such-kind").status_code == 404
    page = outsider.get(f"/give/forklift?person={firm.person.id}").content.decode()
    assert f'value="{firm.person.id}"' not in page
    outsider.post("/give/forklift/done", typed(name="Someone", who=str(firm.person.id)))
    assert given(other_firm)[0].person_id != firm.person.id


def test_signed_out_comes_back_after_signing_in(client: Client) -> None:
    assert client.get("/give")["Location"].startswith("/sign-in?next=%2Fgive")


@pytest.mark.parametrize("note", ["Fired for stealing", "Es muy trabajadora", "Rosa is lazy"])
def test_an_opinion_is_refused_before_the_preview_and_stays_on_the_screen(owner: Client, firm: Any, note: str) -> None:
    page = owner.post("/give/forklift/preview", typed(name="Rosa Delgado", note=note))
    assert page.status_code == 400
    body = page.content.decode()
    assert 'id="id_note_error"' in body and note in body and "Rosa Delgado" in body
    assert owner.post("/give/forklift/done", typed(name="Rosa Delgado", note=note)).status_code == 400
    assert given(firm) == []


@pytest.mark.parametrize("day", ["0026-05-04", "1920-01-02"])
def test_a_slip_in_the_year_is_seen(owner: Client, firm: Any, day: str) -> None:
    page = owner.post("/give/forklift/preview", typed(observed_on=day))
    assert page.status_code == 400 and "Look at the year." in page.content.decode()
    assert owner.post("/give/forklift/done", typed(observed_on=day)).status_code == 400 and given(firm) == []
