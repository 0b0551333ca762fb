"""Who is ready, and why not: pure."""

from skillmark.rooms.talent.rules.board import Row, line_up
from skillmark.rooms.talent.rules.counts import Counts, count, ends_within
from skillmark.rooms.talent.rules.facts import Need, Restraint, Revision, Satisfying, Target
from skillmark.rooms.talent.rules.late import Late, late
from skillmark.rooms.talent.rules.news import touched
from skillmark.rooms.talent.rules.status import COMPLIANT, Cell, State, status
from skillmark.rooms.talent.rules.trust import Reason

__all__ = [
    "COMPLIANT",
    "Cell",
    "Counts",
    "Late",
    "Need",
    "Reason",
    "Restraint",
    "Revision",
    "Row",
    "Satisfying",
    "State",
    "Target",
    "count",
    "ends_within",
    "late",
    "line_up",
    "status",
    "touched",
]
