"""What a starter pack is made of. Every text is in English and Spanish; every rule names its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

Text = Mapping[str, str]
"""The same words by language: "en" and "es"."""

Kind = Literal["licence", "card", "training", "check", "skill"]
Trust = Literal["claimed", "photo", "source", "signed"]

LANGUAGES = ("en", "es")


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a rule stands. `reread`: its wording was read on that day, in a stored copy; otherwise our notes had to do."""

    url: str
    title: str
    read_on: date
    jurisdiction: str
    reread: bool = False


@dataclass(frozen=True, kw_only=True)
class Code:
    """The job or the skill that an item belongs to in a public list."""

    framework: str
    code: str
    name: str
    url: str


@dataclass(frozen=True, kw_only=True)
class PackItem:
    """A licence, card, training, check or skill. Days and months are whole numbers; None or "" is "not stated"."""

    slug: str
    kind: Kind
    names: Text
    shows: Text
    """One sentence: what the person did or can do."""
    validity: Mapping[str, str | int]
    """How long it counts: {"type": "months", "months": 24}, card_date, no_end, on_revision, {"type": "hours", "hours": 12,
    "months": 12} or {"type": "disuse", "months": 6}."""
    note: Text
    sources: tuple[Source, ...]
    due_days: int | None = None
    """Needed within so many days of the start; 0 is before the first day."""
    max_age_days: int | None = None
    """How old it may be on the first day."""
    trust: Trust = "source"
    lead_days: int = 30
    stale_days: int = 365
    grace_days: int = 0
    giver: Text | None = None
    tested: Text | None = None
    hours: Text | None = None
    renewal: Text | None = None
    required_by: Text | None = None
    look_up: str = ""
    """Where anyone can look it up: the public register or the giver's own page."""
    health: bool = False
    needs_first: tuple[str, ...] = ()
    satisfies: tuple[str, ...] = ()
    checklist: tuple[Text, ...] = ()
    """For a skill: steps that one person can see another do."""
    leveled: bool = False
    method: Literal["observed", "test", "hours", ""] = ""
    """How a firm signs it off itself; "" for what somebody else gives."""
    how: Text | None = None
    """Who looked, at what, against which list: it stands on the proof."""
    behaviour: bool = False
    """What someone does, seen on two days before it is signed."""
    codes: tuple[Code, ...] = ()
    document: str = ""
    details: tuple[str, ...] = ()
    """What its record also names: "training_on", "evaluated_on", "evaluator"."""


@dataclass(frozen=True, kw_only=True)
class Need:
    """That a position needs an item: a must, or good to have; from which level on; and why."""

    item: str
    must: bool
    why: Text
    level: int | None = None


@dataclass(frozen=True, kw_only=True)
class PackPosition:
    """A job and what it needs."""

    slug: str
    names: Text
    needs: tuple[Need, ...]


@dataclass(frozen=True, kw_only=True)
class Cover:
    """A head-count: `n` people who each have all of `items`, on every shift of a site."""

    names: Text
    items: tuple[str, ...]
    n: int


@dataclass(frozen=True, kw_only=True)
class Pack:
    """All that is ready for one trade."""

    trade: str
    names: Text
    about: Text
    items: tuple[PackItem, ...]
    positions: tuple[PackPosition, ...]
    covers: tuple[Cover, ...] = ()

    def item(self, *, slug: str) -> PackItem:
        """The item of that name. Raises KeyError where the pack has none."""
        return {item.slug: item for item in self.items}[slug]
