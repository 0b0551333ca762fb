"""The rows that could not be saved, as an Excel to mend and bring in again: their own columns, and what to fix."""

from __future__ import annotations

from django.utils.translation import gettext as _

from skillmark.desks import spreadsheets
from skillmark.desks.importers.people_lists import Looked
from skillmark.desks.importers.roster import State
from skillmark.desks.importers.roster.sentences import say


def rows_to_fix(looked: Looked) -> bytes:
    """An Excel file with the headings of the list and a last column "What to fix"."""
    wrong = {row.number: row for row in looked.plan.rows if row.state is State.PROBLEM}
    width = len(looked.layout.headings)
    rows = []
    for line in looked.layout.lines:
        if line.number in wrong:
            says = " ".join(say(reason, labels=looked.labels) for reason in wrong[line.number].problems)
            cells = [looked.answers.cells.get(f"{line.number}:{at}", line.cell(at)) for at in range(width)]
            rows.append([*cells, says])
    return spreadsheets.xlsx_of(title=_("To fix"), head=[*looked.layout.headings, _("What to fix")], rows=rows)
