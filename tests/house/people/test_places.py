"""Sites, shifts, positions, and who works where on a day, as it was known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from skillmark.errors import DomainError, NotFound
from skillmark.rooms.people import operations, queries
from skillmark.rooms.people.operations import CannotDo
from skillmark.rooms.people.rules import Actor, Role
from tests.cast import NOW, Firm

LONG_AGO, TODAY = date(2020, 1, 1), date(2026, 5, 4)
LATER = NOW + timedelta(hours=1)
DAY = timedelta(days=1)


def position(firm: Firm, name: str = "Welder") -> UUID:
    return operations.add_position(actor=firm.owner, names={"en": name}, now=NOW).id


def assign(firm: Firm, position_id: UUID | None = None, **parts: Any) -> Any:
    plain: dict[str, Any] = {"starts": LONG_AGO, "now": NOW, "position_id": position_id, "actor": firm.owner}
    return operations.assign(person_id=firm.person.id, **{**plain, **parts})


def at(firm: Firm, on: date, known_at: Any = LATER) -> list[UUID | None]:
    return [one.position_id for one in queries.places(actor=firm.owner, on=on, known_at=known_at)]


def refused(code: str, door: Callable[[], object]) -> None:
    with pytest.raises(DomainError) as no:
        door()
    assert no.value.code == code


def test_one_place_after_the_other(firm: Firm) -> None:
    welder, driver = position(firm), position(firm, "Driver")
    assign(firm, welder)
    assign(firm, driver, starts=TODAY, now=LATER)
    assert (at(firm, TODAY - DAY), at(firm, TODAY), at(firm, TODAY, NOW)) == ([welder], [driver], [welder])
    told = [(one.position_id, one.starts, one.ends) for one in queries.assignments(actor=firm.owner, person_id=firm.person.id)]
    assert told == [(welder, LONG_AGO, TODAY - DAY), (driver, TODAY, None)]


def test_or_both_at_once(firm: Firm) -> None:
    welder, driver = position(firm), position(firm, "Driver")
    assign(firm, welder)
    assign(firm, driver, starts=TODAY, instead=False)
    assert set(at(firm, TODAY)) == {welder, driver}


def test_a_week_somewhere_else_and_back(firm: Firm) -> None:
    welder, driver, cook = (position(firm, name) for name in ("Welder", "Driver", "Cook"))
    assign(firm, welder)
    assign(firm, cook, starts=TODAY + 60 * DAY)
    assign(firm, driver, starts=TODAY, ends=TODAY + 6 * DAY, now=LATER)
    told = [at(firm, TODAY + days * DAY) for days in (-1, 0, 6, 7, 59, 60)]
    assert told == [[welder], [driver], [driver], [welder], [welder], [cook]]
    assert at(firm, TODAY, NOW) == [welder]


def test_a_move_that_is_typed_late_takes_the_place_of_what_was_typed_first(firm: Firm) -> None:
    welder, driver = position(firm), position(firm, "Driver")
    assign(firm, welder, starts=date(2026, 4, 1))
    assign(firm, driver, starts=date(2026, 3, 1), now=LATER)
    assert (at(firm, TODAY), at(firm, TODAY, NOW)) == ([driver], [welder])


def test_it_ends(firm: Firm) -> None:
    welder = position(firm)
    made = assign(firm, welder)
    refused(
        "assignment.ends_before",
        lambda: operations.end_assignment(actor=firm.owner, assignment_id=made.id, last=LONG_AGO - DAY, now=LATER),
    )
    operations.end_assignment(actor=firm.owner, assignment_id=made.id, last=TODAY, now=LATER)
    assert (at(firm, TODAY), at(firm, TODAY + DAY), at(firm, TODAY + DAY, NOW)) == ([welder], [], [welder])
    with pytest.raises(NotFound):
        operations.end_assignment(actor=firm.owner, assignment_id=made.id, last=TODAY, now=LATER)


def test_days_away_are_noted_and_taken_back(firm: Firm) -> None:
    away = operations.note_absence(actor=firm.owner, person_id=firm.person.id, starts=TODAY, ends=TODAY + DAY, now=NOW)

    def absent(on: date, known_at: Any = LATER) -> bool:
        return firm.person.id in queries.absent(actor=firm.owner, on=on, known_at=known_at)

    assert [absent(TODAY + days * DAY) for days in (-1, 0, 1, 2)] == [False, True, True, False]
    operations.end_absence(actor=firm.owner, absence_id=away.id, now=LATER)
    assert (absent(TODAY), absent(TODAY, NOW)) == (False, True)
    with pytest.raises(NotFound):
        operations.end_absence(actor=firm.owner, absence_id=away.id, now=LATER)
    refused(
        "assignment.ends_before",
        lambda: operations.note_absence(actor=firm.owner, person_id=firm.person.id, starts=TODAY, ends=TODAY - DAY, now=NOW),
    )


@pytest.mark.parametrize(
    ("code", "door"),
    [
        ("site.name_missing", lambda owner: operations.add_site(actor=owner, name=" ", now=NOW)),
        ("site.name_missing", lambda owner: operations.add_site(actor=owner, name="x" * 201, now=NOW)),
        ("setup.time_zone", lambda owner: operations.add_site(actor=owner, name="North", time_zone="Mars/Olympus", now=NOW)),
        ("position.name_missing", lambda owner: operations.add_position(actor=owner, names={"en": " "}, now=NOW)),
        ("position.name_missing", lambda owner: operations.add_position(actor=owner, names={"en": "x" * 201}, now=NOW)),
        (
            "shift.name_missing",
            lambda owner: operations.add_shift(actor=owner, name="x" * 101, starts_at=time(6), ends_at=time(14), now=NOW),
        ),
        (
            "shift.weekdays",
            lambda owner: operations.add_shift(
                actor=owner, name="Early", starts_at=time(6), ends_at=time(14), weekdays="8", now=NOW
            ),
        ),
    ],
)
def test_what_cannot_be_kept(firm: Firm, code: str, door: Callable[[Actor], object]) -> None:
    refused(code, lambda: door(firm.owner))


def test_a_place_ends_after_it_begins(firm: Firm) -> None:
    refused("assignment.ends_before", lambda: assign(firm, starts=TODAY, ends=TODAY - DAY))


def test_lists(firm: Firm) -> None:
    north = operations.add_site(actor=firm.owner, name="North  yard", now=NOW)
    assert {one.name for one in queries.sites(actor=firm.owner)} == {"North yard", "Tallgrass Machine Works"}
    assert north.time_zone == "America/Chicago"
    shift = operations.add_shift(
        actor=firm.owner, name="Night", starts_at=time(22), ends_at=time(6), weekdays="5511", site_id=north.id, now=NOW
    )
    assert [(one.id, one.weekdays) for one in queries.shifts(actor=firm.owner)] == [(shift.id, "15")]
    welder = position(firm)
    operations.change_position(actor=firm.owner, position_id=welder, names={"en": "Fitter", "es": " "}, now=NOW)
    assert [one.names for one in queries.positions(actor=firm.owner)] == [{"en": "Fitter"}]
    operations.archive_position(actor=firm.owner, position_id=welder, now=NOW)
    assert queries.positions(actor=firm.owner) == []


def test_a_planned_move_takes_nobody_out_of_sight_yet(firm: Firm) -> None:
    north, south = (operations.add_site(actor=firm.owner, name=name, now=NOW) for name in ("North", "South"))
    assign(firm, site_id=north.id)
    assign(firm, site_id=south.id, starts=TODAY + 30 * DAY)

    def sees(site_id: UUID, today: date) -> bool:
        walt = replace(firm.supervisor, sites=frozenset({site_id}), today=today)
        return bool(queries.people(actor=walt))

    assert (sees(north.id, TODAY), sees(south.id, TODAY)) == (True, True)
    assert (sees(north.id, TODAY + 30 * DAY), sees(south.id, TODAY + 30 * DAY)) == (False, True)


def test_a_supervisor_of_one_site_places_people_there_alone(firm: Firm) -> None:
    north, south = (operations.add_site(actor=firm.owner, name=name, now=NOW) for name in ("North", "South"))
    assign(firm, site_id=north.id)
    walt = replace(firm.supervisor, sites=frozenset({north.id}))
    assert assign(firm, actor=walt, site_id=north.id, starts=TODAY).site_id == north.id
    refused("assignment.site_missing", lambda: assign(firm, actor=walt, starts=TODAY))
    with pytest.raises(NotFound):
        assign(firm, actor=walt, site_id=south.id, starts=TODAY)
    elsewhere = replace(walt, sites=frozenset({south.id}))
    for ask in (
        lambda: assign(firm, actor=elsewhere, site_id=south.id, starts=TODAY),
        lambda: operations.note_absence(actor=elsewhere, person_id=firm.person.id, starts=TODAY, ends=TODAY, now=NOW),
        lambda: queries.assignments(actor=elsewhere, person_id=firm.person.id),
        lambda: queries.absences(actor=elsewhere, person_id=firm.person.id),
    ):
        with pytest.raises(NotFound):
            ask()
    operations.note_absence(actor=firm.owner, person_id=firm.person.id, starts=TODAY, ends=TODAY, now=NOW)
    assert queries.absent(actor=elsewhere, on=TODAY, known_at=LATER) == set()
    assert queries.places(actor=elsewhere, on=TODAY, known_at=LATER) == []


def test_nobody_else_gets_in(firm: Firm, other_firm: Firm) -> None:
    welder, made = position(firm), assign(firm)
    outsider = other_firm.owner
    away = operations.note_absence(actor=firm.owner, person_id=firm.person.id, starts=TODAY, ends=TODAY, now=NOW)
    for door in (
        lambda: operations.change_position(actor=outsider, position_id=welder, names={"en": "X"}, now=NOW),
        lambda: operations.archive_position(actor=outsider, position_id=welder, now=NOW),
        lambda: operations.end_assignment(actor=outsider, assignment_id=made.id, last=TODAY, now=NOW),
        lambda: operations.end_absence(actor=outsider, absence_id=away.id, now=NOW),
        lambda: assign(firm, actor=outsider),
        lambda: assign(other_firm, welder),
        lambda: assign(firm, uuid4()),
        lambda: queries.assignments(actor=outsider, person_id=firm.person.id),
    ):
        with pytest.raises(NotFound):
            door()


def test_an_auditor_changes_nothing_and_a_supervisor_no_settings(firm: Firm) -> None:
    made, auditor = assign(firm), replace(firm.supervisor, role=Role.AUDITOR)
    for door in (
        lambda: assign(firm, actor=auditor), lambda: operations.add_site(actor=firm.supervisor, name="X", now=NOW),
        lambda: operations.add_position(actor=firm.supervisor, names={"en": "X"}, now=NOW),
        lambda: operations.end_assignment(actor=auditor, assignment_id=made.id, last=TODAY, now=NOW),
        lambda: operations.note_absence(actor=auditor, person_id=firm.person.id, starts=TODAY, ends=TODAY, now=NOW),
    ):  # fmt: skip
        with pytest.raises(CannotDo):
            door()
