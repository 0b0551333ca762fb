"""What was known yesterday does not change with what is written down today, whatever that is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from skillmark.errors import DomainError
from skillmark.rooms.holdings import operations as holdings
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries as people_queries
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.skills import operations as skills
from skillmark.rooms.skills import queries as skill_queries
from skillmark.rooms.talent import operations, queries
from tests.cast import Firm, make_firm

BEFORE = datetime.fromisoformat("2026-04-20T12:00:00+00:00")
YESTERDAY = datetime.fromisoformat("2026-05-03T23:59:00+00:00")
NOW = datetime.fromisoformat("2026-05-04T12:00:00+00:00")
TODAY = date(2026, 5, 4)
LONG_AGO = date(2020, 1, 1)
DAYS = (date(2026, 3, 3), date(2026, 5, 3), date(2026, 9, 1))


@dataclass
class World:
    """Three people, three items, a document in its second revision, and something of each kind that can be known."""

    owner: Actor
    people: list[UUID] = field(default_factory=list)
    items: list[UUID] = field(default_factory=list)
    held: list[UUID] = field(default_factory=list)
    made: dict[str, UUID] = field(default_factory=dict)

    def board(self, on: date, known_at: datetime | None = YESTERDAY) -> Any:
        found = queries.board(actor=self.owner, on=on, known_at=known_at)
        return found.people, [one.id for one in found.columns], {id_: row.cells for id_, row in found.rows.items()}

    def said(self) -> list[Any]:
        return [self.board(on) for on in DAYS]


def make_world(owner: Actor, now: datetime = BEFORE) -> World:
    world = World(owner)
    position = people.add_position(actor=owner, names={"en": "Operator"}, now=now)
    document = skills.add_document(actor=owner, code="WI-14", now=now)
    skills.raise_revision(actor=owner, document_id=document.id, code="C", effective_from=LONG_AGO, now=now)
    for name, more in (("Forklift", {}), ("First aid", {"trust": "photo"}), ("Cell 3", {"document_id": document.id})):
        rule = {"validity": {"type": "months", "months": 36}, "stale_days": 400, "due_days": 10, **more}
        item = skills.add_item(actor=owner, kind="card", names={"en": name}, starts=LONG_AGO, now=now, rule=rule)
        needed = operations.require(
            actor=owner, item_id=item.id, target="position", position_id=position.id, starts=LONG_AGO, now=now
        )
        world.items.append(item.id)
        world.made[name] = needed.id
    for name in ("Ana", "Ben", "Eve"):
        person = people.add_person(actor=owner, name=name, now=now)
        placed = people.assign(actor=owner, person_id=person.id, position_id=position.id, starts=date(2024, 1, 1), now=now)
        world.people.append(person.id)
        world.made[name] = placed.id
        for item_id in world.items[:-1]:
            facts = holdings.Facts(obtained=date(2025, 1, 10), revision="C")
            world.held.append(holdings.record(actor=owner, person_id=person.id, item_id=item_id, facts=facts, now=now).id)
    photo = holdings.add_photo(actor=owner, holding_id=world.held[1], body=b"card", media_type="image/png", name="", now=now)
    link = skills.link(
        actor=owner, kind="satisfies", first_id=world.items[0], second_id=world.items[2], starts=LONG_AGO, now=now
    )
    exemption = operations.exempt(
        actor=owner, person_id=world.people[2], item_id=world.items[2], reason="Works at the counter", starts=TODAY,
        ends=date(2026, 12, 1), now=now,
    )  # fmt: skip
    away = people.note_absence(actor=owner, person_id=world.people[1], starts=LONG_AGO, ends=TODAY, now=now)
    world.made |= {
        "position": position.id, "document": document.id, "photo": photo.id, "link": link.id, "exemption": exemption.id,
        "away": away.id,
    }  # fmt: skip
    return world


Change = Callable[[World, int, date], object]


def _changes(now: datetime = NOW) -> dict[str, Change]:
    """Everything that can be written down of these rooms: (world, some number, some day)."""

    def look(w: World, n: int, day: date) -> object:
        return holdings.log_look_up(
            actor=w.owner, holding_id=w.held[n % 6], link="https://x.example", looked_on=min(day, TODAY), confirmed=n % 3 != 0,
            now=now, today=TODAY,
        )  # fmt: skip

    def sign(w: World, n: int, day: date) -> object:
        return holdings.note_signature(
            actor=w.owner, holding_id=w.held[n % 6], giver="Board", verdict=("good", "bad", "unknown")[n % 3],
            code=("good", "dates.expired", "status.unknown")[n % 3], own=False, listed=True, now=now,
        )  # fmt: skip

    facts = holdings.Facts
    return {
        "record": lambda w, n, day: holdings.record(
            actor=w.owner, person_id=w.people[n % 3], item_id=w.items[n % 2], facts=facts(obtained=day, level=None), now=now
        ),
        "correct": lambda w, n, day: holdings.correct(
            actor=w.owner, holding_id=w.held[n % 6], facts=facts(ends=day), now=now
        ),
        "withdraw": lambda w, n, day: holdings.withdraw(
            actor=w.owner, holding_id=w.held[n % 6], because="Typed twice", now=now
        ),
        "move": lambda w, n, day: holdings.move(
            actor=w.owner, holding_id=w.held[n % 6], person_id=w.people[n % 3], now=now
        ),
        "dispute": lambda w, n, day: holdings.dispute(actor=w.owner, holding_id=w.held[n % 6], now=now),
        "look up": look,
        "sign": sign,
        "late note": lambda w, n, day: holdings.note_late(actor=w.owner, holding_id=w.held[n % 6], text="Done since", now=now),
        "approve": lambda w, n, day: holdings.approve_photo(actor=w.owner, photo_id=w.made["photo"], now=now),
        "remove": lambda w, n, day: holdings.remove_photo(actor=w.owner, photo_id=w.made["photo"], now=now),
        "photo": lambda w, n, day: holdings.add_photo(
            actor=w.owner, holding_id=w.held[n % 6], body=b"x", media_type="image/png", name="", now=now
        ),
        "require": lambda w, n, day: operations.require(
            actor=w.owner, item_id=w.items[n % 3], target="everyone", starts=day, must=n % 2 == 0, now=now
        ),
        "require again": lambda w, n, day: operations.require(
            actor=w.owner, item_id=w.items[n % 3], target="position", position_id=w.made["position"], starts=day,
            trust="signed", now=now,
        ),
        "stop requiring": lambda w, n, day: operations.stop_requiring(
            actor=w.owner, requirement_id=w.made["Forklift"], last=day, now=now
        ),
        "exempt": lambda w, n, day: operations.exempt(
            actor=w.owner, person_id=w.people[n % 3], item_id=w.items[n % 3], reason="On another line", starts=day,
            ends=day + timedelta(days=300), now=now,
        ),
        "end exemption": lambda w, n, day: operations.end_exemption(
            actor=w.owner, exemption_id=w.made["exemption"], now=now, last=day if n % 2 else None
        ),
        "rule": lambda w, n, day: skills.change_rule(
            actor=w.owner, item_id=w.items[n % 3], starts=day, now=now, validity={"type": "months", "months": 12}
        ),
        "archive": lambda w, n, day: skills.archive_item(actor=w.owner, item_id=w.items[n % 3], now=now),
        "link": lambda w, n, day: skills.link(
            actor=w.owner, kind="needs_first", first_id=w.items[n % 3], second_id=w.items[(n + 1) % 3], starts=day, now=now
        ),
        "unlink": lambda w, n, day: skills.unlink(
            actor=w.owner, link_id=w.made["link"], now=now, last=day if n % 2 else None
        ),
        "revise": lambda w, n, day: skills.raise_revision(
            actor=w.owner, document_id=w.made["document"], code="DC"[n % 2], effective_from=day, now=now
        ),
        "assign": lambda w, n, day: people.assign(
            actor=w.owner, person_id=w.people[n % 3], starts=day, now=now, instead=n % 2 == 0,
            ends=day + timedelta(days=30) if n % 5 == 0 else None,
        ),
        "unassign": lambda w, n, day: people.end_assignment(
            actor=w.owner, assignment_id=w.made["Ana"], last=day, now=now
        ),
        "away": lambda w, n, day: people.note_absence(
            actor=w.owner, person_id=w.people[n % 3], starts=day, ends=day + timedelta(days=90), now=now
        ),
        "not away": lambda w, n, day: people.end_absence(actor=w.owner, absence_id=w.made["away"], now=now),
        "hire": lambda w, n, day: people.add_person(actor=w.owner, name="Newcomer", now=now),
        "leave": lambda w, n, day: people.leave(actor=w.owner, person_id=w.people[n % 3], last=day, now=now),
        "merge": lambda w, n, day: people.merge(
            actor=w.owner, keep_id=w.people[n % 3], other_id=w.people[(n + 1) % 3], now=now
        ),
    }  # fmt: skip


CHANGES = _changes()


@pytest.fixture
def world(db: None) -> World:
    return make_world(make_firm(name="Shop", now=BEFORE).owner)


@pytest.mark.parametrize("what", sorted(CHANGES))
@pytest.mark.parametrize("n", range(2))
def test_each_change_leaves_yesterday_alone(world: World, what: str, n: int) -> None:
    before, today = world.said(), [world.board(on, None) for on in DAYS]
    CHANGES[what](world, n, date(2026, 2, 1))
    same = world.said() == before
    assert same  # the values themselves are too long to print
    shows = [world.board(on, None) for on in DAYS] != today
    assert shows or n or what in _MAY_SHOW_NOTHING, "the change did nothing: the test would be empty"


# Their effect depends on what else is there.
_MAY_SHOW_NOTHING = {"late note", "exempt", "link", "dispute", "photo", "approve", "remove", "revise", "require again"}


# Each try asks a database some hundred things: a few will do, and a failure is told as it was found.
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], phases=[Phase.generate])
@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(CHANGES)), st.integers(0, 29), st.dates(date(2024, 1, 1), date(2026, 12, 31))),
        min_size=2, max_size=8,
    )
)  # fmt: skip
def test_no_series_of_changes_does(world: World, steps: list[tuple[str, int, date]]) -> None:
    with transaction.atomic():
        before = world.said()
        for what, n, day in steps:
            try:
                with transaction.atomic():
                    CHANGES[what](world, n, day)
            except DomainError:
                continue  # a rule said no: nothing was written
        same = world.said() == before
        transaction.set_rollback(True)
    assert same


def test_what_is_written_today_is_known_today_of_a_past_day(world: World) -> None:
    """The other clock: the inspector asks in May who was qualified in March, and a look-up of today speaks for it."""
    on, person, card = DAYS[0], world.people[0], world.items[0]
    holdings.log_look_up(
        actor=world.owner, holding_id=world.held[0], link="https://x.example", looked_on=TODAY, confirmed=True, now=NOW,
        today=TODAY,
    )  # fmt: skip
    assert queries.board(actor=world.owner, on=on).rows[person].cells[card].compliant
    assert not queries.board(actor=world.owner, on=on, known_at=YESTERDAY).rows[person].cells[card].compliant


def test_a_day_before_a_change_keeps_the_rule_and_the_need_that_it_had(world: World) -> None:
    owner, card = world.owner, world.items[0]
    skills.change_rule(actor=owner, item_id=card, starts=TODAY, now=NOW, trust="photo", lead_days=7)
    operations.require(
        actor=owner, item_id=card, target="position", position_id=world.made["position"], starts=TODAY, must=False, now=NOW
    )
    march, may = (queries.board(actor=owner, on=on) for on in (DAYS[0], TODAY))
    assert march.rows[world.people[0]].cells[card].must and not may.rows[world.people[0]].cells[card].must
    assert (march.column(card).restraint.lead_days, may.column(card).restraint.lead_days) == (30, 7)
    kept = skill_queries.rule(actor=owner, item_id=card, on=TODAY, known_at=NOW)
    assert (kept.stale_days, kept.trust) == (400, "photo")  # what was not named stays


def test_a_new_revision_leaves_last_month_green(world: World) -> None:
    owner, cell3 = world.owner, world.items[2]
    for person_id in world.people[:2]:
        facts = holdings.Facts(obtained=date(2025, 6, 1), revision="C")
        held = holdings.record(actor=owner, person_id=person_id, item_id=cell3, facts=facts, now=NOW)
        holdings.note_signature(
            actor=owner, holding_id=held.id, giver="Shop", verdict="good", code="good", own=False, listed=True, now=NOW
        )
    skills.raise_revision(
        actor=owner, document_id=world.made["document"], code="D", effective_from=date(2026, 5, 1), grace_days=14, now=NOW
    )
    for on, state in (
        (date(2026, 4, 30), "met"), (date(2026, 5, 1), "revision_grace"), (date(2026, 5, 15), "revision_grace"),
        (date(2026, 5, 16), "revision_old"),
    ):  # fmt: skip
        rows = queries.board(actor=owner, on=on).rows
        assert {rows[one].cells[cell3].state for one in world.people[:2]} == {state}, on


def test_a_move_backdated_today_changes_march_as_it_is_known_now_only(world: World) -> None:
    welder = people.add_position(actor=world.owner, names={"en": "Welder"}, now=NOW)
    people.assign(actor=world.owner, person_id=world.people[0], position_id=welder.id, starts=date(2026, 2, 1), now=NOW)
    now, then = (
        queries.board(actor=world.owner, on=DAYS[0], known_at=known).rows[world.people[0]] for known in (None, YESTERDAY)
    )
    assert not now.cells and set(then.cells) == set(world.items)
    january = queries.board(actor=world.owner, on=date(2026, 1, 15)).rows[world.people[0]]
    assert set(january.cells) == set(world.items)
    assert [one.position_id for one in people_queries.assignments(actor=world.owner, person_id=world.people[0])] == [
        world.made["position"], welder.id,
    ]  # fmt: skip


def test_yesterday_is_nobody_elses(world: World, other_firm: Firm) -> None:
    found = queries.board(actor=other_firm.owner, on=TODAY, known_at=NOW + timedelta(days=1))
    assert {one.id for one in found.people} == {other_firm.person.id} and not found.columns
