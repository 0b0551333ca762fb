"""Pages about one person's record: namesakes, places, days away, leaving, joining, taking apart, deleting, and codes."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from skillmark.rooms.holdings import operations as holdings
from skillmark.rooms.people import operations, queries
from skillmark.rooms.skills import operations as skills
from skillmark.rooms.talent import operations as needs
from tests.cast import NOW, Firm

pytestmark = pytest.mark.django_db
NEW = {"phone": "", "email": "", "language": "en"}


@pytest.fixture
def owner(client: Client, firm: Firm) -> Client:
    client.force_login(firm.owner_user)
    return client


@pytest.fixture
def forklift(firm: Firm) -> Any:
    item = skills.add_item(actor=firm.owner, kind="card", names={"en": "Forklift"}, starts=date(2026, 1, 1), now=NOW)
    needs.require(actor=firm.owner, item_id=item.id, target="everyone", starts=date(2026, 1, 1), trust="photo", now=NOW)
    return item


def _page(client: Client, where: str, **more: Any) -> str:
    return " ".join(client.get(where, more).content.decode().split())


def test_a_second_of_one_name_is_asked_about_first(owner: Client, firm: Firm) -> None:
    said = NEW | {"name": "rosa DELGADÓ", "number": "2"}
    asked = owner.post("/people/new", said)
    page = asked.content.decode()
    assert asked.status_code == 200 and "Is this the same person?" in page
    assert f"/people/{firm.person.id}" in page and len(queries.people(actor=firm.owner)) == 1
    assert owner.post("/people/new", said | {"another": "on"}).status_code == 302
    assert len(queries.people(actor=firm.owner)) == 2
    assert "No. 2" in _page(owner, "/people", q="rosa")


def test_a_pasted_list_asks_about_who_is_there_already(owner: Client, firm: Firm) -> None:
    said = {"names": "Sam Ortiz\nRosa Delgado", "language": "en"}
    page = owner.post("/people/names", said).content.decode()
    assert "Is this the same person?" in page and len(queries.people(actor=firm.owner)) == 1
    assert owner.post("/people/names", said | {"another": "on"}).status_code == 302
    assert len(queries.people(actor=firm.owner)) == 3


def test_a_person_is_added_with_where_they_work(owner: Client, firm: Firm) -> None:
    welder = operations.add_position(actor=firm.owner, names={"en": "Welder", "es": "Soldador"}, now=NOW)
    north = operations.add_site(actor=firm.owner, name="North", now=NOW)
    said = NEW | {
        "name": "Sam Ortiz", "number": "17", "hired_on": "2026-02-02", "position_id": str(welder.id), "site_id": str(north.id),
        "contract": "Bridge",
    }  # fmt: skip
    assert owner.post("/people/new", said).status_code == 302
    [sam] = queries.people(actor=firm.owner, search="17")
    [place] = queries.assignments(actor=firm.owner, person_id=sam.id)
    assert (place.position, place.site, place.contract, place.starts) == (welder, north, "Bridge", date(2026, 2, 2))
    page = _page(owner, f"/people/{sam.id}")
    assert "Welder · North" in page and "Bridge" in page and "No. 17" in page
    assert "No. 17 · Welder · North" in _page(owner, "/people", position=str(welder.id), site=str(north.id))
    assert "Sam Ortiz" not in _page(owner, "/people", site=str(queries.sites(actor=firm.owner)[1].id))
    refused = owner.post("/people/new", said | {"name": "Other", "position_id": str(firm.org.id)})
    assert refused.status_code == 400 and queries.people(actor=firm.owner, search="other") == []


def test_another_place_from_a_day_on_keeps_the_old_one(owner: Client, firm: Firm) -> None:
    a, b = (operations.add_position(actor=firm.owner, names={"en": name}, now=NOW) for name in ("Helper", "Welder"))
    operations.assign(actor=firm.owner, person_id=firm.person.id, starts=date(2026, 1, 1), position_id=a.id, now=NOW)
    where = f"/people/{firm.person.id}/place"
    assert owner.post(where, {"position_id": str(b.id), "starts": "2026-05-01"}).status_code == 302
    page = _page(owner, f"/people/{firm.person.id}")
    assert "All of it, latest first" in page and "Helper" in page and "Welder" in page
    assert "too long ago" in owner.post(where, {"position_id": str(b.id), "starts": "0026-05-01"}).content.decode()
    assert owner.post(where, {"starts": ""}).status_code == 400


def test_filters_by_what_is_to_settle(owner: Client, firm: Firm, forklift: Any) -> None:
    assert "Rosa Delgado" in _page(owner, "/people", state="open")
    assert "Rosa Delgado" not in _page(owner, "/people", state="done")
    page = _page(owner, f"/people/{firm.person.id}")
    assert "Forklift" in page and "Missing" in page
    for nonsense in ("?state=x&sort=y&position=z&site=1", "?q=%00", "?q=" + "x" * 5000):
        assert owner.get(f"/people{nonsense}").status_code == 200


def test_a_change_of_name_and_a_typing_mistake(owner: Client, firm: Firm) -> None:
    where = f"/people/{firm.person.id}/edit"
    said = {"phone": "", "email": "", "language": "es", "number": "", "hired_on": ""}
    owner.post(where, said | {"name": "Rosa Ruiz"})
    assert "Rosa Delgado until" in _page(owner, f"/people/{firm.person.id}")
    owner.post(where, said | {"name": "Rosa Ruíz", "mistyped": "on"})
    assert len(queries.former_names(actor=firm.owner, person_id=firm.person.id)) == 1


def test_days_away_are_noted_and_taken_back(owner: Client, firm: Firm) -> None:
    where = f"/people/{firm.person.id}/away"
    assert owner.post(where, {"starts": "2099-01-02", "ends": "2099-01-01"}).status_code == 400
    assert owner.post(where, {"starts": "2099-01-01", "ends": "2099-01-02"}).status_code == 302
    assert "Away from" in _page(owner, f"/people/{firm.person.id}")
    [away] = queries.absences(actor=firm.owner, person_id=firm.person.id)
    assert owner.post(f"{where}/{away.id}/end").status_code == 302
    assert "Away from" not in _page(owner, f"/people/{firm.person.id}")


def test_leaving_and_coming_back(owner: Client, firm: Firm) -> None:
    where = f"/people/{firm.person.id}"
    assert owner.post(f"{where}/leaving", {"last": "2020-05-01", "only": "day"}).status_code == 302
    assert "Last day: " in _page(owner, where)
    assert "Rosa Delgado" not in _page(owner, "/people") and "Rosa Delgado" in _page(owner, "/people", left="1")
    assert owner.post(f"{where}/back", {"first": "2020-05-01"}).status_code == 400
    back = owner.post(f"{where}/back", {"first": "2026-05-01"}, follow=True)
    assert "Now say where they work" in back.content.decode()
    assert "Rosa Delgado" in _page(owner, "/people")


def test_two_records_are_joined_after_a_look_and_taken_apart(owner: Client, firm: Firm) -> None:
    other = operations.add_person(actor=firm.owner, name="Rósa Delgado-Ruiz", number="9", now=NOW)
    assert f"/join/{other.id}" in _page(owner, f"/people/{firm.person.id}/join")
    where = f"/people/{firm.person.id}/join/{other.id}"
    page = _page(owner, where)
    assert "Are these the same person?" in page and "Cards and skills" in page
    assert len(queries.people(actor=firm.owner)) == 2, "looking joins nothing"
    joined = owner.post(where, follow=True).content.decode()
    assert "You can take them apart again" in joined and "Joined with Rósa Delgado-Ruiz" in joined
    assert owner.get(f"/people/{other.id}").status_code == 200
    assert owner.post(f"/people/{firm.person.id}/apart/{other.id}").status_code == 302
    assert len(queries.people(actor=firm.owner)) == 2
    assert owner.post(f"/people/{firm.person.id}/apart/{other.id}").status_code == 404


def test_two_people_in_one_become_two(owner: Client, firm: Firm, forklift: Any) -> None:
    facts = holdings.Facts(ends=date(2027, 1, 1), number="A 1")
    held = holdings.record(actor=firm.owner, person_id=firm.person.id, item_id=forklift.id, facts=facts, now=NOW)
    where = f"/people/{firm.person.id}/part"
    assert "Forklift · A 1" in _page(owner, where)
    assert owner.post(where, {"name": "Rosa Delgado", "number": "2"}).status_code == 400
    done = owner.post(where, {"name": "Rosa Delgado", "number": "2", "holding_ids": [str(held.id)]}, follow=True)
    assert "Two people now" in done.content.decode()
    assert len(queries.people(actor=firm.owner)) == 2


def test_deleting_asks_for_the_name(owner: Client, firm: Firm) -> None:
    where = f"/people/{firm.person.id}/delete"
    assert "This is for good" in _page(owner, where)
    refused = owner.post(where, {"typed_name": "Rosa"})
    assert refused.status_code == 400 and "That is not the name" in refused.content.decode()
    done = owner.post(where, {"typed_name": "rosa delgado"}, follow=True)
    assert "Nothing of this person is kept" in done.content.decode() and "Nobody here yet" in done.content.decode()
    assert "Person " in _page(owner, "/settings/history") and "Rosa" not in _page(owner, "/settings/history")
    supervisor = Client()
    supervisor.force_login(firm.supervisor_user)
    assert supervisor.get(where).status_code == 403


def test_a_code_for_a_machine_is_printed_once_and_ended(owner: Client, firm: Firm, forklift: Any) -> None:
    said = {"name": "Cell 3", "item_id": str(forklift.id), "site_id": ""}
    assert owner.post("/codes", said | {"name": ""}).status_code == 400
    page = owner.post("/codes", said).content.decode()
    [code] = set(re.findall(r"<code>([A-Z0-9]{4}-[A-Z0-9]{4}-[A-Z0-9]{4})</code>", page))
    assert "Cell 3" in page and "data:image/svg+xml" in page
    assert code not in _page(owner, "/codes")
    [close] = re.findall(r'action="(/codes/[^"]+/close)"', _page(owner, "/codes"))
    assert owner.post(close).status_code == 302 and "No codes yet" in _page(owner, "/codes")
    assert owner.post(close).status_code == 404


def test_the_outsider_gets_404_on_every_page_of_a_person(firm: Firm, other_firm: Firm) -> None:
    outsider = Client()
    outsider.force_login(other_firm.owner_user)
    for page in ("place", "away", "leaving", "back", "join", "part", "delete", "code", "code/agree"):
        assert outsider.get(f"/people/{firm.person.id}/{page}").status_code == 404, page
