"""Names, namesakes, two records of one person joined and taken apart, and somebody who leaves and comes back."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from skillmark.desks import whole_person
from skillmark.errors import NotFound
from skillmark.rooms.holdings import operations as holdings
from skillmark.rooms.holdings import queries as held
from skillmark.rooms.people import operations, queries
from skillmark.rooms.people.rules.names import Part, fold, search_text, sort_key
from skillmark.rooms.skills import operations as skills
from skillmark.rooms.talent import operations as needs
from skillmark.rooms.talent import queries as talent
from tests.cast import Firm

pytestmark = pytest.mark.django_db


def _rename(firm: Firm, name: str, now: datetime, **more: bool) -> None:
    operations.change_person(
        actor=firm.owner, person_id=firm.person.id, name=name, phone="", email="", language="es", now=now, **more
    )


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("José  Núñez", "jose nunez"), ("O’Brien", "obrien"), ("Anne-Marie", "anne marie"), ("Łukasz Øst", "lukasz ost"),
        ("ÁÉÍÓÚ", "aeiou"), ("Straße", "strasse"), ("  ", ""), ("J. R. Ortiz", "j r ortiz"), ("李 小龍", "李 小龍"),
    ],
)  # fmt: skip
def test_names_are_looked_for_as_people_type_them(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def test_a_search_finds_every_part_with_and_without_accents(firm: Firm, now: datetime) -> None:
    operations.add_person(actor=firm.owner, name="Íñigo Pérez-Muñoz O’Shea", number="K 17", now=now)
    for asked in ("inigo", "PEREZ", "munoz", "shea inigo", "Íñigo", "k 17", "pérez muñoz", "OShea"):
        assert [one.name for one in queries.people(actor=firm.owner, search=asked)] == ["Íñigo Pérez-Muñoz O’Shea"], asked
    assert queries.people(actor=firm.owner, search="inigo delgado") == []
    assert queries.people(actor=firm.owner, search="100%") == []


def test_a_list_goes_by_any_part_of_the_name(firm: Firm, now: datetime) -> None:
    for name in ("Ana Zorro Abad", "Zoe Abad Zorro", "Cher"):
        operations.add_person(actor=firm.owner, name=name, now=now)
    order = {part: [one.name.split()[0] for one in queries.people(actor=firm.owner, part=part)] for part in Part}
    assert order[Part.FIRST] == ["Ana", "Cher", "Rosa", "Zoe"]
    assert order[Part.SECOND] == ["Zoe", "Cher", "Rosa", "Ana"]
    assert order[Part.LAST] == ["Ana", "Cher", "Rosa", "Zoe"]
    assert sort_key("", Part.LAST) == ("", "")


def test_a_former_name_is_found_and_stands_on_papers_of_that_time(firm: Firm, now: datetime) -> None:
    later = now + timedelta(days=30)
    _rename(firm, "Rosa Delgado Ruiz", later)
    assert queries.people(actor=firm.owner, search="ruiz") == queries.people(actor=firm.owner, search="delgado")
    _rename(firm, "Rosa Ruiz", later + timedelta(days=30))
    assert [one.name for one in queries.people(actor=firm.owner, search="delgado")] == ["Rosa Ruiz"]
    names = [
        queries.names_of(actor=firm.owner, person_ids=[firm.person.id], known_at=moment)[firm.person.id]
        for moment in (now, later + timedelta(days=1), later + timedelta(days=60))
    ]
    assert names == ["Rosa Delgado", "Rosa Delgado Ruiz", "Rosa Ruiz"]


def test_a_typing_mistake_leaves_no_former_name(firm: Firm, now: datetime) -> None:
    _rename(firm, "Rosa Delgato", now)
    _rename(firm, "Rosa Delgado", now, mistyped=True)
    assert [one.name for one in queries.former_names(actor=firm.owner, person_id=firm.person.id)] == ["Rosa Delgado"]
    assert queries.people(actor=firm.owner, search="delgato") == []
    assert search_text(name="A", former=["B", "a"], number="7") == "a | b | 7"


def test_namesakes_are_known_by_present_and_former_names(firm: Firm, now: datetime) -> None:
    _rename(firm, "Rosa Ruiz", now)
    for name, expected in (("rosa DELGADO", 1), ("Rósa Ruiz", 1), ("Rosa", 0), ("Rosa Delgado Ruiz", 0), ("", 0)):
        assert len(queries.namesakes(actor=firm.owner, name=name)) == expected, name


def _card(firm: Firm, now: datetime) -> object:
    item = skills.add_item(actor=firm.owner, kind="card", names={"en": "Forklift"}, starts=date(2026, 1, 1), now=now)
    needs.require(actor=firm.owner, item_id=item.id, target="everyone", starts=date(2026, 1, 1), trust="photo", now=now)
    return item.id


def _hold(firm: Firm, person_id: object, item_id: object, now: datetime) -> object:
    facts = holdings.Facts(obtained=date(2026, 1, 1), ends=date(2027, 1, 1))
    return holdings.record(actor=firm.owner, person_id=person_id, item_id=item_id, facts=facts, now=now)  # type: ignore[arg-type]


def test_joined_records_count_as_one_and_come_apart_as_they_were(firm: Firm, now: datetime) -> None:
    item_id = _card(firm, now)
    other = operations.add_person(actor=firm.owner, name="R. Delgado", number="9", now=now)
    _hold(firm, other.id, item_id, now)
    before = [(one.id, one.name) for one in queries.people(actor=firm.owner)]

    operations.merge(actor=firm.owner, keep_id=firm.person.id, other_id=other.id, now=now)
    assert [one.id for one in queries.people(actor=firm.owner)] == [firm.person.id]
    assert queries.person(actor=firm.owner, person_id=other.id).id == firm.person.id
    assert [one.id for one in queries.people(actor=firm.owner, search="9")] == [firm.person.id]
    assert len(held.holdings_of(actor=firm.owner, person_id=firm.person.id)) == 1
    board = talent.board(actor=firm.owner, on=now.date())
    assert list(board.rows) == [firm.person.id]
    assert board.rows[firm.person.id].cells[item_id].holding_id is not None  # type: ignore[index]

    operations.unmerge(actor=firm.owner, other_id=other.id, now=now)
    assert [(one.id, one.name) for one in queries.people(actor=firm.owner)] == before
    assert len(held.holdings_of(actor=firm.owner, person_id=other.id)) == 1
    assert held.holdings_of(actor=firm.owner, person_id=firm.person.id) == []


def test_days_away_of_a_joined_record_count(firm: Firm, now: datetime) -> None:
    other = operations.add_person(actor=firm.owner, name="R. Delgado", now=now)
    operations.note_absence(actor=firm.owner, person_id=other.id, starts=now.date(), ends=now.date(), now=now)
    operations.merge(actor=firm.owner, keep_id=firm.person.id, other_id=other.id, now=now)
    assert queries.absent(actor=firm.owner, on=now.date(), known_at=now) == {firm.person.id}


def test_what_cannot_be_joined_says_why(firm: Firm, other_firm: Firm, now: datetime) -> None:
    a, b = (operations.add_person(actor=firm.owner, name=name, now=now) for name in ("A A", "B B"))
    operations.merge(actor=firm.owner, keep_id=a.id, other_id=b.id, now=now)
    for keep, other, code in ((a.id, b.id, "merge.same"), (firm.person.id, a.id, "merge.joined")):
        with pytest.raises(operations.CannotChangePerson) as refused:
            operations.merge(actor=firm.owner, keep_id=keep, other_id=other, now=now)
        assert refused.value.code == code
    for actor, keep, other in (
        (other_firm.owner, firm.person.id, a.id), (firm.owner, firm.person.id, other_firm.person.id),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            operations.merge(actor=actor, keep_id=keep, other_id=other, now=now)
    with pytest.raises(NotFound):
        operations.unmerge(actor=firm.owner, other_id=a.id, now=now)


def test_two_people_of_one_name_are_taken_apart_and_joined_again(firm: Firm, other_firm: Firm, now: datetime) -> None:
    item_id = _card(firm, now)
    mine, theirs = _hold(firm, firm.person.id, item_id, now), _hold(firm, firm.person.id, item_id, now)
    asked = {"actor": firm.owner, "person_id": firm.person.id, "name": "Rosa Delgado", "number": "12", "now": now}
    with pytest.raises(whole_person.CannotPart):
        whole_person.part(holding_ids=[], **asked)
    with pytest.raises(NotFound):
        whole_person.part(holding_ids=[other_firm.org.id], **asked)
    assert len(queries.people(actor=firm.owner)) == 1, "nobody was added for nothing"
    other = whole_person.part(holding_ids=[theirs.id], **asked)  # type: ignore[attr-defined]
    assert len(held.holdings_of(actor=firm.owner, person_id=other.id)) == 1
    assert [one.id for one in held.holdings_of(actor=firm.owner, person_id=firm.person.id)] == [mine.id]  # type: ignore[attr-defined]
    operations.merge(actor=firm.owner, keep_id=firm.person.id, other_id=other.id, now=now)
    assert len(held.holdings_of(actor=firm.owner, person_id=firm.person.id)) == 2


def test_somebody_leaves_and_comes_back_and_past_days_stay_true(firm: Firm, now: datetime) -> None:
    site = queries.site(actor=firm.owner)
    operations.assign(actor=firm.owner, person_id=firm.person.id, starts=date(2026, 1, 5), site_id=site.id, now=now)
    operations.leave(actor=firm.owner, person_id=firm.person.id, last=date(2026, 5, 8), now=now)
    there = {day: bool(queries.people(actor=firm.owner, here_on=day)) for day in (date(2026, 5, 8), date(2026, 5, 9))}
    assert there == {date(2026, 5, 8): True, date(2026, 5, 9): False}
    assert [one.ends for one in queries.assignments(actor=firm.owner, person_id=firm.person.id)] == [date(2026, 5, 8)]
    with pytest.raises(operations.CannotChangePerson) as refused:
        operations.come_back(actor=firm.owner, person_id=firm.person.id, first=date(2026, 5, 8), now=now)
    assert refused.value.code == "person.back_too_early"

    later = now + timedelta(days=60)
    operations.come_back(actor=firm.owner, person_id=firm.person.id, first=date(2026, 7, 6), now=later)
    assert queries.people(actor=firm.owner, here_on=date(2026, 7, 6)) == [firm.person]
    gone = {day: queries.absent(actor=firm.owner, on=day, known_at=later) for day in (date(2026, 6, 1), date(2026, 7, 6))}
    assert gone == {date(2026, 6, 1): {firm.person.id}, date(2026, 7, 6): set()}
    with pytest.raises(operations.CannotChangePerson):
        operations.come_back(actor=firm.owner, person_id=firm.person.id, first=date(2026, 8, 1), now=later)


def test_the_last_day_is_not_before_the_first(firm: Firm, now: datetime) -> None:
    person = operations.add_person(actor=firm.owner, name="Sam Ortiz", hired_on=date(2026, 4, 1), now=now)
    with pytest.raises(operations.CannotChangePerson) as refused:
        operations.leave(actor=firm.owner, person_id=person.id, last=date(2026, 3, 31), now=now)
    assert refused.value.code == "person.leaves_before_hired"
