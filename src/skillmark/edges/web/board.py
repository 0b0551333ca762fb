"""What the board page shows: the lines and cells that a filter leaves, 60 people and 30 items a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from skillmark.desks import states
from skillmark.rooms.skills.rules import label
from skillmark.rooms.talent import rules
from skillmark.rooms.talent.rules import Cell, State

PEOPLE, ITEMS = 60, 30
_CLEARED = _("Cleared for work")
ADDRESS = "/"

SHOWS: Mapping[str, Promise] = {
    "all": _("Everyone"),
    "expired": _("Expired"),
    "missing": _("Missing"),
    "30": _("30 days"),
    "60": _("60 days"),
    "90": _("90 days"),
    "check": _("To check"),
    "no-date": _("No date known"),
    "again": _("Sign again"),
}


@dataclass(frozen=True)
class Filter:
    """What somebody asked to see; every part is in the address, so that it can be kept and sent as a link."""

    show: str = "all"
    item: str = ""
    site: str = ""
    position: str = ""
    on: str = ""
    page: int = 1
    columns: int = 1

    def link(self, **changes: object) -> str:
        """The address of the same view with something changed. Another filter starts at the first page."""
        parts = {name: getattr(self, name) for name in self.__dataclass_fields__}
        if not {"page", "columns"} & changes.keys():
            parts["page"] = 1
        parts |= changes
        plain = Filter()
        asked = {name: value for name, value in parts.items() if str(value) != str(getattr(plain, name))}
        return f"{ADDRESS}?{urlencode(asked)}#board" if asked else f"{ADDRESS}#board"


@dataclass(frozen=True)
class Shown:
    """One cell of a line; None of `said` where the person does not need the item."""

    item: str
    item_id: UUID | None
    said: states.Said | None
    late: bool
    calm: bool


@dataclass(frozen=True)
class Line:
    """One person. `calm` cells need nothing; a phone leaves them out and says how many there are."""

    person: Any
    place: str
    cells: list[Shown]
    calm: int


@dataclass(frozen=True)
class Tab:
    """A filter as a link with its number."""

    label: str | Promise
    count: int
    link: str
    current: bool


@dataclass(frozen=True)
class Page:
    """What the template draws. `open` are people with something to settle, `done` those with nothing: those of this
    page, with how many there are on all pages."""

    filter: Filter
    items: list[tuple[UUID | None, str]]
    open: list[Line]
    done: list[Line]
    open_people: int
    done_people: int
    tabs: list[Tab]
    counts: rules.Counts
    unready: int
    people: int
    next_page: str
    previous_page: str
    more_items: str
    fewer_items: str


def asked(query: Mapping[str, str]) -> Filter:
    """A filter from the address; what makes no sense is left out."""
    show = query.get("show", "all")
    return Filter(
        show=show if show in SHOWS else "all", item=query.get("item", ""), site=query.get("site", ""),
        position=query.get("position", ""), on=query.get("on", ""), page=_number(query.get("page")),
        columns=_number(query.get("columns")),
    )  # fmt: skip


def page(*, board: Any, filter_: Filter, names: Mapping[UUID, str], language: str, cleared: Mapping[UUID, Any]) -> Page:
    """Lay out a board. `names` are those of positions and sites; `cleared` tells who may work, and never why not."""
    columns = [(one.id, label(one.names, language=language)) for one in board.columns]
    titles = dict(columns)
    if filter_.item:
        columns = [one for one in columns if str(one[0]) == filter_.item] or columns
    chosen = [one for one in board.people if _is_at(one, filter_)]
    only = columns[0][0] if filter_.item and len(columns) == 1 else None
    matching = [one for one in chosen if filter_.show == "all" or _matches(board.rows[one.id], filter_.show, only, board.on)]
    settled = {one.id for one in matching if all(_is_calm(cell) for cell in _cells(board.rows[one.id], only))}
    matching.sort(key=lambda one: one.id in settled)
    at, first = (filter_.page - 1) * PEOPLE, (filter_.columns - 1) * ITEMS
    drawn = columns[first : first + ITEMS]
    lines = [_line(one, board, only, drawn, titles, names) for one in matching[at : at + PEOPLE]]
    if cleared:
        for line in lines:
            line.cells.append(_clearance(cleared.get(line.person.id), board.on))
    rows = [board.rows[one.id] for one in chosen]
    counts = board.counts() if len(chosen) == len(board.people) else rules.count(rows=rows, on=board.on)
    return Page(
        filter=filter_,
        items=[*drawn, (None, str(_CLEARED))] if cleared else [*drawn],
        open=[line for line in lines if line.person.id not in settled],
        done=[line for line in lines if line.person.id in settled],
        open_people=len(matching) - len(settled),
        done_people=len(settled),
        tabs=_tabs(counts if only is None else _counts_of(rows, only, board.on), filter_, len(chosen)),
        counts=counts,
        unready=counts.people - counts.ready,
        people=len(matching),
        next_page=filter_.link(page=filter_.page + 1) if len(matching) > at + PEOPLE else "",
        previous_page=filter_.link(page=filter_.page - 1) if filter_.page > 1 else "",
        more_items=filter_.link(columns=filter_.columns + 1) if len(columns) > first + ITEMS else "",
        fewer_items=filter_.link(columns=filter_.columns - 1) if filter_.columns > 1 else "",
    )


def place_of(person: Any, names: Mapping[UUID, str]) -> str:
    """ "Forklift operator · North", from where somebody works on the day."""
    parts = [names.get(one) for place in person.places for one in (place.position_id, place.site_id) if one]
    return " · ".join(dict.fromkeys(part for part in parts if part))


def _line(
    person: Any, board: Any, only: UUID | None, drawn: list[tuple[UUID, str]], titles: Mapping[UUID, str],
    names: Mapping[UUID, str],
) -> Line:  # fmt: skip
    row = board.rows[person.id]
    cells = []
    for item_id, title in drawn:
        cell = row.cells.get(item_id)
        if cell is None:
            cells.append(Shown(title, item_id, None, False, True))
            continue
        first = titles.get(cell.first_id, "") if cell.first_id else ""
        said = states.said(cell=cell, on=board.on, first=first)
        cells.append(Shown(title, item_id, said, cell.late, _is_calm(cell)))
    return Line(person, place_of(person, names), cells, sum(_is_calm(cell) for cell in _cells(row, only)))


def _clearance(one: Any, on: date) -> Shown:
    """Whether somebody may work as far as what is kept apart goes: yes until a day, or not yet. Nothing else is known here."""
    if one is None:
        return Shown(str(_CLEARED), None, None, False, True)
    if not one.met:
        return Shown(str(_CLEARED), None, states.Said("warn", gettext("Not yet"), ""), False, False)
    until = states.short_day(one.until, on=on) if one.until else ""
    return Shown(str(_CLEARED), None, states.Said("ok", gettext("Cleared"), until), False, True)


def _is_calm(cell: Cell) -> bool:
    """Whether there is nothing to do about it."""
    return cell.state in {State.MET, State.EXEMPT}


def _tabs(counts: rules.Counts, filter_: Filter, everyone: int) -> list[Tab]:
    numbers = {
        "all": everyone, "expired": counts.expired, "missing": counts.missing, "check": counts.to_check,
        "no-date": counts.no_date, "again": counts.revision, **{str(step): counts.within[step] for step in (30, 60, 90)},
    }  # fmt: skip
    return [
        Tab(name, numbers[show], filter_.link(show=show), show == filter_.show)
        for show, name in SHOWS.items()
        if numbers[show] or show in {"all", "expired", "30", filter_.show}
    ]


def _counts_of(rows: list[Any], item_id: UUID, on: date) -> rules.Counts:
    """The numbers of one item alone."""
    alone = (rules.Row(row.person_id, {item_id: row.cells[item_id]} if item_id in row.cells else {}) for row in rows)
    return rules.count(rows=alone, on=on)


def _cells(row: Any, only: UUID | None) -> Iterable[Cell]:
    """The person's cells, or the one that was asked for."""
    if only is None:
        return list(row.cells.values())
    return [row.cells[only]] if only in row.cells else []


def _matches(row: Any, show: str, only: UUID | None, on: date) -> bool:
    return any(_is(cell, show, on) for cell in _cells(row, only))


def _is(cell: Cell, show: str, on: date) -> bool:
    if show.isdigit():
        return rules.ends_within(cell, on=on, days=int(show))
    return cell.state in _STATES[show]


_STATES: Mapping[str, frozenset[State]] = {
    "expired": frozenset({State.EXPIRED}),
    "missing": frozenset({State.MISSING}),
    "check": frozenset({State.BELOW_TRUST}),
    "no-date": frozenset({State.END_UNKNOWN}),
    "again": frozenset({State.REVISION_OLD, State.REVISION_GRACE}),
}


def _is_at(person: Any, filter_: Filter) -> bool:
    if not (filter_.site or filter_.position):
        return True
    return any(
        filter_.site in {"", str(place.site_id)} and filter_.position in {"", str(place.position_id)}
        for place in person.places
    )


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() and 0 < int(text) < 10_000 else 1
