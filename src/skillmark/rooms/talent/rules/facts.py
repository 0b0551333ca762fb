"""What the status of a cell is worked out from. Plain values; whoever fills them in has already chosen the day and the
moment of knowledge, so nothing here is from the future or was replaced by then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from skillmark.rooms.skills.rules import Trust


class Target(StrEnum):
    """Whom a requirement is for."""

    EVERYONE = "everyone"
    POSITION = "position"
    SITE = "site"
    CONTRACT = "contract"


@dataclass(frozen=True, slots=True)
class Revision:
    """A revision of the document that an item follows."""

    code: str
    effective_from: date
    grace_days: int
    counts: bool  # False: nobody has to do anything


@dataclass(frozen=True, slots=True)
class Restraint:
    """What an item must be like to count: its rule on the day. Days are whole days; `validity` as in `skills.rules`."""

    validity: dict[str, Any]
    trust: Trust
    givers: frozenset[str] = frozenset()
    own_counts: bool = False
    stale_days: int | None = None
    lead_days: int = 30
    grace_days: int = 0
    max_age_days: int | None = None
    revisions: tuple[Revision, ...] = ()


@dataclass(slots=True)  # not frozen: that alone takes three times as long to make, and a board makes tens of thousands
class Need:
    """One item that one person needs.

    `since` is the first day on which they needed it, as far as that is known. `due_on`: the day by which they had to have
    it; None: no day was set. `hired_on`: when they began to work here.
    """

    item_id: UUID
    restraint: Restraint
    must: bool = True
    level: int | None = None
    due_on: date | None = None
    hired_on: date | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Satisfying:
    """`item_id` counts as another one, at most at `level_cap`, by way of `path`; only for people in all of `positions`.

    `validity` is that of its own rule, which goes on to count.
    """

    item_id: UUID
    level_cap: int | None
    path: tuple[UUID, ...]
    positions: frozenset[UUID] = frozenset()
    validity: dict[str, Any] | None = None
