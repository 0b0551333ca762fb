"""A board that was worked out is used again, and never once anything was written since."""

from __future__ import annotations

import contextlib
import random
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from skillmark.errors import DomainError
from skillmark.rooms.holdings import operations as holdings
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.journal.models import Entry
from skillmark.rooms.journal.rules import Memory
from skillmark.rooms.people import operations as people
from skillmark.rooms.skills import operations as skills
from skillmark.rooms.skills.rules import SINCE_ALWAYS
from skillmark.rooms.talent import operations, queries
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


def test_a_photo_sent_by_link_shows(firm: Firm) -> None:
    card = skills.add_item(actor=firm.owner, kind="card", names={"en": "First aid"}, starts=SINCE_ALWAYS, now=NOW)
    operations.require(actor=firm.owner, item_id=card.id, target="everyone", starts=SINCE_ALWAYS, now=NOW)
    queries.board(actor=firm.owner, on=TODAY)
    _, token = holdings.ask(actor=firm.owner, person_id=firm.person.id, item_id=card.id, now=NOW)
    holdings.use_ask(token=token, body=b"x", media_type="image/jpeg", name="a.jpg", now=NOW)
    cell = queries.board(actor=firm.owner, on=TODAY).rows[firm.person.id].cells[card.id]
    assert cell == queries.board(actor=firm.owner, on=TODAY, known_at=NOW).rows[firm.person.id].cells[card.id]
    assert cell.state is not State.MISSING


def test_two_supervisors_of_different_sites_do_not_share_a_board(firm: Firm) -> None:
    from dataclasses import replace

    north = people.add_site(actor=firm.owner, name="North", now=NOW)
    south = people.add_site(actor=firm.owner, name="South", now=NOW)
    people.assign(actor=firm.owner, person_id=firm.person.id, site_id=north.id, starts=SINCE_ALWAYS, now=NOW)
    one, two = (replace(firm.supervisor, sites=frozenset({site.id})) for site in (north, south))
    assert len(queries.board(actor=one, on=TODAY).people) == 1
    assert queries.board(actor=two, on=TODAY).people == ()


def test_what_one_person_hands_in_makes_only_their_row_anew(firm: Firm, django_assert_max_num_queries: Any) -> None:
    card = skills.add_item(actor=firm.owner, kind="card", names={"en": "First aid"}, starts=SINCE_ALWAYS, now=NOW)
    operations.require(actor=firm.owner, item_id=card.id, target="everyone", starts=SINCE_ALWAYS, now=NOW)
    other = people.add_person(actor=firm.owner, name="Marcus Bell", now=NOW)
    before = queries.board(actor=firm.owner, on=TODAY)
    facts = holdings.Facts(obtained=date(2026, 1, 1), ends=date(2028, 1, 1))
    holdings.record(actor=firm.owner, person_id=other.id, item_id=card.id, facts=facts, now=NOW)
    with django_assert_max_num_queries(9):
        after = queries.board(actor=firm.owner, on=TODAY)
    assert after.rows[firm.person.id] is before.rows[firm.person.id]
    assert after.rows[other.id].cells[card.id].state is State.BELOW_TRUST
    assert before.rows[other.id].cells[card.id].state is State.MISSING, "whoever still shows the old one is not confused"
    journal.write(org_id=firm.org.id, actor="", actor_id="", event="credentials.proof.given", now=NOW)
    assert queries.board(actor=firm.owner, on=TODAY) is not before
    assert queries.board(actor=firm.owner, on=TODAY).rows == after.rows


def test_somebody_new_or_moved_leaves_the_rows_of_all_others(firm: Firm) -> None:
    card = skills.add_item(actor=firm.owner, kind="card", names={"en": "First aid"}, starts=SINCE_ALWAYS, now=NOW)
    operations.require(actor=firm.owner, item_id=card.id, target="everyone", starts=SINCE_ALWAYS, now=NOW)
    before = queries.board(actor=firm.owner, on=TODAY)
    other = people.add_person(actor=firm.owner, name="Marcus Bell", now=NOW)
    welder = people.add_position(actor=firm.owner, names={"en": "Welder"}, now=NOW)
    operations.require(
        actor=firm.owner, item_id=card.id, target="position", position_id=welder.id, starts=SINCE_ALWAYS, level=None,
        trust="signed", now=NOW,
    )  # fmt: skip
    people.assign(actor=firm.owner, person_id=other.id, position_id=welder.id, starts=TODAY, now=NOW)
    after = queries.board(actor=firm.owner, on=TODAY)
    assert after.rows[firm.person.id] is before.rows[firm.person.id] and len(after.people) == 2
    assert after.positions == {welder.id: {"en": "Welder"}}


