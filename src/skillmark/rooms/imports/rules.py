"""What a step of an import is, and for how long an import can be taken back. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

UNDO = timedelta(days=30)
OPEN_LASTS = timedelta(days=7)
"""A list that nobody saved is forgotten after this."""
CHUNK = 50
"""People in a transaction."""


class State(StrEnum):
    OPEN = "open"  # looked at; nothing is saved
    SAVING = "saving"
    SAVED = "saved"
    UNDONE = "undone"


class Kind(StrEnum):
    """What a change did. Undo goes through them in the reverse order."""

    ITEM_ADDED = "item_added"
    POSITION_ADDED = "position_added"
    SITE_ADDED = "site_added"
    PERSON_ADDED = "person_added"
    PERSON_CHANGED = "person_changed"
    ASSIGNED = "assigned"
    HOLDING_RECORDED = "holding_recorded"
    HOLDING_CORRECTED = "holding_corrected"
    REQUIRED = "required"


@dataclass(frozen=True, slots=True)
class CardStep:
    """A card to record; `corrects` is the holding that was put down wrongly before."""

    item_id: UUID
    obtained: date | None = None
    ends: date | None = None
    no_end: bool = False
    number: str = ""
    level: int | None = None
    corrects: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one row writes. `row` is its number in the sheet.

    `person_id` is somebody who is there; without it, the one whom row `of_row` added, or somebody new. `facts` are those
    columns of the person that change: name, number, phone, email, language, hired_on, left_on.
    """

    row: int
    person_id: UUID | None = None
    of_row: int = 0
    facts: Mapping[str, str | date] = field(default_factory=dict)
    position_id: UUID | None = None
    site_id: UUID | None = None
    shift_id: UUID | None = None
    starts: date | None = None
    cards: tuple[CardStep, ...] = ()

    @property
    def places(self) -> bool:
        """Whether the row says where somebody works."""
        return any((self.position_id, self.site_id, self.shift_id))


def can_undo(*, state: str, saved_at: datetime | None, now: datetime) -> bool:
    """Whether an import may still be taken back: also one that stopped midway."""
    return state == State.SAVING or (state == State.SAVED and saved_at is not None and now - saved_at <= UNDO)
