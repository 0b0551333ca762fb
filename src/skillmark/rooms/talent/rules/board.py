"""A person's row: every item they need, with its cell; and what must be held first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from skillmark.rooms.holdings.rules import Evidence
from skillmark.rooms.talent.rules.facts import Need, Satisfying
from skillmark.rooms.talent.rules.late import late
from skillmark.rooms.talent.rules.status import Cell, State, status


@dataclass(slots=True)
class Row:
    """One person's cells, by item. Items that they do not need have none."""

    person_id: UUID
    cells: dict[UUID, Cell]

    @property
    def ready(self) -> bool:
        """Whether every must is met, or the person is exempt from it."""
        return all(cell.compliant or cell.state is State.EXEMPT for cell in self.cells.values() if cell.must)


def line_up(
    *, person_id: UUID, needs: Sequence[Need], held: Mapping[UUID, Sequence[Evidence]], on: date,
    satisfying: Mapping[UUID, Sequence[Satisfying]], first: Mapping[UUID, Sequence[UUID]], exempt: frozenset[UUID],
    positions: frozenset[UUID],
) -> Row:  # fmt: skip
    """Work out one person's row. `held` is by item; `first` tells which items an item needs before it."""
    cells: dict[UUID, Cell] = {}
    for need in needs:
        item_id = need.item_id
        evidence = held.get(item_id, ())
        if ways := satisfying.get(item_id):
            evidence = [*evidence, *_counted(ways, held, positions)]
        cell = status(need=need, evidence=evidence, on=on, exempt=item_id in exempt)
        if evidence:
            cell.lates = tuple(late(need=need, evidence=evidence, on=on))
            cell.late = bool(cell.lates)
        cells[item_id] = cell
    for item_id in first.keys() & cells.keys():
        _need_first(item_id, cells, first)
    return Row(person_id, cells)


def _need_first(
    item_id: UUID, cells: Mapping[UUID, Cell], first: Mapping[UUID, Sequence[UUID]], after: frozenset[UUID] = frozenset()
) -> None:  # fmt: skip
    """Mark a cell that counts by itself, where something that must be held before it does not; the first of a chain first.

    What is not due yet needs nothing first; and what must be held first is not held while it is still to come.
    """
    cell = cells[item_id]
    if not cell.compliant or cell.state is State.DUE_LATER:
        return
    for other in sorted(first.get(item_id, ())):
        if other not in cells or other in after:
            continue
        _need_first(other, cells, first, after | {item_id})
        needed = cells[other]
        if needed.state is not State.EXEMPT and (not needed.compliant or needed.state is State.DUE_LATER):
            cell.state, cell.first_id = State.NEEDS_FIRST, other
            return


def _counted(
    ways: Sequence[Satisfying], held: Mapping[UUID, Sequence[Evidence]], positions: frozenset[UUID]
) -> list[Evidence]:
    """What the person holds of other items that count as this one, with the level cut to what the link allows."""
    found = []
    for way in ways:
        if not way.positions <= positions:
            continue
        for one in held.get(way.item_id, ()):
            level = one.level if way.level_cap is None or one.level is None else min(one.level, way.level_cap)
            # The revision that was followed is one of another document.
            found.append(replace(one, level=level, path=way.path, revision="", own_validity=way.validity))
    return found
