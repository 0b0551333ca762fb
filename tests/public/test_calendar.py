"""The calendar feed, read back by a program that reads calendars: days, alarms, escapes, folded lines, secrets."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from skillmark.errors import NotFound
from skillmark.rooms.holdings import operations as holdings
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries
from skillmark.rooms.people.models import Member, User
from skillmark.rooms.people.rules import Actor, Role
from skillmark.rooms.skills import operations as skills
from tests.cast import Firm
from tests.web.reminding import Kitchen, make_kitchen

pytestmark = pytest.mark.django_db


@pytest.fixture
def kitchen(firm: Firm) -> Kitchen:
    return make_kitchen(firm, timezone.now())


def address(actor: Actor, **of: Any) -> str:
    _, token = holdings.make_feed(actor=actor, now=timezone.now(), **({"of": "firm", "language": "en"} | of))
    return f"/cal/{token}.ics"


def events(client: Client, where: str) -> list[Any]:
    answer = client.get(where)
    assert answer.status_code == 200 and answer["Content-Type"] == "text/calendar; charset=utf-8"
    made = Calendar.from_ical(answer.content)
    assert made["version"] == "2.0" and made["prodid"] and not made.errors
    return list(made.walk("VEVENT"))


def test_each_end_is_a_whole_day_with_alarms_before_it(client: Client, kitchen: Kitchen) -> None:
    found = events(client, address(kitchen.firm.owner))
    assert [str(one["summary"]) for one in found] == [
        "Kyle Mercer: Food handler card ends",
        "Rosa Delgado: Food handler card ends",
    ]
    for one in found:
        assert one.decoded("dtstart") == kitchen.ends and type(one.decoded("dtstart")) is date
        assert one.decoded("dtend") == kitchen.ends + timedelta(days=1)
        assert [alarm.decoded("trigger") for alarm in one.walk("VALARM")] == [timedelta(days=-30), timedelta(days=-7)]
        assert one["uid"] and one["dtstamp"] and not one.errors
    assert len({str(one["uid"]) for one in found}) == 2


def test_lines_are_folded_and_signs_escaped(client: Client, kitchen: Kitchen) -> None:
    name = "Ñandú; \\ “María”, née " + "Ω" * 90
    people.change_person(
        actor=kitchen.firm.owner, person_id=kitchen.kyle.id, name=name, phone="", email="", language="en", now=timezone.now()
    )
    where = address(kitchen.firm.owner)
    body = client.get(where).content
    lines = body.split(b"\r\n")
    assert body.endswith(b"\r\n") and all(len(line) <= 75 for line in lines)
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert f"{name}: Food handler card ends" in {str(one["summary"]) for one in events(client, where)}


def test_the_feed_speaks_its_language(client: Client, kitchen: Kitchen) -> None:
    client.cookies["django_language"] = "en"
    found = events(client, address(kitchen.firm.owner, language="es"))
    assert all("Tarjeta de manipulación de alimentos" in str(one["summary"]) for one in found)


def test_a_persons_feed_shows_a_first_name_and_the_cards(client: Client, kitchen: Kitchen) -> None:
    where = address(kitchen.firm.owner, of="person", person_id=kitchen.rosa.id)
    (one,) = events(client, where)
    assert str(one["summary"]) == "Rosa: Food handler card ends"
    text = client.get(where).content.decode()
    assert "Delgado" not in text and "Tallgrass" not in text and str(kitchen.rosa.id) not in text


def test_a_sites_feed_shows_who_works_there(client: Client, kitchen: Kitchen) -> None:
    owner = kitchen.firm.owner
    north = people.add_site(actor=owner, name="North", now=timezone.now())
    people.assign(actor=owner, person_id=kitchen.rosa.id, site_id=north.id, starts=date(2020, 1, 1), now=timezone.now())
    found = events(client, address(owner, of="site", site_id=north.id))
    assert [str(one["summary"]) for one in found] == ["Rosa Delgado: Food handler card ends"]


def test_unchanged_is_told_by_its_tag(client: Client, kitchen: Kitchen) -> None:
    where = address(kitchen.firm.owner)
    first = client.get(where)
    again = client.get(where, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304 and again.content == b""
    skills.change_item(
        actor=kitchen.firm.owner, item_id=kitchen.item.id, names={"en": "Food card", "es": "Tarjeta"}, now=timezone.now()
    )
    assert client.get(where, headers={"If-None-Match": first["ETag"]}).status_code == 200
    assert client.head(where).status_code == 200 and client.post(where).status_code == 405


def test_a_renewed_or_closed_address_opens_nothing(client: Client, kitchen: Kitchen) -> None:
    owner, now = kitchen.firm.owner, timezone.now()
    feed, token = holdings.make_feed(actor=owner, of="firm", language="en", now=now)
    _, newer = holdings.renew_feed(actor=owner, feed_id=feed.id, now=now)
    assert client.get(f"/cal/{token}.ics").status_code == 404
    assert client.get(f"/cal/{newer}.ics").status_code == 200
    holdings.close_feed(actor=owner, feed_id=feed.id, now=now)
    assert client.get(f"/cal/{newer}.ics").status_code == 404
    with pytest.raises(NotFound):
        holdings.renew_feed(actor=owner, feed_id=feed.id, now=now)


def test_who_may_not_make_one(kitchen: Kitchen, other_firm: Firm) -> None:
    now = timezone.now()
    auditor = Actor(kitchen.firm.org.id, Role.AUDITOR, "Nia", kitchen.firm.owner_user.id)
    with pytest.raises(people.CannotDo):
        holdings.make_feed(actor=auditor, of="firm", language="en", now=now)
    with pytest.raises(NotFound):
        holdings.make_feed(actor=other_firm.owner, of="person", person_id=kitchen.rosa.id, language="en", now=now)
    feed, _ = holdings.make_feed(actor=kitchen.firm.owner, of="firm", language="en", now=now)
    for outsider in (other_firm.owner, kitchen.firm.supervisor):
        with pytest.raises(NotFound):
            holdings.close_feed(actor=outsider, feed_id=feed.id, now=now)
    with pytest.raises(holdings.CannotFeed, match=r"feed\.of"):
        holdings.make_feed(actor=kitchen.firm.owner, of="everything", language="en", now=now)


def test_it_shows_what_its_maker_sees_and_ends_with_them(client: Client, kitchen: Kitchen) -> None:
    firm, now = kitchen.firm, timezone.now()
    north = people.add_site(actor=firm.owner, name="North", now=now)
    people.assign(actor=firm.owner, person_id=kitchen.rosa.id, site_id=north.id, starts=date(2020, 1, 1), now=now)
    user = User.objects.create(handle="nia", name="Nia", date_joined=now)
    member = Member.objects.create(org=firm.org, user=user, role="supervisor", since=now)
    member.sites.add(north)
    nia = queries.actor_for(user_id=user.id, now=now)
    with pytest.raises(NotFound):
        holdings.make_feed(actor=nia, of="firm", language="en", now=now)
    with pytest.raises(NotFound):
        holdings.make_feed(actor=nia, of="person", person_id=kitchen.kyle.id, language="en", now=now)
    where = address(nia, of="site", site_id=north.id)
    assert len(events(client, where)) == 1
    member.sites.set([people.add_site(actor=firm.owner, name="South", now=now)])
    assert client.get(where).status_code == 404, "they were moved to another site"
    member.sites.set([north])
    assert client.get(where).status_code == 200
    people.remove_member(actor=firm.owner, member_id=member.id, now=now)
    assert client.get(where).status_code == 404
