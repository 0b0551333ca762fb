"""Put a pack together: who, what they need, what is on file, what is missing. A number of queries that does not grow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import PurePath
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from skillmark.desks.packs import evidence
from skillmark.desks.packs.shape import Choice, Entry, Pack, Page, RuleLine, Source
from skillmark.rooms.credentials import queries as credentials
from skillmark.rooms.holdings import queries as holdings
from skillmark.rooms.people import operations
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.skills import queries as skills
from skillmark.rooms.skills.rules import label
from skillmark.rooms.talent import queries as talent
from skillmark.rooms.talent.queries import Board, PersonLine
from skillmark.rooms.talent.rules import Cell, State

FOREVER = datetime.max.replace(tzinfo=UTC)


def gather(*, actor: Actor, choice: Choice, language: str) -> Pack:
    """The pack of what the actor may see, with names in `language`. Raises NotFound (a day, site or person that is not
    theirs), CannotDo."""
    operations.demand(actor=actor, action="pack.make")
    site_names = {one.id: one.name for one in people.sites(actor=actor, archived=True)}
    position_names = {one.id: label(one.names, language=language) for one in people.positions(actor=actor, archived=True)}
    if choice.site_id is not None and choice.site_id not in site_names:
        raise people.NotFound
    board = _board(actor, choice)
    zone = ZoneInfo(people.site(actor=actor).time_zone)
    then = people.names_at(actor=actor, moment=choice.known_at or end_of(day=choice.on, time_zone=zone.key))
    merged = people.merged(actor=actor)
    exempt = {
        (merged.get(one.person_id, one.person_id), one.item_id): one.reason
        for one in talent.exemptions(actor=actor, on=choice.on, known_at=choice.known_at)
    }
    items = {one.id: label(one.names, language=language) for one in skills.items(actor=actor, archived=True)}
    held = holdings.holdings_by_id(actor=actor, holding_ids=_behind(board))
    pages = []
    for number, line in enumerate(board.people, 1):
        folder = f"files/{number:03} {evidence.plain(line.name)}"
        entries = [
            _entry(cell, item_id, line, items, held, choice, zone, folder, exempt) for item_id, cell in _cells(board, line)
        ]
        positions = [position_names.get(place.position_id, "") for place in line.places if place.position_id]
        sites = [site_names.get(place.site_id, "") for place in line.places if place.site_id]
        pages.append(Page(line, then.get(line.id, ""), _each_once(positions), _each_once(sites), entries))
    _name_files(actor, pages)
    evaluated = _evaluated(pages)
    _mark_gaps(pages, evaluated, asked=bool(choice.item_ids))
    missing = [(page, one, "") for page in pages for one in page.entries if one.held and one.cell.compliant and not one.files]
    return Pack(
        firm=people.organisation(actor=actor).name, choice=choice,
        site=site_names[choice.site_id] if choice.site_id else "",
        position=position_names.get(choice.position_id, "") if choice.position_id else "", time_zone=zone.key, pages=pages,
        rules=_rules(actor, choice, items, {one.item_id for page in pages for one in page.entries}), evaluated=evaluated,
        missing=missing,
    )  # fmt: skip


def end_of(*, day: date, time_zone: str) -> datetime:
    """The last moment of a day in a time zone."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(time_zone)) - timedelta(microseconds=1)


def _board(actor: Actor, choice: Choice) -> Board:
    """The people who match, in the order of their names, with what they need; who needs nothing is left out, unless they
    were chosen by name."""
    if choice.item_ids:
        board = talent.standing(actor=actor, on=choice.on, item_ids=choice.item_ids, known_at=choice.known_at)
    else:
        board = talent.board(actor=actor, on=choice.on, known_at=choice.known_at)
    chosen = (one for one in board.people if _matches(one, choice))
    return replace(board, people=tuple(one for one in chosen if choice.person_ids or board.rows[one.id].cells))


def _matches(line: PersonLine, choice: Choice) -> bool:
    if choice.person_ids and line.id not in choice.person_ids:
        return False
    if choice.site_id is None and choice.position_id is None:
        return True
    return any(
        choice.site_id in {None, place.site_id} and choice.position_id in {None, place.position_id} for place in line.places
    )


