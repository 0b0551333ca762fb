"""Read what a made-up firm consists of, and what its board must say."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from functools import cache
from importlib import resources
from typing import Any

from skillmark import errors
from skillmark.desks.starters import trades

HOWS = ("claimed", "photo", "waiting", "source", "signed", "forged", "none")
"""How a holding is known: said only · approved photo · photo not yet looked at · looked up · signed off here · a photo that
the source denies · not there at all."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who works there; several positions where they do both."""

    name: str
    number: str
    positions: tuple[str, ...]
    site: str
    shift: str
    language: str
    hired: date


@dataclass(frozen=True, kw_only=True)
class Held:
    """One thing that a person holds, or ("none") lacks. `today` and `later` are the states that its cell must have on 4 May
    and on 4 June 2026: empty for met, "before" for what a later row has replaced, "extra" for what nobody asks for."""

    person: str
    item: str
    obtained: date | None
    ends: date | None
    no_end: bool
    how: str
    today: str
    later: str
    more: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Firm:
    """All that a made-up firm is. `needs`: items by position; `since`: since when an item is asked for."""

    firm: str
    owner: str
    began: date
    sites: tuple[str, ...]
    shifts: tuple[Mapping[str, str | time], ...]
    supervisors: tuple[Mapping[str, Any], ...]
    needs: Mapping[str, tuple[str, ...]]
    people: tuple[Person, ...]
    held: tuple[Held, ...]
    since: Mapping[str, date] = field(default_factory=dict)
    photo_is_enough: tuple[str, ...] = ()
    revisions: Mapping[str, tuple[Mapping[str, Any], ...]] = field(default_factory=dict)
    own_items: tuple[Mapping[str, Any], ...] = ()
    exemptions: tuple[Mapping[str, Any], ...] = ()


@cache
def firm(*, trade: str) -> Firm:
    """The made-up firm of a trade. Raises NotFound for a trade that has none."""
    content = tomllib.loads(_text(trade, "firms", "toml"))
    rows, needs = content.pop("rows"), content.pop("needs")
    plain: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in content.items()}
    return Firm(
        people=tuple(_person(cells) for cells in _table(rows["people"], 7)),
        held=tuple(_held(cells) for cells in _table(rows["held"], 8)),
        needs={position: tuple(items) for position, items in needs.items()},
        **plain,
    )


@cache
def answers(*, trade: str) -> Mapping[str, Any]:
    """What the board must say, worked out by hand: how many items and cells, and by day the counts and the cells behind them.

    Cells are "person: item: last day"; the last day is left out where there is none. Raises NotFound.
    """
    found: Mapping[str, Any] = json.loads(_text(trade, "answers", "json"))
    return found


def _text(trade: str, folder: str, ending: str) -> str:
    if trade not in trades():
        raise errors.NotFound
    return resources.files("skillmark.desks.demos").joinpath(folder, f"{trade}.{ending}").read_text(encoding="utf-8")


def _table(text: str, width: int) -> list[list[str]]:
    """The cells of each line. A line may leave out cells at its end."""
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return [row + [""] * (width - len(row)) for row in rows]


def _person(cells: list[str]) -> Person:
    name, number, positions, site, shift, language, hired = cells
    return Person(
        name=name, number=number, positions=tuple(positions.split(" + ")), site=site, shift=shift, language=language,
        hired=date.fromisoformat(hired),
    )  # fmt: skip


def _held(cells: list[str]) -> Held:
    person, item, obtained, ends, how, today, later, more = cells
    return Held(
        person=person, item=item, how=how, today=today, later=later,
        obtained=date.fromisoformat(obtained) if obtained else None,
        ends=date.fromisoformat(ends) if ends not in ("", "?", "never") else None, no_end=ends == "never",
        more=dict(pair.split("=", 1) for pair in more.split("; ")) if more else {},
    )  # fmt: skip
