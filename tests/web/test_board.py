"""Home as the board: counts, filters that are links, any past day; items, positions, starter packs, who can."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from skillmark.desks import starters
from skillmark.edges.web import board
from skillmark.rooms.holdings import operations as holdings
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries as people_queries
from skillmark.rooms.people.models import Member
from skillmark.rooms.skills import operations as skills
from skillmark.rooms.skills import queries
from skillmark.rooms.skills.rules import SINCE_ALWAYS
from skillmark.rooms.talent import operations as talent
from skillmark.rooms.talent import queries as queries_of_talent
from tests.cast import NOW, Firm

TODAY = date(2026, 5, 4)


@pytest.fixture
def sample(firm: Firm) -> Any:
    """A forklift card that Rosa needs, and that ended on 1 May; her firm's clock stands at 4 May 2026."""
    firm.org.clock = NOW
    firm.org.save()
    card = skills.add_item(
        actor=firm.owner, kind="card", names={"en": "Forklift", "es": "Montacargas"}, starts=SINCE_ALWAYS, now=NOW
    )
    talent.require(actor=firm.owner, item_id=card.id, target="everyone", starts=SINCE_ALWAYS, now=NOW)
    facts = holdings.Facts(obtained=date(2023, 5, 1), ends=date(2026, 5, 1))
    held = holdings.record(actor=firm.owner, person_id=firm.person.id, item_id=card.id, facts=facts, now=NOW)
    holdings.log_look_up(
        actor=firm.owner, holding_id=held.id, link="https://example.org/x", looked_on=date(2026, 1, 5), confirmed=True,
        now=NOW, today=TODAY,
    )  # fmt: skip
    return card


def test_home_says_what_to_do_today(client: Client, firm: Firm, sample: Any) -> None:
    client.force_login(firm.owner_user)
    page = client.get("/").content.decode()
    assert "1 person can’t do part of their job today." in page
    assert "Expired" in page and "May 1" in page and "3 days ago" in page
    page = client.get("/?show=missing").content.decode()
    assert "Nothing of that kind" in page


def test_the_board_of_a_past_day(client: Client, firm: Firm, sample: Any) -> None:
    client.force_login(firm.owner_user)
    page = client.get("/?on=2026-03-03").content.decode()
    assert "This is how it stood on March 3, 2026" in page and "Everyone has what they need today." in page


def test_the_board_of_a_day_to_come(client: Client, firm: Firm, sample: Any) -> None:
    client.force_login(firm.owner_user)
    page = client.get("/?on=2026-06-04").content.decode()
    assert "This is how it will stand on June 4, 2026" in page and "it stood" not in page


def test_home_has_one_main_button_and_on_a_phone_the_way_to_what_waits(client: Client, firm: Firm, sample: Any) -> None:
    client.force_login(firm.owner_user)
    page = client.get("/").content.decode()
    main = page[page.index("<main") :]
    assert re.findall(r'class="btn go[^"]*"', main) == ['class="btn go wide"'] and "Preview the reminders" in main
    assert '<a class="btn phone" href="#remind">' in main and 'href="/reminders"' in main
    assert '<a class="find" href="/who-can">' in page[: page.index("<main")]


def test_the_heads_of_the_board_count_everyone_not_one_page(
    client: Client, firm: Firm, sample: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.force_login(firm.owner_user)
    people.add_person(actor=firm.owner, name="Hieu Tran", now=NOW)
    assert "Something to settle · 2 people</th>" in client.get("/").content.decode()
    monkeypatch.setattr(board, "PEOPLE", 1)
    assert "Something to settle · 2 people · 1 shown</th>" in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"code": " "}, "Type its number, such as WI-14."), ({"code": "x" * 61}, "at most 60"),
        ({"code": "WI-15", "item": "nonsense"}, "Select a valid choice"),
    ],
)  # fmt: skip
def test_a_bad_instruction_is_told_beside_its_field_and_kept(
    client: Client, firm: Firm, sample: Any, typed: dict[str, str], says: str
) -> None:
    client.force_login(firm.owner_user)
    answer = client.post("/documents/new", typed)
    assert answer.status_code == 400 and says in answer.content.decode()
    assert answer.context["form"]["code"].value() == typed["code"]
    assert not queries.documents(actor=firm.owner)


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("/items/new", {"name": "Hoist", "kind": "card"}), ("/positions/new", {"name": "Hoist"}),
        ("/settings/sites/new", {"name": "Hoist", "time_zone": "America/Chicago", "date_order": "mdy"}),
    ],
)  # fmt: skip
def test_a_button_pressed_twice_adds_one_thing(client: Client, firm: Firm, address: str, typed: dict[str, str]) -> None:
    client.force_login(firm.owner_user)
    assert client.post(address, typed).status_code == 302
    again = client.post(address, typed | {"name": " hOIST "})
    assert again.status_code == 400 and "This name is on the list already." in again.content.decode()


