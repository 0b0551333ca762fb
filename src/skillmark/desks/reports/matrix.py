"""The matrix: people down, items across."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from skillmark.desks.reports import board, wording
from skillmark.desks.reports.names import Names
from skillmark.desks.reports.shape import Ask, Column, Content, Report, Rows
from skillmark.desks.spreadsheets import Value
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.talent.rules import Cell


def build(actor: Actor, ask: Ask) -> Content:
    """One row a person and one column an item; a cell that is empty is not needed. As JSON `states` and `levels` in the order
    of `items`, nothing where it is not needed."""
    found, names = board.found(actor=actor, ask=ask), Names(actor=actor, language=ask.language)
    ids = [column.id for column in found.columns]

    def rows() -> list[list[Value]]:
        everybody = [(board.person_cells(line, names=names), found.rows[line.id].cells) for line in found.people]
        return [[*who, *(_word(cells.get(one), ask, names) for one in ids)] for who, cells in everybody]

    people = []
    for line in found.people:
        cells = [found.rows[line.id].cells.get(one) for one in ids]
        states, levels = [cell and cell.state for cell in cells], [cell and cell.level for cell in cells]
        people.append({"id": str(line.id), "name": line.name, "states": states, "levels": levels})
    items = [{"id": str(column.id), "name": names.item(column.id)} for column in found.columns]
    columns = [*board.person_columns(), *(Column(str(column.id), names.item(column.id)) for column in found.columns)]
    return Content(columns, Rows(language=ask.language, make=rows), {"items": items, "people": people})


def _word(cell: Cell | None, ask: Ask, names: Names) -> str:
    if cell is None:
        return ""
    first = names.item(cell.first_id) if cell.first_id else ""
    word = wording.told(cell=cell, on=ask.on, first=first)
    return f"{cell.level} · {word}" if cell.level else word


REPORT = Report(name="matrix", title=gettext_lazy("Who can do what"), build=build)
