"""The worked example of the design: a bakery on Friday 6 March, early shift. Every cell and the sum, counted by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from skillmark.rooms.holdings import operations as holdings
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.skills import operations as skills
from skillmark.rooms.talent import operations, queries
from skillmark.rooms.talent.rules import Reason, State
from tests.cast import Firm, make_firm

NOW = datetime(2026, 3, 6, 13, tzinfo=UTC)
FRIDAY = date(2026, 3, 6)
LONG_AGO = date(2020, 1, 1)


class Bakery:
    """Ana, Ben, Carla, Dev and Eve, and what they hold of the food card (FH), closing (CL) and the oven (OV)."""

    def __init__(self, owner: Actor, names: tuple[str, ...] = ("Ana", "Ben", "Carla", "Dev", "Eve")) -> None:
        self.owner = owner
        self.baker = people.add_position(actor=owner, names={"en": "Baker"}, now=NOW)
        self.people: dict[str, UUID] = {}
        for letter, name in zip("ABCDE", names, strict=True):
            self.people[letter] = people.add_person(actor=owner, name=name, now=NOW).id
        for person_id in self.people.values():
            people.assign(actor=owner, person_id=person_id, position_id=self.baker.id, starts=LONG_AGO, now=NOW)
        self.items = {
            "FH": self.item("Food handler card", "card", {"trust": "photo"}),
            "CL": self.item("Closes the line safely", "skill", {"validity": {"type": "no_end"}}),
            "OV": self.item("Oven set-up", "skill", {"validity": {"type": "no_end"}}, leveled=True, level=2),
        }
        self.card("A", date(2026, 5, 1), photo=True)
        self.card("B", date(2026, 3, 20), photo=True)
        self.card("C", date(2026, 2, 28), photo=True)
        self.card("D", date(2026, 12, 1))
        self.card("E", date(2027, 1, 31), looked_up=True)
        for who in "ABC":
            self.sign_off(who, "CL")
        for who, level in {"A": 3, "B": 1, "C": 2, "E": 2}.items():
            self.sign_off(who, "OV", level)
        operations.exempt(
            actor=owner, person_id=self.people["D"], item_id=self.items["OV"], reason="Works at the counter until July",
            starts=FRIDAY, ends=date(2026, 6, 30), now=NOW,
        )  # fmt: skip

    def item(self, name: str, kind: str, rule: dict[str, Any], *, leveled: bool = False, level: int | None = None) -> UUID:
        made = skills.add_item(
            actor=self.owner, kind=kind, names={"en": name}, starts=LONG_AGO, now=NOW, rule=rule, leveled=leveled
        )
        operations.require(
            actor=self.owner, item_id=made.id, target="position", position_id=self.baker.id, starts=LONG_AGO, level=level,
            now=NOW,
        )  # fmt: skip
        return made.id

    def card(self, who: str, ends: date, *, photo: bool = False, looked_up: bool = False) -> None:
        held = holdings.record(
            actor=self.owner, person_id=self.people[who], item_id=self.items["FH"], facts=holdings.Facts(ends=ends), now=NOW
        )
        if photo:
            added = holdings.add_photo(
                actor=self.owner, holding_id=held.id, body=b"card", media_type="image/jpeg", name="card.jpg", now=NOW
            )
            holdings.approve_photo(actor=self.owner, photo_id=added.id, now=NOW)
        if looked_up:
            holdings.log_look_up(
                actor=self.owner, holding_id=held.id, link="https://register.example/", looked_on=FRIDAY, confirmed=True,
                now=NOW, today=FRIDAY,
            )  # fmt: skip

    def sign_off(self, who: str, what: str, level: int | None = None) -> None:
        facts = holdings.Facts(obtained=date(2025, 9, 1), level=level)
        held = holdings.record(
            actor=self.owner, person_id=self.people[who], item_id=self.items[what], facts=facts, now=NOW, source="sign_off"
        )
        holdings.note_signature(
            actor=self.owner, holding_id=held.id, giver="Bakery", verdict="good", code="good", own=True, listed=False, now=NOW
        )

    def states(self) -> dict[str, list[State]]:
        rows = queries.board(actor=self.owner, on=FRIDAY).rows
        return {who: [rows[id_].cells[item].state for item in self.items.values()] for who, id_ in self.people.items()}


EXPECTED = {
    "A": [State.MET, State.MET, State.MET],
    "B": [State.MET_SOON, State.MET, State.BELOW_LEVEL],
    "C": [State.EXPIRED, State.MET, State.MET],
    "D": [State.BELOW_TRUST, State.MISSING, State.EXEMPT],
    "E": [State.MET, State.MISSING, State.MET],
}


@pytest.fixture
def bakery(db: None) -> Bakery:
    return Bakery(make_firm(name="Bakery", now=NOW).owner)


def test_every_cell_is_as_counted_by_hand(bakery: Bakery) -> None:
    assert bakery.states() == EXPECTED


def test_nine_of_fourteen(bakery: Bakery) -> None:
    counts = queries.board(actor=bakery.owner, on=FRIDAY).counts()
    assert (counts.compliant, counts.cells) == (9, 14)
    assert (counts.expired, counts.missing, counts.to_check) == (1, 2, 1)
    assert counts.within[30] == 1 and counts.within[60] == 2
    assert counts.ready == 2  # Ana, and the fixture's Rosa, of whom nothing is asked


def test_a_photo_and_a_look_up_are_told_apart(bakery: Bakery) -> None:
    rows = queries.board(actor=bakery.owner, on=FRIDAY).rows
    ana, dev, eve = (rows[bakery.people[who]].cells[bakery.items["FH"]] for who in "ADE")
    assert (ana.trust.name, eve.trust.name) == ("PHOTO", "SOURCE")
    assert dev.reason is Reason.CLAIMED


def test_names_make_no_difference(bakery: Bakery, other_firm: Firm) -> None:
    names = ("Zoë Ngata", "María José del Río", "李小龍", "X", "Mohammed Al-Amin")
    assert Bakery(other_firm.owner, names).states() == bakery.states()


def test_who_can_run_the_oven_alone(bakery: Bakery) -> None:
    answer = queries.who_can(actor=bakery.owner, item_id=bakery.items["OV"], on=FRIDAY)
    told = {name: [one.person.name for one in getattr(answer, name)] for name in ("here", "not_here", "with_help", "others")}
    assert told == {"here": ["Ana"], "not_here": [], "with_help": ["Carla", "Eve"], "others": ["Ben", "Dev"]}
    people.note_absence(actor=bakery.owner, person_id=bakery.people["A"], starts=FRIDAY, ends=FRIDAY, now=NOW)
    away = queries.who_can(actor=bakery.owner, item_id=bakery.items["OV"], on=FRIDAY)
    assert (away.here, [one.person.name for one in away.not_here]) == ((), ["Ana"])


def test_thirty_people_take_as_many_queries_as_five(bakery: Bakery) -> None:
    def asked(known_at: datetime | None) -> int:
        with CaptureQueriesContext(connection) as seen:
            queries.board(actor=bakery.owner, on=FRIDAY, known_at=known_at)
        return len(seen)

    later = NOW.replace(hour=20)

    def hire(at: int) -> None:
        person = people.add_person(actor=bakery.owner, name=f"Person {at}", now=NOW)
        people.assign(actor=bakery.owner, person_id=person.id, position_id=bakery.baker.id, starts=LONG_AGO, now=NOW)
        bakery.people[f"P{at}"] = person.id
        bakery.card(f"P{at}", date(2026, 5, 1), photo=True, looked_up=True)
        bakery.sign_off(f"P{at}", "CL")

    asked(None)  # now there is a board in memory; after something was written it is looked at once more
    hire(0)
    before = asked(None), asked(later)
    for at in range(1, 31):
        hire(at)
    assert (asked(None), asked(later)) == before
    assert len(queries.board(actor=bakery.owner, on=FRIDAY).people) == 37
