"""What a worker shows their employer: seen by those who look after them, for as long as they work there, and told to them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries
from skillmark.rooms.people.models import Member, Person, Site
from skillmark.rooms.people.rules import Role
from skillmark.rooms.records.models import Consent, Share, ShareView
from tests.cast import today
from tests.public import sharing
from tests.public.sharing import SECRET


@pytest.fixture
def mine(firm: Any) -> sharing.Mine:
    return sharing.make(firm)


@pytest.fixture
def address(firm: Any) -> str:
    return f"/people/{firm.person.id}/shared"


def signed_in(user: Any) -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    client.force_login(user)
    return client


def show(mine: sharing.Mine, firm: Any) -> Share:
    answer = mine.post(mine.cnc, who=str(firm.org.id), ask_first="on", pin="739204")
    assert answer.status_code == 302, answer.content.decode()
    return Share.objects.get()


def test_nothing_before_it_is_shown(mine: sharing.Mine, firm: Any, address: str) -> None:
    page = signed_in(firm.owner_user).get(address)
    assert page.status_code == 200
    assert "They show you nothing now" in page.content.decode()
    assert "What they show you" in signed_in(firm.owner_user).get(f"/people/{firm.person.id}").content.decode()


def test_the_firm_sees_what_was_picked_and_its_worker_sees_who_looked(mine: sharing.Mine, firm: Any, address: str) -> None:
    share = show(mine, firm)
    boss = signed_in(firm.supervisor_user)
    page = boss.get(address).content.decode()
    assert mine.cnc.title in page
    assert "Looks good" in page
    for other in (SECRET, mine.forklift.title, "Mill hand"):
        assert other not in page
    boss.get(address)
    assert boss.get(f"{address}/{share.id}/1").content == bytes(mine.cnc.document)
    view = ShareView.objects.get()
    assert (view.by_firm, view.name) == (True, "Walt Jensen")
    told = mine.client.get(f"/w/shares/{share.id}").content.decode()
    assert "Walt Jensen, Tallgrass Machine Works" in told
    assert Consent.objects.get().kind == "firm"


def test_there_is_no_link_to_it(mine: sharing.Mine, firm: Any) -> None:
    share = show(mine, firm)
    assert mine.client.post(f"/w/shares/{share.id}/link").status_code == 404
    assert "Make another link" not in mine.client.get(f"/w/shares/{share.id}").content.decode()


def test_nobody_else_sees_it(mine: sharing.Mine, firm: Any, other_firm: Any, address: str, now: Any) -> None:
    share = show(mine, firm)
    assert Client().get(address).status_code == 302
    outsider = signed_in(other_firm.owner_user)
    north = Site.objects.create(org=firm.org, name="North", time_zone="America/Chicago")
    south = Site.objects.create(org=firm.org, name="South", time_zone="America/Chicago")
    people.assign(actor=firm.owner, person_id=firm.person.id, position_id=None, site_id=south.id, starts=today(), now=now)
    member = Member.objects.get(user=firm.supervisor_user, org=firm.org)
    member.sites.set([north])
    elsewhere = signed_in(firm.supervisor_user)
    for who in (outsider, elsewhere):
        assert who.get(address).status_code == 404
        assert who.get(f"{address}/{share.id}/1").status_code == 404
    member.sites.set([south])
    assert elsewhere.get(address).status_code == 200
    member.sites.clear()
    Member.objects.filter(id=member.id).update(role=Role.AUDITOR, until=today() + timedelta(days=3))
    assert signed_in(firm.supervisor_user).get(address).status_code in (403, 404)
    assert ShareView.objects.filter(name="Outsider Dana Whitlock").count() == 0


def test_it_ends_with_the_last_day(mine: sharing.Mine, firm: Any, address: str) -> None:
    share = show(mine, firm)
    boss = signed_in(firm.owner_user)
    Person.objects.filter(id=firm.person.id).update(left_on=today())
    assert mine.cnc.title in boss.get(address).content.decode()
    Person.objects.filter(id=firm.person.id).update(left_on=today() - timedelta(days=1))
    assert boss.get(address).status_code == 404
    assert boss.get(f"{address}/{share.id}/1").status_code == 404
    assert "What they show you" not in boss.get(f"/people/{firm.person.id}").content.decode()
    assert "Nothing new" in mine.client.get("/w/employers").content.decode()
    again = mine.post(mine.cnc, who=str(firm.org.id))
    assert again.status_code == 422


def test_it_ends_when_it_is_stopped(mine: sharing.Mine, firm: Any, address: str) -> None:
    share = show(mine, firm)
    mine.client.post(f"/w/shares/{share.id}/stop")
    assert mine.cnc.title not in signed_in(firm.owner_user).get(address).content.decode()


def test_a_firm_that_does_not_know_the_person_cannot_be_chosen(mine: sharing.Mine, other_firm: Any) -> None:
    assert mine.post(mine.cnc, who=str(other_firm.org.id)).status_code == 422
    assert not Share.objects.exists()


def test_what_does_my_employer_see(mine: sharing.Mine, firm: Any) -> None:
    page = mine.client.get("/w/employers").content.decode()
    assert "Tallgrass Machine Works" in page
    assert "2 proofs that it gave you" in page
    assert "Nothing of your page." in page
    assert SECRET not in page
    show(mine, firm)
    page = mine.client.get("/w/employers").content.decode()
    assert "1 thing, until" in page
    assert queries.person(actor=firm.owner, person_id=firm.person.id).name in page
