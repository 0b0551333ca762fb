"""A board that is kept up to date bit by bit is the board made from nothing, whatever was written in whatever order."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from importlib import import_module
from uuid import UUID

import pytest

from skillmark.errors import DomainError
from skillmark.rooms.holdings import operations as holdings
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.journal.rules import Memory
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries as people_queries
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.skills import operations as skills
from skillmark.rooms.skills.rules import SINCE_ALWAYS
from skillmark.rooms.talent import operations, queries
from skillmark.rooms.talent.rules import EVERYTHING, news
from tests.cast import NOW, Firm

TODAY, IN_MARCH = date(2026, 5, 4), date(2026, 3, 3)
KEEPING = [import_module(f"skillmark.rooms.talent.queries.{name}") for name in ("board", "held")]


@contextlib.contextmanager
def nothing_kept() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for module in KEEPING:
            patch.setattr(module, "_MEMORY", Memory(most=10**9, weigh=module._MEMORY._weigh))
        yield


class Life:
    """A small firm, and everything that may happen to its board."""

    def __init__(self, firm: Firm, seed: int) -> None:
        self.owner, self.chance = firm.owner, random.Random(seed)
        add = {"actor": self.owner, "now": NOW}
        self.items = [
            skills.add_item(kind="card", names={"en": name}, starts=SINCE_ALWAYS, rule={"due_days": 30}, **add).id
            for name in "ABCD"
        ]
        self.sites = [people.add_site(name=name, **add).id for name in ("North", "South")]
        self.positions = [people.add_position(names={"en": name}, **add).id for name in ("Welder", "Driver")]
        self.crew = [firm.person.id, *(people.add_person(name=name, **add).id for name in ("Ana", "Ben", "Carla"))]
        self.held: list[UUID] = []
        operations.require(item_id=self.items[0], target="everyone", starts=SINCE_ALWAYS, **add)
        self.whatever: list[Callable[[], object]] = [
            self.record, self.record, self.look_up, self.sign, self.dispute, self.withdraw, self.move, self.correct, self.add,
            self.leave, self.come_back, self.place, self.place, self.away, self.rename, self.merge, self.merge, self.merge,
            self.unmerge, self.require, self.stop, self.exempt, self.rule, self.link, self.archive, self.new_site, self.many,
        ]  # fmt: skip
        for _ in range(8):
            self.record()

    def happen(self) -> None:
        with contextlib.suppress(DomainError):  # such as a person merged with themself, or something without an end
            self.chance.choice(self.whatever)()

    def day(self) -> date:
        return TODAY - timedelta(days=self.chance.randrange(-20, 900))

    def facts(self) -> holdings.Facts:
        got = self.day()
        return holdings.Facts(obtained=got, ends=got + timedelta(days=self.chance.choice((60, 400, 730))))

    def person(self) -> UUID:
        return self.chance.choice(self.crew)

    def item(self) -> UUID:
        return self.chance.choice(self.items)

    def one(self) -> UUID:
        if not self.held:
            self.record()
        return self.chance.choice(self.held)

    def record(self) -> None:
        made = holdings.record(actor=self.owner, person_id=self.person(), item_id=self.item(), facts=self.facts(), now=NOW)
        self.held.append(made.id)

    def many(self) -> None:
        rows = [(self.person(), self.item(), self.facts()) for _ in range(2)]
        self.held += [one.id for one in holdings.record_many(actor=self.owner, rows=rows, now=NOW)]

    def look_up(self) -> None:
        holdings.log_look_up(
            actor=self.owner, holding_id=self.one(), link="https://example.org", looked_on=TODAY,
            confirmed=self.chance.random() < 0.8, now=NOW, today=TODAY,
        )  # fmt: skip

    def sign(self) -> None:
        holdings.note_signature(
            actor=self.owner, holding_id=self.one(), giver="A school", verdict=self.chance.choice(("good", "bad")), code="x",
            own=False, listed=True, now=NOW,
        )  # fmt: skip

    def dispute(self) -> None:
        settle = holdings.end_dispute if self.chance.random() < 0.5 else holdings.dispute
        settle(actor=self.owner, holding_id=self.one(), now=NOW)

    def withdraw(self) -> None:
        holdings.withdraw(actor=self.owner, holding_id=self.one(), because="Entered for somebody else", now=NOW)

    def move(self) -> None:
        self.held.append(holdings.move(actor=self.owner, holding_id=self.one(), person_id=self.person(), now=NOW).id)

    def correct(self) -> None:
        self.held.append(holdings.correct(actor=self.owner, holding_id=self.one(), facts=self.facts(), now=NOW).id)

    def add(self) -> None:
        self.crew.append(people.add_person(actor=self.owner, name=f"Person {len(self.crew)}", now=NOW).id)

    def leave(self) -> None:
        people.leave(actor=self.owner, person_id=self.person(), last=TODAY - timedelta(days=1), now=NOW)

    def come_back(self) -> None:
        people.take_back_leaving(actor=self.owner, person_id=self.person(), now=NOW)

    def place(self) -> None:
        people.assign(
            actor=self.owner, person_id=self.person(), starts=self.day(), position_id=self.chance.choice(self.positions),
            site_id=self.chance.choice(self.sites), instead=self.chance.random() < 0.7, now=NOW,
        )  # fmt: skip

    def away(self) -> None:
        people.note_absence(actor=self.owner, person_id=self.person(), starts=TODAY, ends=TODAY, now=NOW)

    def rename(self) -> None:
        name = f"Name {self.chance.randrange(99)}"
        people.change_person(
            actor=self.owner, person_id=self.person(), name=name, phone="", email="", language="es", now=NOW,
            hired_on=self.chance.choice((None, self.day())),
        )  # fmt: skip

    def merge(self) -> None:
        people.merge(actor=self.owner, keep_id=self.person(), other_id=self.person(), now=NOW)

    def unmerge(self) -> None:
        people.unmerge(actor=self.owner, other_id=self.person(), now=NOW)

    def require(self) -> None:
        operations.require(
            actor=self.owner, item_id=self.item(), starts=self.day(), now=NOW, must=self.chance.random() < 0.8,
            trust=self.chance.choice(("", "photo", "signed")),
            **self.chance.choice(
                [
                    {"target": "everyone"},
                    {"target": "site", "site_id": self.chance.choice(self.sites)},
                    {"target": "position", "position_id": self.chance.choice(self.positions)},
                ]
            ),
        )  # fmt: skip

    def stop(self) -> None:
        one = self.chance.choice(queries.requirements(actor=self.owner, on=TODAY) or [None])
        if one is not None:
            operations.stop_requiring(actor=self.owner, requirement_id=one.id, last=TODAY - timedelta(days=1), now=NOW)

    def exempt(self) -> None:
        operations.exempt(
            actor=self.owner, person_id=self.person(), item_id=self.item(), reason="Works at the desk", starts=IN_MARCH,
            ends=date(2026, 8, 1), now=NOW,
        )  # fmt: skip

    def rule(self) -> None:
        changed = self.chance.choice(({"lead_days": 90}, {"grace_days": 20}, {"trust": "photo"}, {"due_days": 5}))
        skills.change_rule(actor=self.owner, item_id=self.item(), starts=SINCE_ALWAYS, now=NOW, **changed)

    def link(self) -> None:
        kind = self.chance.choice(("satisfies", "prerequisite"))
        skills.link(
            actor=self.owner, kind=kind, first_id=self.item(), second_id=self.item(), starts=SINCE_ALWAYS, now=NOW
        )  # fmt: skip

    def archive(self) -> None:
        if self.chance.random() < 0.1:
            skills.archive_item(actor=self.owner, item_id=self.item(), now=NOW)

    def new_site(self) -> None:
        self.sites.append(people.add_site(actor=self.owner, name=f"Site {len(self.sites)}", now=NOW).id)


@pytest.mark.parametrize("seed", range(6))
def test_the_board_is_the_one_made_from_nothing(firm: Firm, seed: int) -> None:
    life = Life(firm, seed)
    north = replace(firm.supervisor, sites=frozenset(life.sites[:1]), today=TODAY)
    asked: list[tuple[Actor, date]] = [(firm.owner, TODAY), (firm.owner, IN_MARCH), (north, TODAY)]
    for at in range(16):
        for _ in range(life.chance.choice((1, 1, 3))):
            life.happen()
        for actor, on in asked if at % 3 == 0 else asked[:1]:
            kept = queries.board(actor=actor, on=on)
            with nothing_kept():
                assert queries.board(actor=actor, on=on) == kept, (seed, at, actor.label, on)
    assert people_queries.people(actor=firm.owner)


def test_what_nobody_knows_throws_everything_away() -> None:
    assert news([("holdings.photo.added", "0" * 32), ("rooms.of.tomorrow", "")]) == EVERYTHING
    assert news([("people.person.merged", ""), ("skills.rule.changed", "")]) == EVERYTHING
    one = UUID(int=1)
    assert news([("holdings.photo.added", str(one)), ("credentials.proof.given", "")]) == replace(
        EVERYTHING, held=frozenset({one}), rest=False
    )


def test_a_late_entry_below_a_full_window_throws_everything_away(firm: Firm) -> None:
    """Of two writers at once, the one with the lower ids may be seen later; who knows how many of them lie further down?"""
    since = import_module("skillmark.rooms.talent.queries.held").since
    old = tuple(range(5_000, 5_000 - journal.MOST, -1))
    assert since(actor=firm.owner, old=old, new=(5_001, *old[:-1])).held == frozenset()
    assert since(actor=firm.owner, old=old[:500] + tuple(one - 1 for one in old[500:]), new=old) == EVERYTHING
