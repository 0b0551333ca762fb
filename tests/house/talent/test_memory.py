"""A board that was worked out is used again, and never once anything was written since."""

from __future__ import annotations

from datetime import date
from typing import Any

from skillmark.rooms.holdings import operations as holdings
from skillmark.rooms.people import operations as people
from skillmark.rooms.skills import operations as skills
from skillmark.rooms.skills.rules import SINCE_ALWAYS
from skillmark.rooms.talent import operations, queries
from skillmark.rooms.talent.queries.memory import Memory
from skillmark.rooms.talent.rules import State
from tests.cast import NOW, Firm

TODAY = date(2026, 5, 4)


def test_asked_again_it_takes_one_query(firm: Firm, django_assert_num_queries: Any) -> None:
    card = skills.add_item(actor=firm.owner, kind="card", names={"en": "First aid"}, starts=SINCE_ALWAYS, now=NOW)
    operations.require(actor=firm.owner, item_id=card.id, target="everyone", starts=SINCE_ALWAYS, now=NOW)
    first = queries.board(actor=firm.owner, on=TODAY)
    with django_assert_num_queries(1):
        assert queries.board(actor=firm.owner, on=TODAY) is first


def test_whatever_is_written_shows(firm: Firm) -> None:
    card = skills.add_item(actor=firm.owner, kind="card", names={"en": "First aid"}, starts=SINCE_ALWAYS, now=NOW)
    operations.require(actor=firm.owner, item_id=card.id, target="everyone", starts=SINCE_ALWAYS, now=NOW)

    def state() -> State:
        return queries.board(actor=firm.owner, on=TODAY).rows[firm.person.id].cells[card.id].state

    assert state() is State.MISSING
    facts = holdings.Facts(obtained=date(2026, 1, 1), ends=date(2028, 1, 1))
    held = holdings.record(actor=firm.owner, person_id=firm.person.id, item_id=card.id, facts=facts, now=NOW)
    assert state() is State.BELOW_TRUST
    holdings.log_look_up(
        actor=firm.owner, holding_id=held.id, link="https://example.org", looked_on=TODAY, confirmed=True, now=NOW, today=TODAY
    )
    assert state() is State.MET
    people.add_person(actor=firm.owner, name="Marcus Bell", now=NOW)
    assert len(queries.board(actor=firm.owner, on=TODAY).people) == 2
    holdings.withdraw(actor=firm.owner, holding_id=held.id, because="Entered for somebody else", now=NOW)
    assert state() is State.MISSING


def test_two_supervisors_of_different_sites_do_not_share_a_board(firm: Firm) -> None:
    from dataclasses import replace

    north = people.add_site(actor=firm.owner, name="North", now=NOW)
    south = people.add_site(actor=firm.owner, name="South", now=NOW)
    people.assign(actor=firm.owner, person_id=firm.person.id, site_id=north.id, starts=SINCE_ALWAYS, now=NOW)
    one, two = (replace(firm.supervisor, sites=frozenset({site.id})) for site in (north, south))
    assert len(queries.board(actor=one, on=TODAY).people) == 1
    assert queries.board(actor=two, on=TODAY).people == ()


def test_only_the_last_few_are_kept() -> None:
    memory: Memory[int] = Memory(most=2)
    made = []

    def make(value: int) -> int:
        made.append(value)
        return value

    for key in (1, 2, 3, 1):
        assert memory.get(key=key, version="a", make=lambda key=key: make(key)) == key
    assert made == [1, 2, 3, 1]
    memory.get(key=1, version="b", make=lambda: make(10))
    assert made[-1] == 10
