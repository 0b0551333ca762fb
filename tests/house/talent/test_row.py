"""A person's row: what must be held first, and what counts as something else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from skillmark.rooms.holdings.rules import Evidence
from skillmark.rooms.talent.rules import Need, Row, Satisfying, State, line_up
from tests.house.talent.making import ON, held, rule

A, B, C, D = (UUID(int=at) for at in range(11, 15))
WELDER, FITTER = UUID(int=91), UUID(int=92)
DAY = timedelta(days=1)


def lined_up(
    needs: Sequence[Need], holding: Mapping[UUID, Sequence[Evidence]], *, satisfying: Any = None, first: Any = None,
    exempt: Sequence[UUID] = (), positions: Sequence[UUID] = (),
) -> Row:  # fmt: skip
    return line_up(
        person_id=UUID(int=1), needs=needs, held=holding, on=ON, satisfying=satisfying or {}, first=first or {},
        exempt=frozenset(exempt), positions=frozenset(positions),
    )  # fmt: skip


def asked(*items: UUID, **parts: Any) -> list[Need]:
    return [Need(**{"item_id": one, "restraint": rule(), **parts}) for one in items]


def states(row: Row) -> dict[UUID, State]:
    return {item_id: cell.state for item_id, cell in row.cells.items()}


def test_what_must_be_held_first_is_named() -> None:
    row = lined_up(asked(A, B), {A: [held()]}, first={A: [B]})
    assert (row.cells[A].state, row.cells[A].first_id, row.ready) == (State.NEEDS_FIRST, B, False)
    assert states(lined_up(asked(A, B), {A: [held()], B: [held()]}, first={A: [B]}))[A] is State.MET


@pytest.mark.parametrize("chain", [(A, B, C), (C, B, A), (B, A, C), (C, A, B)])
def test_a_chain_breaks_wherever_its_beginning_is_missing(chain: tuple[UUID, UUID, UUID]) -> None:
    last, middle, beginning = chain
    row = lined_up(asked(*chain), {last: [held()], middle: [held()]}, first={last: [middle], middle: [beginning]})
    assert states(row) == {last: State.NEEDS_FIRST, middle: State.NEEDS_FIRST, beginning: State.MISSING}
    assert (row.cells[last].first_id, row.cells[middle].first_id) == (middle, beginning)


def test_what_is_to_come_is_not_held_and_needs_nothing_yet() -> None:
    later = asked(B, due_on=ON + DAY)
    assert states(lined_up([*asked(A), *later], {A: [held()]}, first={A: [B]}))[A] is State.NEEDS_FIRST
    assert states(lined_up([*later, *asked(A)], {}, first={B: [A]}))[B] is State.DUE_LATER


def test_an_exemption_from_what_comes_first_is_enough() -> None:
    row = lined_up(asked(A, B), {A: [held()]}, first={A: [B]}, exempt=[B])
    assert states(row) == {A: State.MET, B: State.EXEMPT}
    assert row.ready


def test_a_circle_ends() -> None:
    row = lined_up(asked(A, B), {A: [held()], B: [held()]}, first={A: [B], B: [A]})
    assert states(row) == {A: State.MET, B: State.MET}


def test_another_item_counts_with_its_path_and_at_most_its_level() -> None:
    ways = {A: [Satisfying(C, 2, (C, B))]}
    need = asked(A, level=2)
    row = lined_up(need, {C: [held(level=4)]}, satisfying=ways)
    assert (row.cells[A].state, row.cells[A].level, row.cells[A].path) == (State.MET, 2, (C, B))
    assert states(lined_up(asked(A, level=3), {C: [held(level=4)]}, satisfying=ways))[A] is State.BELOW_LEVEL


def test_it_counts_for_one_position_only() -> None:
    ways = {A: [Satisfying(B, None, (B,), frozenset({WELDER}))]}
    for positions, state in (([WELDER], State.MET), ([FITTER], State.MISSING), ([WELDER, FITTER], State.MET)):
        assert states(lined_up(asked(A), {B: [held()]}, satisfying=ways, positions=positions))[A] is state
    both = {A: [Satisfying(B, None, (B,), frozenset({WELDER, FITTER}))]}
    assert states(lined_up(asked(A), {B: [held()]}, satisfying=both, positions=[WELDER]))[A] is State.MISSING


MONTHS_12, MONTHS_24, FOR_GOOD = ({"type": "months", "months": 12}, {"type": "months", "months": 24}, {"type": "no_end"})


@pytest.mark.parametrize(
    ("own", "asked_for", "ends"),
    [
        (MONTHS_24, FOR_GOOD, date(2027, 1, 10)),  # its own rule goes on to count
        (MONTHS_24, MONTHS_12, date(2026, 1, 10)),  # and so does that of what it counts as
        (MONTHS_12, MONTHS_24, date(2026, 1, 10)),
        (FOR_GOOD, MONTHS_24, date(2027, 1, 10)),
        (FOR_GOOD, FOR_GOOD, None),
    ],
)
def test_it_lasts_as_long_as_both_rules_allow(own: dict[str, Any], asked_for: dict[str, Any], ends: date | None) -> None:
    ways = {A: [Satisfying(B, None, (B,), validity=own)]}
    need = [Need(A, rule(validity=asked_for))]
    cell = lined_up(need, {B: [held(ends=None)]}, satisfying=ways).cells[A]
    assert (cell.ends, cell.no_end) == (ends, ends is None)


def test_an_end_that_its_own_rule_does_not_know_is_not_known() -> None:
    ways = {A: [Satisfying(B, None, (B,), validity={"type": "card_date"})]}
    cell = lined_up([Need(A, rule(validity=FOR_GOOD))], {B: [held(ends=None)]}, satisfying=ways).cells[A]
    assert cell.state is State.END_UNKNOWN


def test_late_is_marked_whatever_the_color() -> None:
    need = asked(A, due_on=date(2025, 1, 1), since=date(2025, 1, 1))
    cell = lined_up(need, {A: [held()]}).cells[A]
    assert (cell.state, cell.late, [one.days for one in cell.lates]) == (State.MET, True, [9])
