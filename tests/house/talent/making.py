"""Needs and evidence for tests of the rules: what a test does not name is as plain as can be."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from skillmark.rooms.holdings.rules import Evidence, SignedBy
from skillmark.rooms.skills.rules import Trust
from skillmark.rooms.talent.rules import Cell, Need, Restraint, status

ON = date(2026, 5, 4)
CARD = UUID(int=1)
STATE = "State Board"


def rule(**parts: Any) -> Restraint:
    """Until the date on the card, checked at source."""
    return Restraint(**{"validity": {"type": "card_date"}, "trust": Trust.SOURCE, **parts})


def need(restraint: Restraint | None = None, **parts: Any) -> Need:
    """One card that is needed."""
    return Need(**{"item_id": CARD, "restraint": restraint or rule(), **parts})


def held(**parts: Any) -> Evidence:
    """A card of January 2025 that ends in a year and was looked up three days ago."""
    plain: dict[str, Any] = {
        "holding_id": uuid4(), "item_id": CARD, "obtained": date(2025, 1, 10), "starts": date(2025, 1, 10),
        "ends": date(2027, 5, 4), "no_end": False, "looked_on": date(2026, 5, 1),
    }  # fmt: skip
    return Evidence(**{**plain, **parts})


def signed(verdict: str = "good", **parts: Any) -> SignedBy:
    """A digital file of a giver on the firm's list."""
    return SignedBy(**{"giver": STATE, "verdict": verdict, "own": False, "listed": True, **parts})


def cell(*evidence: Evidence, on: date = ON, exempt: bool = False, restraint: Restraint | None = None, **parts: Any) -> Cell:
    """The cell of who holds this."""
    return status(need=need(restraint, **parts), evidence=evidence, on=on, exempt=exempt)
