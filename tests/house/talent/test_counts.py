"""The numbers on top of the board."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from skillmark.rooms.talent.rules import Cell, Counts, Row, State, count, ends_within
from tests.house.talent.making import ON

DAY = timedelta(days=1)


def row(*cells: Cell) -> Row:
    return Row(uuid4(), {UUID(int=at): cell for at, cell in enumerate(cells)})


def of(state: State, **parts: object) -> Cell:
    return Cell(state, **parts)  # type: ignore[arg-type]


def test_nobody_and_nothing() -> None:
    assert count(rows=[], on=ON) == Counts(0, 0, 0, 0, {7: 0, 30: 0, 60: 0, 90: 0}, 0, 0, 0, 0, 0)
    assert count(rows=[row()], on=ON).ready == 1


def test_each_state_is_counted_where_it_belongs() -> None:
    found = count(rows=[row(*(of(state) for state in State))], on=ON)
    assert (found.expired, found.missing, found.to_check, found.no_date, found.revision) == (1, 1, 1, 1, 2)
    assert (found.cells, found.compliant) == (len(State) - 1, 5)  # exempt is outside


def test_steps_nest_and_their_last_day_is_inside() -> None:
    ends = [ON, ON + 7 * DAY, ON + 8 * DAY, ON + 30 * DAY, ON + 31 * DAY, ON + 90 * DAY, ON + 91 * DAY, ON - DAY]
    found = count(rows=[row(of(State.MET_SOON, ends=day)) for day in ends], on=ON)
    assert found.within == {7: 2, 30: 4, 60: 5, 90: 6}


def test_what_has_not_begun_or_is_exempt_ends_nowhere() -> None:
    for state in (State.NOT_YET_VALID, State.EXEMPT):
        assert not ends_within(of(state, ends=ON), on=ON, days=30)
    assert not ends_within(of(State.MET), on=ON, days=30)


def test_ready_is_whoever_lacks_no_must() -> None:
    lacks_a_wish = row(of(State.MET), of(State.EXPIRED, must=False), of(State.EXEMPT))
    lacks_a_must = row(of(State.MET), of(State.BELOW_TRUST))
    found = count(rows=[lacks_a_wish, lacks_a_must, row(of(State.DUE_LATER))], on=ON)
    assert (found.people, found.ready) == (3, 2)