def test_another_day_is_worked_out_from_what_was_read_before(firm: Firm) -> None:
    card = skills.add_item(actor=firm.owner, kind="card", names={"en": "First aid"}, starts=SINCE_ALWAYS, now=NOW)
    operations.require(actor=firm.owner, item_id=card.id, target="everyone", starts=SINCE_ALWAYS, now=NOW)
    facts = holdings.Facts(obtained=date(2026, 1, 1), ends=date(2026, 5, 30))
    holdings.record(actor=firm.owner, person_id=firm.person.id, item_id=card.id, facts=facts, now=NOW)
    queries.board(actor=firm.owner, on=TODAY)
    with CaptureQueriesContext(connection) as asked:
        later = queries.board(actor=firm.owner, on=date(2026, 6, 1))
    assert later.rows[firm.person.id].cells[card.id].state is State.EXPIRED
    assert not [one for one in asked.captured_queries if "holdings_" in one["sql"]]


@pytest.mark.parametrize("written", [1, 999, 1000, 1001])
def test_after_a_flood_of_entries_nothing_is_missed(firm: Firm, written: int) -> None:
    """A holding, then so many entries about nobody that it may no longer be among the newest."""
    card = skills.add_item(actor=firm.owner, kind="card", names={"en": "First aid"}, starts=SINCE_ALWAYS, now=NOW)
    operations.require(actor=firm.owner, item_id=card.id, target="everyone", starts=SINCE_ALWAYS, now=NOW)
    queries.board(actor=firm.owner, on=TODAY)
    facts = holdings.Facts(obtained=date(2026, 1, 1), ends=date(2028, 1, 1))
    holdings.record(actor=firm.owner, person_id=firm.person.id, item_id=card.id, facts=facts, now=NOW)
    Entry.objects.bulk_create(
        Entry(org_id=firm.org.id, actor="", actor_id="", event="credentials.offer.made", at=NOW) for _ in range(written)
    )
    told = queries.board(actor=firm.owner, on=TODAY).rows[firm.person.id].cells[card.id].state
    assert told is State.BELOW_TRUST


@pytest.mark.parametrize("seed", range(6))
def test_a_board_made_bit_by_bit_is_the_board_made_at_once(firm: Firm, seed: int) -> None:
    chance, owner = random.Random(seed), firm.owner
    items = [skills.add_item(actor=owner, kind="card", names={"en": name}, starts=SINCE_ALWAYS, now=NOW).id for name in "ABC"]
    for item_id in items:
        operations.require(actor=owner, item_id=item_id, target="everyone", starts=SINCE_ALWAYS, now=NOW)
    crew = [firm.person.id, *(people.add_person(actor=owner, name=name, now=NOW).id for name in ("Ana", "Ben"))]
    held: list[UUID] = []

    def change() -> None:
        what = chance.randrange(7)
        if what < 2 or not held:
            facts = holdings.Facts(obtained=date(2026, 1, chance.randint(1, 28)), ends=date(2028, 1, 1))
            person_id, item_id = chance.choice(crew), chance.choice(items)
            made = holdings.record(actor=owner, person_id=person_id, item_id=item_id, facts=facts, now=NOW)
            held.append(made.id)
            return
        one = held[chance.randrange(len(held))]
        if what == 2:
            holdings.log_look_up(
                actor=owner, holding_id=one, link="https://example.org", looked_on=TODAY, confirmed=True, now=NOW, today=TODAY
            )  # fmt: skip
        elif what == 3:
            holdings.note_signature(
                actor=owner, holding_id=one, giver="A school", verdict="good", code="good", own=False, listed=True, now=NOW
            )
        elif what == 4:
            holdings.dispute(actor=owner, holding_id=one, now=NOW)
        elif what == 5:
            held[held.index(one)] = holdings.move(actor=owner, holding_id=one, person_id=chance.choice(crew), now=NOW).id
        else:
            held.remove(one)
            holdings.withdraw(actor=owner, holding_id=one, because="Entered for somebody else", now=NOW)

    for _ in range(15):
        with contextlib.suppress(DomainError):  # such as moving something to whoever has it
            change()
        bit_by_bit = queries.board(actor=owner, on=TODAY)
        at_once = queries.board(actor=owner, on=TODAY, known_at=NOW + timedelta(days=1))
        assert bit_by_bit.rows == at_once.rows


def test_only_the_last_few_are_kept() -> None:
    memory: Memory[str, int] = Memory(most=2)
    made = []

    def make(value: int) -> int:
        made.append(value)
        return value

    for key in (1, 2, 3, 1):
        assert memory.get(key=key, version="a", make=lambda _, key=key: make(key)) == key
    assert made == [1, 2, 3, 1]
    assert memory.get(key=1, version="b", make=lambda known: make(10 if known == ("a", 1) else 0)) == 10


def test_they_are_weighed_and_the_last_one_is_kept_however_heavy() -> None:
    memory: Memory[str, int] = Memory(most=10, weigh=lambda thing: thing)

    def kept(key: int) -> bool:
        return memory.get(key=key, version="a", make=lambda _: 0) == key

    for key in (3, 4, 5):
        memory.get(key=key, version="a", make=lambda _, key=key: key)
    assert (kept(4), kept(5)) == (True, True) and not kept(3)
    memory.get(key=11, version="a", make=lambda _: 11)
    assert kept(11) and not kept(5)
