"""What every report is made of: what is asked, the columns, the rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.functional import Promise

from skillmark.desks.spreadsheets import Value
from skillmark.errors import DomainError
from skillmark.rooms.people.rules import Actor


class Rows(Sequence[Sequence[Value]]):
    """Rows that are put into words, in the language that was asked for, once somebody reads them. Where JSON tells more, it
    does not."""

    def __init__(self, *, language: str, make: Callable[[], Sequence[Sequence[Value]]]) -> None:
        self._language, self._make = language, make

    @cached_property
    def _made(self) -> Sequence[Sequence[Value]]:
        with translation.override(self._language):
            return self._make()

    def __len__(self) -> int:
        return len(self._made)

    def __getitem__(self, at: Any) -> Any:
        return self._made[at]


class CannotReport(DomainError):
    """What was asked is not enough to make the report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """The day that is asked about, and what the report is narrowed to. `known_at` None: as it is known now; else as it was
    known at that moment. `language` is en or es, for the words in it."""

    on: date
    known_at: datetime | None = None
    site_id: UUID | None = None
    item_id: UUID | None = None
    shift_id: UUID | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Column:
    """`key` is for programs and never changes, `title` is for people, `share` is how wide it is on paper next to others."""

    key: str
    title: str
    share: int = 2


@dataclass(frozen=True, slots=True)
class Table:
    """A report that was made. `body` takes the place of the rows in JSON, where they tell too little."""

    name: str
    title: str
    firm: str
    ask: Ask
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    body: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Content:
    """What a report adds to its name and title."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    body: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Report:
    """One report. `takes` are the fields of `Ask` that it looks at beside the day; `needs` those that it cannot do without.

    `build` is called with the language switched on already; it raises what the rooms raise, NotFound for one.
    """

    name: str
    title: Promise
    build: Callable[[Actor, Ask], Content]
    takes: frozenset[str] = frozenset({"site_id"})
    needs: frozenset[str] = frozenset()
