"""The board: every person, every item they need, and how they stand."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skillmark.desks.reports import wording
from skillmark.desks.reports.names import Names, at
from skillmark.desks.reports.shape import Ask, Column, Content, Report
from skillmark.desks.spreadsheets import Value
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.talent import queries as talent
from skillmark.rooms.talent.queries import Board, PersonLine
from skillmark.rooms.talent.rules import Cell, Counts

_STEPS = (30, 60, 90)


def found(*, actor: Actor, ask: Ask) -> Board:
    """The board of the day, of one site where that is asked for."""
    board = talent.board(actor=actor, on=ask.on, known_at=ask.known_at)
    return replace(board, people=tuple(at(board.people, site_id=ask.site_id)))


def build(actor: Actor, ask: Ask) -> Content:
    """One row a cell; as JSON the counts, and one object a person. The shape is described in docs/reference/reports.md."""
    board, names = found(actor=actor, ask=ask), Names(actor=actor, language=ask.language)
    rows: list[list[Value]] = []
    people = []
    for line in board.people:
        row = board.rows[line.id]
        cells = [(column.id, row.cells[column.id]) for column in board.columns if column.id in row.cells]
        positions, sites = names.positions(line), names.sites(line)
        for item_id, cell in cells:
            first = names.item(cell.first_id) if cell.first_id else ""
            rows.append(
                [line.name, line.number, ", ".join(positions), ", ".join(sites), names.item(item_id),
                 wording.told(cell=cell, on=ask.on, first=first), cell.ends, wording.trust(cell=cell),
                 _("Late") if cell.late else ""]
            )  # fmt: skip
        people.append(
            {"id": str(line.id), "name": line.name, "positions": positions, "site": ", ".join(sites), "ready": row.ready,
             "cells": [_cell(names.item(item_id), str(item_id), cell) for item_id, cell in cells]}
        )  # fmt: skip
    return Content(columns(), rows, {"counts": _counts(board.counts()), "people": people})


def columns() -> list[Column]:
    """Who, what, and how it stands."""
    return [
        Column("person", _("Person"), 3), Column("number", _("Number")), Column("positions", _("Position"), 3),
        Column("site", _("Site")), Column("item", _("Item"), 3), Column("state", _("State"), 3),
        Column("ends", _("Expires")), Column("trust", _("How we know"), 3), Column("late", _("Late"), 1),
    ]  # fmt: skip


def _cell(item: str, item_id: str, cell: Cell) -> dict[str, object]:
    return {
        "item": item, "item_id": item_id, "state": cell.state.value, "ends": cell.ends.isoformat() if cell.ends else None,
        "trust": cell.trust.name.lower(), "reason": cell.reason.value if cell.reason else None, "late": cell.late,
        "compliant": cell.compliant, "must": cell.must, "level": cell.level,
    }  # fmt: skip


def _counts(counts: Counts) -> dict[str, int]:
    return {
        "expired": counts.expired, "missing": counts.missing, **{f"due_{days}": counts.within[days] for days in _STEPS},
        "to_check": counts.to_check, "no_date": counts.no_date, "people": counts.people, "ready": counts.ready,
    }  # fmt: skip


def person_columns() -> list[Column]:
    """Who somebody is, for reports with one row a person."""
    return [Column("person", _("Person"), 3), Column("number", _("Number")), Column("positions", _("Position"), 3)]


def person_cells(line: PersonLine, *, names: Names) -> list[Value]:
    """The cells of `person_columns`."""
    return [line.name, line.number, ", ".join(names.positions(line))]


REPORT = Report(name="board", title=gettext_lazy("Board"), build=build)
