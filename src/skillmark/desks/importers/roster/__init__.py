"""A list of people and their cards, however it was typed: read, understand, plan. Pure: nothing is saved here.

`read` gives tables, `lay_out` finds headings and rows, `plan` says what saving would do and what has to be asked first.
"""

from skillmark.desks.importers.roster.answers import Answers, from_json
from skillmark.desks.importers.roster.columns import Column, KnownItem, Sure, Target, kind_of_sheet, target_of
from skillmark.desks.importers.roster.dates import Order
from skillmark.desks.importers.roster.headings import Layout, LeftOut, lay_out
from skillmark.desks.importers.roster.people import KnownPerson
from skillmark.desks.importers.roster.plan import PLACES, Change, Known, Plan, PlannedRow, State, plan
from skillmark.desks.importers.roster.questions import Question
from skillmark.desks.importers.roster.reading import Card, Reason
from skillmark.desks.importers.roster.tables import MOST_ROWS, CannotRead, Line, Table, paste, read
from skillmark.desks.importers.roster.words import Field

__all__ = [
    "MOST_ROWS", "PLACES", "Answers", "CannotRead", "Card", "Change", "Column", "Field", "Known", "KnownItem", "KnownPerson",
    "Layout", "LeftOut", "Line", "Order", "Plan", "PlannedRow", "Question", "Reason", "State", "Sure", "Table", "Target",
    "from_json", "kind_of_sheet", "lay_out", "paste", "plan", "read", "target_of",
]  # fmt: skip
