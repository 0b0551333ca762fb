"""Everybody's cells of items that are asked about by somebody else than their position: can they do it, alone?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol
from uuid import UUID

from skillmark.rooms.holdings.queries import Held
from skillmark.rooms.talent.queries.world import PersonLine, World
from skillmark.rooms.talent.rules import Cell, Need, Row, State

ALONE = 3
"""The level at which a person does something without help."""


class Askable(Protocol):
    """An item, as far as it can be asked about; `skills.models.Item` is one."""

    @property
    def id(self) -> UUID: ...
    @property
    def leveled(self) -> bool: ...


def asked(*, world: World, items: Iterable[Askable]) -> list[Need]:
    """The items as needs of whoever is looked at, those with levels at level alone; items without a rule are left out."""
    return [
        Need(one.id, world.restraints[one.id], must=False, level=ALONE if one.leveled else None)
        for one in items
        if one.id in world.restraints
    ]


def rows(*, world: World, held: Held, needs: Sequence[Need]) -> Iterator[tuple[PersonLine, Row]]:
    """Everybody who is here on the day, with the cells of `needs`."""
    for line, hired_on in world.everybody():
        yield line, world.row(line.id, hired_on, held.get(line.id, {}), needs=needs)


def counts(cell: Cell) -> bool:
    """Whether the person holds it today. A first day that is still to come is no holding, and an exemption is none."""
    return cell.compliant and cell.state is not State.DUE_LATER
