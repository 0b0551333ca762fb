"""Requirements, head-counts and exemptions: who needs what from when, and how it was known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest

from skillmark.errors import DomainError, NotFound
from skillmark.rooms.holdings import operations as holdings
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.operations import CannotDo
from skillmark.rooms.people.rules import Actor, Role
from skillmark.rooms.skills import operations as skills
from skillmark.rooms.talent import operations, queries
from skillmark.rooms.talent.rules import State
from tests.cast import NOW, Firm

LONG_AGO, TODAY = date(2020, 1, 1), date(2026, 5, 4)
LATER = NOW + timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def item(firm: Firm) -> UUID:
    return skills.add_item(actor=firm.owner, kind="skill", names={"en": "Oven"}, starts=LONG_AGO, now=NOW, leveled=True).id


def require(firm: Firm, item: UUID, **parts: Any) -> Any:
    plain: dict[str, Any] = {"target": "everyone", "starts": LONG_AGO, "now": NOW}
    return operations.require(actor=firm.owner, item_id=item, **{**plain, **parts})


def refused(code: str, door: Callable[[], object]) -> None:
    with pytest.raises(DomainError) as no:
        door()
    assert no.value.code == code


def levels(firm: Firm, on: date, known_at: Any = None) -> list[int]:
    return sorted(one.level or 0 for one in queries.requirements(actor=firm.owner, on=on, known_at=known_at))


def test_a_new_requirement_takes_the_days_of_the_old_and_no_more(firm: Firm, item: UUID) -> None:
    require(firm, item, level=1)
    require(firm, item, level=2, starts=TODAY, now=LATER)
    assert (levels(firm, TODAY - DAY), levels(firm, TODAY), levels(firm, TODAY, NOW)) == ([1], [2], [1])
    require(firm, item, level=3, starts=TODAY + 10 * DAY, ends=TODAY + 19 * DAY, now=LATER)
    told = [levels(firm, TODAY + days * DAY) for days in (-1, 0, 9, 10, 19, 20, 400)]
    assert told == [[1], [2], [2], [3], [3], [2], [2]]
    require(firm, item, level=4, now=LATER)
    assert [levels(firm, TODAY + days * DAY) for days in (-1, 10, 400)] == [[4], [4], [4]]


def test_a_contract_is_one_however_it_is_spelled(firm: Firm, item: UUID) -> None:
    require(firm, item, target="contract", contract="City of  Dayton", level=1)
    require(firm, item, target="contract", contract="CITY OF DAYTON", level=2, now=LATER)
    assert levels(firm, TODAY) == [2]
    people.assign(actor=firm.owner, person_id=firm.person.id, contract="city of dayton", starts=LONG_AGO, now=NOW)
    assert set(queries.board(actor=firm.owner, on=TODAY).rows[firm.person.id].cells) == {item}


def test_it_ends_and_the_days_before_keep_it(firm: Firm, item: UUID) -> None:
    made = require(firm, item, level=1)
    operations.stop_requiring(actor=firm.owner, requirement_id=made.id, last=TODAY, now=LATER)
    assert (levels(firm, TODAY), levels(firm, TODAY + DAY), levels(firm, TODAY + DAY, NOW)) == ([1], [], [1])
    with pytest.raises(NotFound):
        operations.stop_requiring(actor=firm.owner, requirement_id=made.id, last=TODAY, now=LATER)
    [left] = queries.requirements(actor=firm.owner, on=TODAY)
    operations.stop_requiring(actor=firm.owner, requirement_id=left.id, last=TODAY + 90 * DAY, now=LATER)
    assert levels(firm, TODAY + DAY) == []  # it is not made longer by stopping it


def test_two_that_ask_for_one_item_are_met_by_the_stricter(firm: Firm, item: UUID) -> None:
    position = people.add_position(actor=firm.owner, names={"en": "Baker"}, now=NOW)
    people.assign(actor=firm.owner, person_id=firm.person.id, position_id=position.id, starts=LONG_AGO, now=NOW)
    require(firm, item, level=2, must=False)
    require(firm, item, target="position", position_id=position.id, level=3, trust="signed")
    facts = holdings.Facts(no_end=True, level=2)
    holdings.record(actor=firm.owner, person_id=firm.person.id, item_id=item, facts=facts, now=NOW)
    cell = queries.board(actor=firm.owner, on=TODAY).rows[firm.person.id].cells[item]
    assert (cell.state, cell.must) == (State.BELOW_LEVEL, True)


def test_late_stays_late_on_another_shift(firm: Firm) -> None:
    owner, person = firm.owner, firm.person.id
    position = people.add_position(actor=owner, names={"en": "Baker"}, now=NOW)
    card = skills.add_item(
        actor=owner, kind="check", names={"en": "Record check"}, starts=LONG_AGO, now=NOW, rule={"due_days": 0}
    )
    require(firm, card.id, target="position", position_id=position.id)
    people.assign(actor=owner, person_id=person, position_id=position.id, starts=date(2026, 1, 1), now=NOW)
    facts = holdings.Facts(obtained=date(2026, 1, 10), no_end=True)
    holdings.record(actor=owner, person_id=person, item_id=card.id, facts=facts, now=NOW)

    def days_late() -> list[int]:
        return [one.days for one in queries.row_of(actor=owner, person_id=person, on=TODAY).cells[card.id].lates]

    assert days_late() == [9]
    people.assign(actor=owner, person_id=person, position_id=position.id, contract="Dayton", starts=date(2026, 3, 1), now=NOW)
    assert days_late() == [9]
    other = people.add_position(actor=owner, names={"en": "Driver"}, now=NOW)
    people.assign(
        actor=owner, person_id=person, position_id=other.id, starts=date(2026, 4, 1), ends=date(2026, 4, 10), now=NOW
    )
    assert days_late() == [9]


def test_whoever_comes_back_after_a_break_has_their_days_again(firm: Firm, item: UUID) -> None:
    position = people.add_position(actor=firm.owner, names={"en": "Baker"}, now=NOW)
    skills.change_rule(actor=firm.owner, item_id=item, starts=LONG_AGO, now=NOW, due_days=30)
    require(firm, item, target="position", position_id=position.id)
    for first, last in ((date(2024, 5, 1), date(2024, 9, 30)), (date(2026, 5, 1), None)):
        people.assign(actor=firm.owner, person_id=firm.person.id, position_id=position.id, starts=first, ends=last, now=NOW)
    cell = queries.row_of(actor=firm.owner, person_id=firm.person.id, on=TODAY).cells[item]
    assert (cell.state, cell.grace_until) == (State.DUE_LATER, date(2026, 5, 31))


def test_an_item_off_the_board_stays_on_that_of_days_before(firm: Firm, item: UUID) -> None:
    require(firm, item)
    skills.archive_item(actor=firm.owner, item_id=item, now=NOW)
    shown = [len(queries.board(actor=firm.owner, on=on).columns) for on in (TODAY - DAY, TODAY, TODAY + DAY)]
    assert shown == [1, 0, 0]
    assert len(queries.board(actor=firm.owner, on=TODAY, known_at=NOW - timedelta(minutes=1)).columns) == 0  # not yet there


def test_one_counts_as_another_over_three_links_and_no_further(firm: Firm) -> None:
    chain = [
        skills.add_item(actor=firm.owner, kind="card", names={"en": name}, starts=LONG_AGO, now=NOW).id for name in "ABCDE"
    ]
    for first, second in zip(chain[1:], chain, strict=False):
        skills.link(actor=firm.owner, kind="satisfies", first_id=first, second_id=second, starts=LONG_AGO, now=NOW)
    require(firm, chain[0])
    for at, state in ((4, State.MISSING), (3, State.BELOW_TRUST)):
        facts = holdings.Facts(ends=date(2030, 1, 1))
        holdings.record(actor=firm.owner, person_id=firm.person.id, item_id=chain[at], facts=facts, now=NOW)
        cell = queries.board(actor=firm.owner, on=TODAY).rows[firm.person.id].cells[chain[0]]
        assert cell.state is state
    assert cell.path == (chain[3], chain[2], chain[1])


def test_accepted_for_one_position_only_beside_a_cap_for_all(firm: Firm, item: UUID) -> None:
    other = skills.add_item(actor=firm.owner, kind="skill", names={"en": "Grill"}, starts=LONG_AGO, now=NOW, leveled=True).id
    baker = people.add_position(actor=firm.owner, names={"en": "Baker"}, now=NOW)
    skills.link(
        actor=firm.owner, kind="satisfies", first_id=other, second_id=item, position_id=baker.id, starts=LONG_AGO, now=NOW
    )
    skills.link(actor=firm.owner, kind="satisfies", first_id=other, second_id=item, level_cap=1, starts=LONG_AGO, now=NOW)
    require(firm, item, level=1)
    facts = holdings.Facts(level=3, no_end=True)
    holdings.record(actor=firm.owner, person_id=firm.person.id, item_id=other, facts=facts, now=NOW)
    assert queries.board(actor=firm.owner, on=TODAY).rows[firm.person.id].cells[item].level == 1
    people.assign(actor=firm.owner, person_id=firm.person.id, position_id=baker.id, starts=LONG_AGO, now=NOW)
    assert queries.board(actor=firm.owner, on=TODAY).rows[firm.person.id].cells[item].level == 3


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"target": "moon"}, "requirement.target"),
        ({"target": "position"}, "requirement.target"),
        ({"target": "site"}, "requirement.target"),
        ({"target": "contract", "contract": "  "}, "requirement.target"),
        ({"level": 5}, "requirement.level"),
        ({"level": 0}, "requirement.level"),
        ({"trust": "claimed"}, "rule.trust"),
        ({"ends": LONG_AGO - DAY}, "requirement.ends_before"),
    ],
)
def test_a_requirement_that_is_none(firm: Firm, item: UUID, parts: dict[str, Any], code: str) -> None:
    refused(code, lambda: require(firm, item, **parts))


def test_levels_are_for_skills_with_levels(firm: Firm) -> None:
    card = skills.add_item(actor=firm.owner, kind="card", names={"en": "Card"}, starts=LONG_AGO, now=NOW)
    refused("requirement.level", lambda: require(firm, card.id, level=2))


def test_a_head_count_ends_or_was_never_there(firm: Firm, item: UUID) -> None:
    def made(**parts: Any) -> Any:
        plain: dict[str, Any] = {"item_ids": [item], "n": 2, "starts": LONG_AGO, "now": NOW}
        return operations.require_head_count(actor=firm.owner, **{**plain, **parts})

    wrong: tuple[dict[str, Any], ...] = ({"n": 0}, {"n": 501}, {"item_ids": []})
    for parts in wrong:
        with pytest.raises(DomainError) as no:
            made(**parts)
        assert no.value.code == "head_count.n"

    def told(on: date, known_at: Any = None) -> int:
        return len(queries.head_counts(actor=firm.owner, on=on, known_at=known_at))

    operations.stop_head_count(actor=firm.owner, head_count_id=made().id, now=LATER, last=TODAY)
    assert (told(TODAY), told(TODAY + DAY), told(TODAY + DAY, NOW)) == (1, 0, 1)
    operations.stop_head_count(actor=firm.owner, head_count_id=made(starts=TODAY + DAY).id, now=LATER)
    assert (told(TODAY), told(TODAY + DAY)) == (1, 0)


def test_an_exemption_has_a_reason_and_an_end_within_a_year(firm: Firm, item: UUID) -> None:
    def exempt(**parts: Any) -> Any:
        plain: dict[str, Any] = {"reason": "Works at the counter", "starts": TODAY, "ends": TODAY + DAY, "now": NOW}
        return operations.exempt(actor=firm.owner, person_id=firm.person.id, item_id=item, **{**plain, **parts})

    wrong: tuple[tuple[dict[str, Any], str], ...] = (
        ({"reason": " "}, "exemption.reason_missing"), ({"reason": "x" * 501}, "exemption.reason_missing"),
        ({"reason": "She is pregnant"}, "text.health"), ({"reason": "Rosa is lazy"}, "text.opinion"),
        ({"ends": TODAY - DAY}, "exemption.too_long"), ({"ends": date(2027, 5, 5)}, "exemption.too_long"),
    )  # fmt: skip
    for parts, code in wrong:
        with pytest.raises(DomainError) as no:
            exempt(**parts)
        assert no.value.code == code
    made = exempt(ends=date(2027, 5, 4))
    require(firm, item, level=1)

    def state(on: date, known_at: Any = None) -> State:
        return queries.board(actor=firm.owner, on=on, known_at=known_at).rows[firm.person.id].cells[item].state

    assert (state(TODAY - DAY), state(TODAY), state(date(2027, 5, 5))) == (State.MISSING, State.EXEMPT, State.MISSING)
    operations.end_exemption(actor=firm.owner, exemption_id=made.id, now=LATER, last=TODAY)
    assert (state(TODAY), state(TODAY + DAY), state(TODAY + DAY, NOW)) == (State.EXEMPT, State.MISSING, State.EXEMPT)
    [left] = queries.exemptions(actor=firm.owner, on=TODAY)
    operations.end_exemption(actor=firm.owner, exemption_id=left.id, now=LATER)
    assert state(TODAY) is State.MISSING


def _doors(firm: Firm, item: UUID, requirement: UUID, exemption: UUID, actor: Actor) -> list[Callable[[], object]]:
    return [
        lambda: operations.require(actor=actor, item_id=item, target="everyone", starts=TODAY, now=NOW),
        lambda: operations.stop_requiring(actor=actor, requirement_id=requirement, last=TODAY, now=NOW),
        lambda: operations.require_head_count(actor=actor, item_ids=[item], n=1, starts=TODAY, now=NOW),
        lambda: operations.stop_head_count(actor=actor, head_count_id=uuid4(), now=NOW),
        lambda: operations.exempt(
            actor=actor, person_id=firm.person.id, item_id=item, reason="Counter", starts=TODAY, ends=TODAY, now=NOW
        ),
        lambda: operations.end_exemption(actor=actor, exemption_id=exemption, now=NOW),
    ]


def test_nobody_else_gets_in(firm: Firm, other_firm: Firm, item: UUID) -> None:
    made = require(firm, item)
    exempt = operations.exempt(
        actor=firm.owner, person_id=firm.person.id, item_id=item, reason="Counter", starts=TODAY, ends=TODAY, now=NOW
    )
    for door in _doors(firm, item, made.id, exempt.id, other_firm.owner):
        with pytest.raises(NotFound):
            door()
    for door in _doors(firm, item, made.id, exempt.id, replace(firm.supervisor, role=Role.AUDITOR)):
        with pytest.raises(CannotDo):
            door()
    north = people.add_site(actor=firm.owner, name="North", now=NOW)
    elsewhere = replace(firm.supervisor, sites=frozenset({north.id}))
    assert queries.exemptions(actor=elsewhere, on=TODAY) == []
    for door in _doors(firm, item, made.id, exempt.id, elsewhere)[4:]:
        with pytest.raises(NotFound):
            door()
    for place in ({"target": "position", "position_id": uuid4()}, {"target": "site", "site_id": uuid4()}):
        with pytest.raises(NotFound):
            require(firm, item, **place)


def test_an_auditor_asks_for_their_days_only(firm: Firm, item: UUID) -> None:
    auditor = replace(firm.supervisor, role=Role.AUDITOR, read_from=TODAY - DAY, read_until=TODAY)
    for on in (TODAY - DAY, TODAY):
        queries.board(actor=auditor, on=on)
    for on in (TODAY - 2 * DAY, TODAY + DAY):
        asks: list[Callable[[], object]] = [
            partial(queries.board, actor=auditor, on=on),
            partial(queries.row_of, actor=auditor, person_id=firm.person.id, on=on),
            partial(queries.who_can, actor=auditor, item_id=item, on=on),
        ]
        for ask in asks:
            with pytest.raises(NotFound):
                ask()