@pytest.mark.parametrize("page", ["rule", "need", "head-count", "edit", "archive"])
def test_an_item_is_called_by_its_spanish_name_on_every_page_of_it(client: Client, firm: Firm, sample: Any, page: str) -> None:
    client.force_login(firm.owner_user)
    client.cookies["django_language"] = "es"
    text = client.get(f"/items/{sample.id}/{page}").content.decode()
    assert "Montacargas</a>" in text and "Forklift</a>" not in text and "<p>Forklift" not in text


def test_spanish_months_are_small(client: Client, firm: Firm, sample: Any) -> None:
    client.force_login(firm.owner_user)
    client.cookies["django_language"] = "es"
    assert "1 may<" in client.get("/").content.decode()


def test_who_can_leads_on_where_nothing_is_asked_for_or_known(client: Client, firm: Firm) -> None:
    client.force_login(firm.owner_user)
    page = client.get("/who-can").content.decode()
    assert 'class="btn" href="/starters"' in page and 'class="btn" href="/import"' in page
    skills.add_item(actor=firm.owner, kind="card", names={"en": "Forklift", "es": ""}, starts=SINCE_ALWAYS, now=NOW)
    page = client.get("/who-can", {"q": "zzz"}).content.decode()
    assert 'class="btn" href="/who-can"' in page and 'class="btn" href="/items"' in page


@pytest.mark.parametrize("query", ["on=never", "page=-1", "show=nonsense", "item=1", "site=%00", "columns=9999", "page=abc"])
def test_a_bent_address_is_no_error(client: Client, firm: Firm, sample: Any, query: str) -> None:
    client.force_login(firm.owner_user)
    assert client.get(f"/?{query}").status_code == 200


def test_a_starter_pack_is_taken_once(client: Client, firm: Firm) -> None:
    client.force_login(firm.owner_user)
    assert "Restaurant" in client.get("/starters").content.decode()
    slugs = [one.slug for one in starters.pack(trade="restaurant").positions]
    assert client.post("/starters/restaurant", {"position": slugs}).status_code == 302
    items = queries.items(actor=firm.owner)
    positions = people_queries.positions(actor=firm.owner)
    assert len(positions) == len(slugs) >= 5 and len(items) >= 6
    client.post("/starters/restaurant", {"position": slugs})
    assert len(queries.items(actor=firm.owner)) == len(items)
    assert len(people_queries.positions(actor=firm.owner)) == len(positions)
    for address in ("/items", "/positions", "/who-can", "/documents", f"/items/{items[0].id}"):
        assert client.get(address).status_code == 200, address
    assert client.post("/starters/restaurant", {}).status_code == 400
    assert client.get("/starters/unknown").status_code == 404


def test_every_pack_can_be_taken(firm: Firm) -> None:
    for trade in starters.trades():
        done = starters.adopt(actor=firm.owner, trade=trade, starts=SINCE_ALWAYS, now=NOW)
        assert len(done.positions) >= 5 and done.items


def test_who_can_finds_the_item_in_what_was_typed(client: Client, firm: Firm, sample: Any) -> None:
    client.force_login(firm.owner_user)
    there = people.add_site(actor=firm.owner, name="North", now=NOW)
    page = client.get("/who-can?q=forklift north").content.decode()
    assert "Nobody can do this alone today." in page and "Expired" in page
    assert str(there.id) in page
    page = client.get("/who-can?q=fork lfit").content.decode()
    assert "Did you mean" in page and "Forklift" in page
    assert "Did you mean" not in client.get("/who-can?q=xyzzy").content.decode()


def test_an_item_from_its_rule_to_the_board(client: Client, firm: Firm) -> None:
    client.force_login(firm.owner_user)
    answer = client.post("/items/new", {"name": "First aid", "kind": "card", "other_name": "", "shows": "", "look_up": ""})
    (item,) = queries.items(actor=firm.owner)
    assert answer.headers["Location"] == f"/items/{item.id}/rule"
    rule = {
        "validity": "months", "months": "24", "trust": "photo", "lead_days": "60", "grace_days": "0", "starts": "2026-05-01",
        "hours": "", "due_days": "", "stale_days": "",
    }  # fmt: skip
    assert client.post(f"/items/{item.id}/rule", rule | {"months": ""}).status_code == 400
    assert client.post(f"/items/{item.id}/rule", rule).status_code == 302
    need = {"whom": "everyone", "must": "on", "why": "Somebody must help until the ambulance comes."}
    assert client.post(f"/items/{item.id}/need", need | {"why": ""}).status_code == 400
    assert client.post(f"/items/{item.id}/need", need).status_code == 302
    assert client.post(f"/items/{item.id}/head-count", {"n": "2", "site": "", "shift": ""}).status_code == 302
    page = client.get(f"/items/{item.id}").content.decode()
    assert "2 years from the day it was got" in page and "At least 2 people" in page
    assert "Missing" in client.get("/").content.decode()
    assert client.post(f"/items/{item.id}/archive").status_code == 302
    assert "First aid" not in client.get("/items").content.decode()


