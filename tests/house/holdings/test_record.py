"""Recording, correcting, withdrawing and moving what people hold; nothing is overwritten, nobody else gets in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from skillmark.errors import DomainError, NotFound
from skillmark.rooms.holdings import operations, queries
from skillmark.rooms.holdings.operations import Facts
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.operations import CannotDo
from skillmark.rooms.people.rules import Role
from skillmark.rooms.people.rules.facts import CannotWrite
from skillmark.rooms.skills import operations as skills
from tests.cast import NOW, Firm

TODAY = date(2026, 5, 4)
LATER = NOW + timedelta(hours=1)
CARD = Facts(obtained=date(2025, 1, 10), ends=date(2027, 1, 10), number="A-1", giver="State Board")
LONG_AGO = date(2020, 1, 1)


@pytest.fixture
def item(firm: Firm) -> UUID:
    return skills.add_item(actor=firm.owner, kind="card", names={"en": "First aid"}, starts=LONG_AGO, now=NOW).id


@pytest.fixture
def held(firm: Firm, item: UUID) -> UUID:
    return operations.record(actor=firm.owner, person_id=firm.person.id, item_id=item, facts=CARD, now=NOW).id


def look_up(firm: Firm, holding_id: UUID, now: datetime = NOW, *, confirmed: bool = True) -> None:
    operations.log_look_up(
        actor=firm.owner, holding_id=holding_id, link="https://register.example", looked_on=TODAY, confirmed=confirmed,
        now=now, today=TODAY,
    )  # fmt: skip


def evidence(firm: Firm, item: UUID, known_at: datetime | None = None) -> list[Any]:
    return queries.evidence(actor=firm.owner, known_at=known_at).get(firm.person.id, {}).get(item, [])


def test_a_card_is_kept_as_typed_and_reads_said_by_the_person(firm: Firm, item: UUID, held: UUID) -> None:
    [one] = evidence(firm, item)
    assert (one.holding_id, one.starts, one.ends) == (held, CARD.obtained, CARD.ends)
    assert (one.has_photo, one.looked_on, one.signed) == (False, None, None)
    assert queries.holding(actor=firm.owner, holding_id=held).recorded_by == firm.owner.label


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (Facts(starts=TODAY, ends=TODAY - timedelta(days=1)), "holding.ends_before_start"),
        (Facts(obtained=TODAY, ends=TODAY - timedelta(days=1)), "holding.ends_before_start"),
        (Facts(ends=TODAY, no_end=True), "holding.two_ends"),
        (Facts(level=0), "holding.level"),
        (Facts(level=5), "holding.level"),
        (Facts(hours=Decimal(0)), "holding.hours"),
        (Facts(hours=Decimal(10_000)), "holding.hours"),
        (Facts(number="9" * 81), "holding.too_long"),
        (Facts(note="She is lazy"), "text.opinion"),
        (Facts(understanding="Despedida por robar"), "text.accusation"),
        (Facts(note="TB positive"), "text.health"),
        (Facts(note="Rosa is slow"), "text.opinion"),
    ],
)
def test_what_cannot_be_kept(firm: Firm, item: UUID, held: UUID, facts: Facts, code: str) -> None:
    rows = [(firm.person.id, item, CARD), (firm.person.id, item, facts)]
    tries: list[Callable[[], object]] = [
        lambda: operations.record(actor=firm.owner, person_id=firm.person.id, item_id=item, facts=facts, now=NOW),
        lambda: operations.record_many(actor=firm.owner, rows=rows, now=NOW),
        lambda: operations.correct(actor=firm.owner, holding_id=held, facts=facts, now=LATER),
    ]
    for one in tries:
        with pytest.raises(DomainError) as no:
            one()
        assert no.value.code == code
    assert [one.holding_id for one in evidence(firm, item)] == [held]


def test_an_end_that_is_the_first_day_is_fine(firm: Firm, item: UUID) -> None:
    made = operations.record(
        actor=firm.owner, person_id=firm.person.id, item_id=item, facts=Facts(obtained=TODAY, ends=TODAY), now=NOW
    )
    assert made.ends == TODAY


def test_a_correction_is_known_from_then_on(firm: Firm, item: UUID, held: UUID) -> None:
    made = operations.correct(
        actor=firm.owner, holding_id=held, facts=replace(CARD, ends=date(2026, 1, 10)), now=LATER, because="Read again"
    )
    assert [one.ends for one in evidence(firm, item)] == [date(2026, 1, 10)]
    assert [one.ends for one in evidence(firm, item, NOW)] == [CARD.ends]
    assert made.supersedes_id == held
    with pytest.raises(NotFound):
        operations.correct(actor=firm.owner, holding_id=held, facts=CARD, now=LATER)


def test_a_look_up_does_not_speak_for_what_was_typed_after_it(firm: Firm, item: UUID, held: UUID) -> None:
    look_up(firm, held)
    changed = operations.correct(actor=firm.owner, holding_id=held, facts=replace(CARD, ends=date(2030, 1, 1)), now=LATER)
    assert evidence(firm, item)[0].looked_on is None
    assert evidence(firm, item, NOW)[0].looked_on == TODAY
    operations.correct(actor=firm.owner, holding_id=changed.id, facts=CARD, now=LATER)  # as an import that is undone
    assert evidence(firm, item)[0].looked_on == TODAY


def test_a_look_up_goes_along_where_nothing_that_was_seen_changes(firm: Firm, item: UUID, held: UUID) -> None:
    look_up(firm, held)
    operations.correct(actor=firm.owner, holding_id=held, facts=replace(CARD, note="In the blue folder"), now=LATER)
    assert evidence(firm, item)[0].looked_on == TODAY


@pytest.mark.parametrize("against", ["source", "signature"])
def test_what_speaks_against_a_card_cannot_be_typed_away(firm: Firm, item: UUID, held: UUID, against: str) -> None:
    if against == "source":
        look_up(firm, held, confirmed=False)
    else:
        operations.note_signature(
            actor=firm.owner, holding_id=held, giver="X", verdict="bad", code="altered", own=False, listed=True, now=NOW
        )
    operations.correct(actor=firm.owner, holding_id=held, facts=replace(CARD, number="B-2"), now=LATER)
    [one] = evidence(firm, item)
    assert one.look_denied or one.signed.condemned


def test_photos_and_late_notes_go_along(firm: Firm, item: UUID, held: UUID) -> None:
    photo = operations.add_photo(
        actor=firm.owner, holding_id=held, body=b"card", media_type="image/png", name="card.png", now=NOW
    )
    operations.approve_photo(actor=firm.owner, photo_id=photo.id, now=NOW)
    operations.note_late(actor=firm.owner, holding_id=held, text="Did it the day after", now=NOW)
    operations.correct(actor=firm.owner, holding_id=held, facts=replace(CARD, ends=date(2030, 1, 1)), now=LATER)
    [one] = evidence(firm, item)
    assert (one.has_photo, one.photo_approved, one.noted) == (True, True, True)


def test_withdrawn_it_is_gone_and_the_reason_stays(firm: Firm, item: UUID, held: UUID) -> None:
    with pytest.raises(DomainError) as no:
        operations.withdraw(actor=firm.owner, holding_id=held, because=" ", now=LATER)
    assert no.value.code == "holding.reason_missing"
    with pytest.raises(CannotWrite):
        operations.withdraw(actor=firm.owner, holding_id=held, because="Rosa stole it", now=LATER)
    operations.withdraw(actor=firm.owner, holding_id=held, because="Typed twice", now=LATER)
    assert evidence(firm, item) == [] and [one.holding_id for one in evidence(firm, item, NOW)] == [held]
    closed = queries.holdings_of(actor=firm.owner, person_id=firm.person.id, closed=True)
    assert [one.closed_because for one in closed] == ["Typed twice"]
    assert queries.holdings_of(actor=firm.owner, person_id=firm.person.id) == []


def test_moved_it_is_the_other_persons(firm: Firm, item: UUID, held: UUID) -> None:
    other = people.add_person(actor=firm.owner, name="Ana", now=NOW)
    operations.dispute(actor=firm.owner, holding_id=held, now=NOW)
    operations.move(actor=firm.owner, holding_id=held, person_id=other.id, now=LATER)
    assert evidence(firm, item) == [] and len(evidence(firm, item, NOW)) == 1
    [one] = queries.evidence(actor=firm.owner)[other.id][item]
    assert (one.ends, one.disputed) == (CARD.ends, True)


def test_a_dispute_is_settled_and_may_come_up_again(firm: Firm, item: UUID, held: UUID) -> None:
    at = [NOW + timedelta(hours=hour) for hour in range(6)]
    operations.end_dispute(actor=firm.owner, holding_id=held, now=at[0])  # nothing to settle: nothing happens
    operations.dispute(actor=firm.owner, holding_id=held, now=at[1])
    operations.dispute(actor=firm.owner, holding_id=held, now=at[1])
    operations.end_dispute(actor=firm.owner, holding_id=held, now=at[3])
    operations.dispute(actor=firm.owner, holding_id=held, now=at[5])
    told = [[one.disputed for one in evidence(firm, item, moment)] for moment in at]
    assert told == [[False], [True], [True], [False], [False], [True]]
    assert [one.disputed for one in evidence(firm, item)] == [True]
    events = [entry.event for entry in journal.entries(org_id=firm.org.id)]
    assert events.count("holdings.holding.disputed") == 2 and events.count("holdings.holding.dispute_ended") == 1


def test_a_closed_row_takes_nothing_more(firm: Firm, held: UUID) -> None:
    owner = firm.owner
    photo = operations.add_photo(actor=owner, holding_id=held, body=b"x", media_type="image/png", name="", now=NOW)
    operations.correct(actor=owner, holding_id=held, facts=replace(CARD, number="2"), now=LATER)
    for late in (
        lambda: look_up(firm, held), lambda: operations.dispute(actor=owner, holding_id=held, now=LATER),
        lambda: operations.note_late(actor=owner, holding_id=held, text="Done", now=LATER),
        lambda: operations.approve_photo(actor=owner, photo_id=photo.id, now=LATER),
        lambda: operations.withdraw(actor=owner, holding_id=held, because="Typed twice", now=LATER),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            late()


def test_many_are_kept_fifty_at_a_time(firm: Firm, item: UUID) -> None:
    rows = [(firm.person.id, item, CARD)] * 51
    assert len(operations.record_many(actor=firm.owner, rows=rows, now=NOW)) == 51
    told = journal.entries(org_id=firm.org.id, events={"holdings.holdings.recorded"})
    assert sorted(entry.data["count"] for entry in told) == ["1", "50"]
    with pytest.raises(NotFound):
        operations.record_many(actor=firm.owner, rows=[(uuid4(), item, CARD)], now=NOW)


def _doors(firm: Firm, item: UUID, held: UUID, actor: Any) -> list[Callable[[], object]]:
    return [
        lambda: operations.record(actor=actor, person_id=firm.person.id, item_id=item, facts=CARD, now=NOW),
        lambda: operations.record_many(actor=actor, rows=[(firm.person.id, item, CARD)], now=NOW),
        lambda: operations.correct(actor=actor, holding_id=held, facts=CARD, now=NOW),
        lambda: operations.withdraw(actor=actor, holding_id=held, because="Typed twice", now=NOW),
        lambda: operations.move(actor=actor, holding_id=held, person_id=firm.person.id, now=NOW),
        lambda: operations.dispute(actor=actor, holding_id=held, now=NOW),
        lambda: operations.end_dispute(actor=actor, holding_id=held, now=NOW),
    ]


def test_nobody_else_gets_in(firm: Firm, other_firm: Firm, item: UUID, held: UUID) -> None:
    for door in _doors(firm, item, held, other_firm.owner):
        with pytest.raises(NotFound):
            door()
    for ask in (
        lambda: queries.holding(actor=other_firm.owner, holding_id=held),
        lambda: queries.holdings_of(actor=other_firm.owner, person_id=firm.person.id),
    ):
        with pytest.raises(NotFound):
            ask()
    assert queries.evidence(actor=other_firm.owner) == {}
    assert queries.holdings_by_id(actor=other_firm.owner, holding_ids=[held]) == {}


def test_an_auditor_changes_nothing(firm: Firm, item: UUID, held: UUID) -> None:
    for door in _doors(firm, item, held, replace(firm.supervisor, role=Role.AUDITOR)):
        with pytest.raises(CannotDo):
            door()


def test_a_supervisor_of_another_site_sees_none_of_it(firm: Firm, item: UUID, held: UUID) -> None:
    north = people.add_site(actor=firm.owner, name="North", now=NOW)
    limited = replace(firm.supervisor, sites=frozenset({north.id}))
    assert queries.evidence(actor=limited) == {} and queries.holdings_by_id(actor=limited, holding_ids=[held]) == {}
    for door in _doors(firm, item, held, limited):
        with pytest.raises(NotFound):
            door()
    people.assign(actor=firm.owner, person_id=firm.person.id, site_id=north.id, starts=LONG_AGO, now=NOW)
    assert list(queries.evidence(actor=limited)) == [firm.person.id]
