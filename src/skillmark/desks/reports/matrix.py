"""The matrix: people down, items across."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from skillmark.desks.reports import board, wording
from skillmark.desks.reports.names import Names
from skillmark.desks.reports.shape import Ask, Column, Content, Report
from skillmark.desks.spreadsheets import Value
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.talent.rules import Cell


def build(actor: Actor, ask: Ask) -> Content:
    """One row a person and one column an item; a cell that is empty is not needed. As JSON the states by item."""
    found, names = board.found(actor=actor, ask=ask), Names(actor=actor, language=ask.language)
    rows: list[list[Value]] = []
    people = []
    for line in found.people:
        cells = found.rows[line.id].cells
        words = [_word(cells.get(column.id), ask, names) for column in found.columns]
        rows.append([*board.person_cells(line, names=names), *words])
        shown = [column.id for column in found.columns if column.id in cells]
        people.append(
            {"id": str(line.id), "name": line.name, "states": {str(one): cells[one].state.value for one in shown},
             "levels": {str(one): level for one in shown if (level := cells[one].level)}}
        )  # fmt: skip
    items = [{"id": str(column.id), "name": names.item(column.id)} for column in found.columns]
    columns = [*board.person_columns(), *(Column(str(column.id), names.item(column.id)) for column in found.columns)]
    return Content(columns, rows, {"items": items, "people": people})


def _word(cell: Cell | None, ask: Ask, names: Names) -> str:
    if cell is None:
        return ""
    first = names.item(cell.first_id) if cell.first_id else ""
    word = wording.told(cell=cell, on=ask.on, first=first)
    return f"{cell.level} · {word}" if cell.level else word


REPORT = Report(name="matrix", title=gettext_lazy("Who can do what"), build=build)