def test_a_new_revision_lists_who_must_sign_again(client: Client, firm: Firm) -> None:
    firm.org.clock = NOW
    firm.org.save()
    client.force_login(firm.owner_user)
    skill = skills.add_item(actor=firm.owner, kind="skill", names={"en": "5-axis setup"}, starts=SINCE_ALWAYS, now=NOW,
                            rule={"validity": {"type": "no_end"}})  # fmt: skip
    talent.require(actor=firm.owner, item_id=skill.id, target="everyone", starts=SINCE_ALWAYS, now=NOW)
    client.post("/documents/new", {"code": "WI-14", "item": str(skill.id)})
    (document,) = queries.documents(actor=firm.owner)
    new = {"code": "C", "effective_from": "2025-01-01", "grace_days": "0", "severity": "sign"}
    client.post(f"/documents/{document.id}", new)
    facts = holdings.Facts(obtained=date(2025, 6, 1), revision="C")
    held = holdings.record(actor=firm.owner, person_id=firm.person.id, item_id=skill.id, facts=facts, now=NOW)
    holdings.note_signature(
        actor=firm.owner, holding_id=held.id, giver="us", verdict="good", code="good", own=True, listed=True, now=NOW
    )
    assert "Nobody: everyone is on the revision in force." in client.get(f"/documents/{document.id}").content.decode()
    client.post(f"/documents/{document.id}", new | {"code": "D", "effective_from": "2026-05-01", "grace_days": "14"})
    page = client.get(f"/documents/{document.id}").content.decode()
    assert "1 person must sign again" in page and "by May 15" in page


def test_an_exemption_is_granted_with_a_reason_and_taken_back(client: Client, firm: Firm, sample: Any) -> None:
    client.force_login(firm.owner_user)
    hold, exempt = (f"/people/{firm.person.id}/{word}/{sample.id}" for word in ("hold", "exempt"))
    assert exempt in client.get(hold).content.decode()
    assert client.post(exempt, {"reason": "", "ends": "2026-08-01"}).status_code == 400
    assert client.post(exempt, {"reason": "Works at the desk until August", "ends": "2028-08-01"}).status_code == 400
    assert client.post(exempt, {"reason": "Works at the desk until August", "ends": "2026-08-01"}).status_code == 302
    assert "Exempt" in client.get("/").content.decode()
    page = client.get(hold).content.decode()
    assert "Exempt until August 1, 2026" in page and "Works at the desk until August" in page
    (granted,) = queries_of_talent.exemptions(actor=firm.owner, on=TODAY)
    assert client.post(f"/exemptions/{granted.id}/end").status_code == 302
    assert "Exempt until" not in client.get(hold).content.decode()


def test_an_outsider_finds_nothing(client: Client, firm: Firm, other_firm: Firm, sample: Any) -> None:
    client.force_login(other_firm.owner_user)
    for part in ("", "/edit", "/rule", "/need", "/head-count", "/archive"):
        assert client.get(f"/items/{sample.id}{part}").status_code == 404
    assert client.get(f"/people/{firm.person.id}/exempt/{sample.id}").status_code == 404
    assert "Forklift" not in client.get("/").content.decode()


def test_an_auditor_reads_the_board_and_is_offered_nothing_to_do(client: Client, firm: Firm, sample: Any) -> None:
    Member.objects.filter(org=firm.org, user=firm.supervisor_user).update(role="auditor")
    client.force_login(firm.supervisor_user)
    page = client.get("/").content.decode()
    assert "Expired" in page and "Rosa Delgado" in page
    assert "/give" not in page and "/import" not in page and "Preview the reminders" not in page
    assert client.post("/items/new", {"name": "First aid", "kind": "card"}).status_code == 403


def test_the_first_page_asks_the_database_little(
    client: Client, firm: Firm, sample: Any, django_assert_max_num_queries: Any
) -> None:
    client.force_login(firm.owner_user)
    client.get("/")
    for number in range(8):
        people.add_person(actor=firm.owner, name=f"Person {number}", now=NOW)
    client.get("/")
    with django_assert_max_num_queries(12):  # what was worked out is used again; the rest does not grow with the people
        assert "Person 7" in client.get("/").content.decode()
