"""Who is ready, and why not: pure."""

from skillmark.rooms.talent.rules.board import Row, line_up
from skillmark.rooms.talent.rules.counts import Counts, count, ends_within
from skillmark.rooms.talent.rules.facts import Need, Restraint, Revision, Satisfying, Target
from skillmark.rooms.talent.rules.late import Late, late
from skillmark.rooms.talent.rules.news import EVERYTHING, News, news
from skillmark.rooms.talent.rules.start_lists import (
    MOST_BROUGHT,
    Doubt,
    Standing,
    Turn,
    Way,
    expires,
    is_complete,
    is_missing,
    standing,
    turn,
)
from skillmark.rooms.talent.rules.status import COMPLIANT, Cell, State, status
from skillmark.rooms.talent.rules.trust import Reason

__all__ = [
    "COMPLIANT",
    "EVERYTHING",
    "MOST_BROUGHT",
    "Cell",
    "Counts",
    "Doubt",
    "Late",
    "Need",
    "News",
    "Reason",
    "Restraint",
    "Revision",
    "Row",
    "Satisfying",
    "Standing",
    "State",
    "Target",
    "Turn",
    "Way",
    "count",
    "ends_within",
    "expires",
    "is_complete",
    "is_missing",
    "late",
    "line_up",
    "news",
    "standing",
    "status",
    "turn",
]
