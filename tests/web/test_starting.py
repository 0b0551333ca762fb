"""Starting soon, on the firm's side: a person in one form, what the job needs, a link that nobody sends by itself."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from skillmark.desks import starting
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.models import Member, Person
from skillmark.rooms.talent import operations, queries
from skillmark.rooms.talent.models import Brought, StartList
from tests.cast import Firm, today
from tests.starting_cast import Start, make_start

pytestmark = pytest.mark.django_db


@pytest.fixture
def start(firm: Firm, other_firm: Firm) -> Start:
    return make_start(firm, other_firm, now=timezone.now())


@pytest.fixture
def owner(start: Start, client: Client) -> Client:
    client.force_login(start.firm.supervisor_user)
    return client


def made(start: Start) -> tuple[Any, str]:
    return operations.start_list(actor=start.firm.owner, person_id=start.ana.id, now=timezone.now())


def test_a_new_person_in_one_form_leads_to_what_the_job_needs(owner: Client, start: Start) -> None:
    form = owner.get("/starting/new").content.decode()
    chosen = re.search(r'<option value="([0-9a-f-]{36})">Aide', form)
    assert chosen is not None and "Employee number" not in form
    told = {
        "name": "Bo Rask",
        "position_id": chosen[1],
        "hired_on": (today() + timedelta(days=9)).isoformat(),
        "language": "en",
    }
    answer = owner.post("/starting/new", told)
    bo = Person.objects.get(name="Bo Rask")
    assert answer.status_code == 302 and answer["Location"] == f"/people/{bo.id}/start"
    page = owner.get(answer["Location"]).content.decode()
    assert "Nurse aide registry" in page and "Make the link" in page
    assert bo.id not in queries.board(actor=start.firm.owner, on=today()).rows
    assert "Bo Rask" in owner.get("/starting").content.decode()


def test_a_name_and_a_first_day_are_needed(owner: Client) -> None:
    answer = owner.post("/starting/new", {"name": "", "hired_on": "", "language": "en"})
    assert answer.status_code == 400 and "Please type the person’s name." in answer.content.decode()
    assert Person.objects.filter(name="").count() == 0


def test_a_look_makes_nothing_and_a_press_makes_the_link(owner: Client, start: Start) -> None:
    where = f"/people/{start.ana.id}/start"
    assert "Make the link" in owner.get(where).content.decode() and not StartList.objects.exists()
    page = owner.post(where).content.decode()
    found = StartList.objects.get()
    link = re.search(r"http://testserver(/start/[\w-]{43})", page)
    assert link is not None and "sms:+15550100" in page and "data:image/svg+xml" in page and mail.outbox == []
    assert re.search(r"<textarea[^>]*lang=\"es\"", page), "the text speaks the person's language"
    assert link[1].rsplit("/", 1)[1] not in owner.get("/starting").content.decode()
    token = link[1].rsplit("/", 1)[1]
    paper = owner.post(f"/starting/{found.id}/slip", {"token": token})
    assert paper["Content-Type"] == "application/pdf" and paper.content.startswith(b"%PDF")
    assert owner.post(f"/starting/{found.id}/slip", {"token": "x"}).status_code == 404


def test_nothing_missing_is_told(owner: Client, start: Start) -> None:
    one = people.add_person(actor=start.firm.owner, name="Cy Marsh", now=timezone.now())
    assert "Nothing to ask for" in owner.get(f"/people/{one.id}/start").content.decode()
    assert owner.post(f"/people/{one.id}/start").status_code == 409


def test_the_list_tells_states_and_times_and_settles(owner: Client, start: Start) -> None:
    found, token = made(start)
    StartList.objects.filter(id=found.id).update(made_at=timezone.now() - timedelta(hours=3))
    item = start.items["Nurse aide registry"]
    body = bytes(start.proofs["CPR"].document)
    starting.bring_file(token=token, item_id=item.id, name="a.json", body=body, now=timezone.now())
    every = owner.get("/starting").content.decode()
    assert "1 of 6 came" in every and "Opened after 3 hours" in every and "1 to look at" in every
    page = owner.get(f"/starting/{found.id}").content.decode()
    came = Brought.objects.get()
    assert "does not say “Nurse aide registry”" in page and "Yes, it fits" in page
    assert owner.post(f"/starting/brought/{came.id}", {"fits": "perhaps"}).status_code == 404
    answer = owner.post(f"/starting/brought/{came.id}", {"fits": "no"})
    assert answer["Location"] == f"/starting/{found.id}"
    assert owner.post(f"/starting/brought/{came.id}", {"fits": "no"}).status_code == 404
    assert "0 of 6 came" in owner.get("/starting").content.decode()


def test_a_new_link_and_taking_back(owner: Client, start: Start, client: Client) -> None:
    found, token = made(start)
    page = owner.post(f"/starting/{found.id}/link").content.decode()
    assert token not in page and Client().get(f"/start/{token}").status_code == 404
    newest = re.search(r"/start/([\w-]{43})", page)
    assert newest is not None and Client().get(f"/start/{newest[1]}").status_code == 200
    assert owner.post(f"/starting/{found.id}/close").status_code == 302
    assert Client().get(f"/start/{newest[1]}").status_code == 410
    assert owner.get(f"/starting/{found.id}/close").status_code == 405


def test_another_firm_and_another_site_get_nothing(start: Start, client: Client) -> None:
    found, token = made(start)
    starting.bring_file(
        token=token, item_id=start.items["CPR"].id, name="a", body=bytes(start.proofs["CPR"].document), now=timezone.now()
    )
    came = Brought.objects.get()
    north = people.add_site(actor=start.firm.owner, name="North", now=timezone.now())
    member = Member.objects.get(user=start.firm.supervisor_user)
    member.sites.set([north])
    for user in (start.agency.owner_user, start.firm.supervisor_user):
        client.force_login(user)
        assert client.get(f"/starting/{found.id}").status_code == 404
        assert client.get(f"/people/{start.ana.id}/start").status_code == 404
        for what in (f"{found.id}/link", f"{found.id}/close", f"{found.id}/slip", f"brought/{came.id}"):
            assert client.post(f"/starting/{what}", {"fits": "yes", "token": token}).status_code == 404, what
        assert "Ana Lucero" not in client.get("/starting").content.decode()


def test_a_supervisor_of_the_site_settles_it(start: Start, client: Client) -> None:
    north = people.add_site(actor=start.firm.owner, name="North", now=timezone.now())
    people.assign(
        actor=start.firm.owner, person_id=start.ana.id, starts=start.first_day, site_id=north.id, instead=False,
        now=timezone.now(),
    )  # fmt: skip
    Member.objects.get(user=start.firm.supervisor_user).sites.set([north])
    found, token = made(start)
    body = bytes(start.proofs["CPR"].document)
    starting.bring_file(token=token, item_id=start.items["Nurse aide registry"].id, name="a", body=body, now=timezone.now())
    client.force_login(start.firm.supervisor_user)
    page = client.get(f"/starting/{found.id}").content.decode()
    assert "Who gave it" in page and "Look at it" not in page
    assert client.post(f"/starting/brought/{Brought.objects.get().id}", {"fits": "yes"}).status_code == 302
    assert Brought.objects.get().fits is True


def test_an_auditor_changes_nothing(start: Start, client: Client) -> None:
    from skillmark.rooms.people.models import User
    from skillmark.rooms.people.rules import Role

    user = User.objects.create(handle="a", name="Ada", date_joined=timezone.now())
    Member.objects.create(org=start.firm.org, user=user, role=Role.AUDITOR, since=timezone.now())
    client.force_login(user)
    assert client.post(f"/people/{start.ana.id}/start").status_code == 403 and client.get("/starting").status_code == 403
