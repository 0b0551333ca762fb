"""How an end is known, and what speaks for a holding. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID


class EndState(StrEnum):
    """ "No end" and "end not known" differ: the second is on the to-do list."""

    DATED = "dated"
    NO_END = "no_end"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class SignedBy:
    """The latest answer about a digital file: who gave it, whether it is good, and whether the giver is ours or known."""

    giver: str
    verdict: str
    own: bool
    listed: bool
    code: str = ""


@dataclass(slots=True)
class Evidence:
    """One thing that a person holds, with everything that speaks for it."""

    holding_id: UUID
    item_id: UUID
    obtained: date | None
    starts: date | None
    ends: date | None
    no_end: bool
    level: int | None = None
    hours: Decimal | None = None
    giver: str = ""
    method: str = ""
    revision: str = ""
    disputed: bool = False
    has_photo: bool = False
    photo_approved: bool = False
    looked_on: date | None = None
    look_denied: bool = False
    signed: SignedBy | None = None
    noted: bool = False  # a note on why it came late is kept
    path: tuple[UUID, ...] = field(default=())  # the items by which it counts as another; empty: it is the item itself