def _cells(board: Board, line: PersonLine) -> list[tuple[UUID, Cell]]:
    cells = board.rows[line.id].cells
    return [(column.id, cells[column.id]) for column in board.columns if column.id in cells]


def _behind(board: Board) -> list[UUID]:
    """What decided about each cell, and what came late."""
    found: dict[UUID, None] = {}
    for line in board.people:
        for cell in board.rows[line.id].cells.values():
            if cell.holding_id is not None:
                found[cell.holding_id] = None
            found |= dict.fromkeys(one.holding_id for one in cell.lates)
    return list(found)


def _entry(
    cell: Cell, item_id: UUID, line: PersonLine, items: dict[UUID, str], held: dict[UUID, Any], choice: Choice, zone: ZoneInfo,
    folder: str, exempt: dict[tuple[UUID, UUID], str],
) -> Entry:  # fmt: skip
    holding = held.get(cell.holding_id) if cell.holding_id else None
    name = items.get(item_id, "")
    return Entry(
        item_id, name, cell,
        evidence.held(holding=holding, cell=cell, choice=choice, zone=zone) if holding else None,
        evidence.late(cell=cell, holdings=held, choice=choice),
        evidence.files(holding=holding, item=name, folder=folder, choice=choice) if holding else [],
        exempt.get((line.id, item_id), "") if cell.state is State.EXEMPT else "",
        items.get(cell.first_id, "") if cell.first_id else "",
    )  # fmt: skip


def _name_files(actor: Actor, pages: list[Page]) -> None:
    """Digital files keep the ending that they were handed over with; what was only a link is no file."""
    entries = [one for page in pages for one in page.entries]
    wanted = {file.id for one in entries for file in one.files if file.place == "checked"}
    if not wanted:
        return
    names = credentials.file_names_of(actor=actor, item_ids=wanted)
    for one in entries:
        one.files = [
            replace(file, name=f"{file.name}{PurePath(names[file.id]).suffix or '.json'}") if file.place == "checked" else file
            for file in one.files
            if file.place != "checked" or file.id in names
        ]


def _evaluated(pages: list[Page]) -> list[UUID]:
    """The items of which a record names training, evaluation or evaluator: all records of those must name all three."""
    found = (one.item_id for page in pages for one in page.entries if one.held and one.held.names_evaluation)
    return list(dict.fromkeys(found))


def _mark_gaps(pages: list[Page], evaluated: list[UUID], *, asked: bool) -> None:
    """A gap is what must count and does not, and what counts but lacks a part of its record. Good-to-haves are no gaps,
    unless the pack is about them."""
    for page in pages:
        for one in page.entries:
            if one.item_id in evaluated and one.held is not None:
                one.lacks = tuple(_lacking(one.held.trained_on, one.held.evaluated_on, one.held.evaluator))
            counts = one.cell.compliant or one.cell.state is State.EXEMPT
            one.gap = (one.cell.must or asked) and (not counts or (bool(one.lacks) and one.cell.state is not State.EXEMPT))


def _lacking(*told: object) -> Iterable[str]:
    return (name for name, value in zip(("trained", "evaluated", "evaluator"), told, strict=True) if not value)


def _rules(actor: Actor, choice: Choice, names: dict[UUID, str], shown: set[UUID]) -> list[RuleLine]:
    rules = skills.rules_of(actor=actor, on=choice.on, known_at=choice.known_at or FOREVER)
    return [
        RuleLine(one.id, names[one.id], rules[one.id].validity, rules[one.id].trust, tuple(_sources(one.sources)))
        for one in skills.items(actor=actor, archived=True)
        if one.id in shown and one.id in rules
    ]


def _sources(sources: Iterable[dict[str, Any]]) -> Iterable[Source]:
    for one in sources:
        told = {name: str(one.get(name) or "") for name in ("title", "url", "read_on", "jurisdiction")}
        yield Source(**told)


def _each_once(names: Iterable[str]) -> list[str]:
    return [one for one in dict.fromkeys(names) if one]
