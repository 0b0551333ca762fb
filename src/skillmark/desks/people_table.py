"""The people of a firm as a table to keep or to mend: what `importers` reads back without a change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date as day
from datetime import datetime

from django.utils.translation import gettext as _

from skillmark.desks import spreadsheets
from skillmark.desks.importers import known
from skillmark.desks.importers.roster import Field
from skillmark.rooms.people.rules import Actor

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_COLUMNS = (
    Field.EMPLOYEE_NUMBER, Field.PHONE, Field.EMAIL, Field.LANGUAGE, Field.POSITION, Field.SITE, Field.SHIFT, Field.HIRED,
    Field.LEFT,
)  # fmt: skip


def people_table(*, actor: Actor, format: str, now: datetime, on: day) -> bytes:
    """Everyone whom the actor may see, with where they work on `on`; `format` is one of FORMATS."""
    head = [
        _("Name"), _("Employee number"), _("Phone"), _("E-mail"), _("Language"), _("Position"), _("Site"), _("Shift"),
        _("Hired on"), _("Last day"),
    ]  # fmt: skip
    firm = known.read(actor=actor, now=now, on=on)
    rows: list[Sequence[spreadsheets.Value]] = [
        [one.name, *(_cell(firm, field, one.values.get(field, "")) for field in _COLUMNS)] for one in firm.known.people
    ]
    if format == "csv":
        return spreadsheets.csv_of(head=head, rows=rows)
    return spreadsheets.xlsx_of(title=_("People"), head=head, rows=rows)


def _cell(firm: known.Firm, field: Field, value: str) -> spreadsheets.Value:
    if field in {Field.HIRED, Field.LEFT}:
        return day.fromisoformat(value) if value else None
    if field in {Field.POSITION, Field.SITE, Field.SHIFT}:
        return firm.labels.get(value, "")
    return value
