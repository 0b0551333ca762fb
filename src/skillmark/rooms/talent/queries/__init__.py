"""Ask who is ready, who lacks what, and who can do it. Everything takes its actor."""

from skillmark.rooms.talent.queries.board import Board, board, row_of
from skillmark.rooms.talent.queries.needed import exemptions, head_counts, requirements
from skillmark.rooms.talent.queries.who_can import Answer, Candidate, who_can
from skillmark.rooms.talent.queries.world import Column, PersonLine

__all__ = [
    "Answer",
    "Board",
    "Candidate",
    "Column",
    "PersonLine",
    "board",
    "exemptions",
    "head_counts",
    "requirements",
    "row_of",
    "who_can",
]
