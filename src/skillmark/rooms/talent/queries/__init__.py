"""Ask who is ready, who lacks what, and who can do it. Everything takes its actor."""

from skillmark.rooms.talent.queries.board import Board, board, row_of
from skillmark.rooms.talent.queries.clearance import clearances
from skillmark.rooms.talent.queries.cover import Cover, cover
from skillmark.rooms.talent.queries.needed import exemptions, head_counts, requirements
from skillmark.rooms.talent.queries.one_by_one import worth_of_each
from skillmark.rooms.talent.queries.only_one import OnlyOne, only_one
from skillmark.rooms.talent.queries.scanning import (
    Scanned,
    Shown,
    able_count,
    codes,
    own_showing,
    person_codes,
    scanned,
    showing_of,
    shown_person,
    would_show,
)
from skillmark.rooms.talent.queries.standing import standing
from skillmark.rooms.talent.queries.start_lists import (
    StartTimes,
    Taken,
    brought,
    enough,
    start_list,
    start_list_behind,
    start_lists,
    start_row,
    start_times,
    turns,
)
from skillmark.rooms.talent.queries.who_can import Answer, Candidate, who_can
from skillmark.rooms.talent.queries.world import Column, PersonLine

__all__ = [
    "Answer",
    "Board",
    "Candidate",
    "Column",
    "Cover",
    "OnlyOne",
    "PersonLine",
    "Scanned",
    "Shown",
    "StartTimes",
    "Taken",
    "able_count",
    "board",
    "brought",
    "clearances",
    "codes",
    "cover",
    "enough",
    "exemptions",
    "head_counts",
    "only_one",
    "own_showing",
    "person_codes",
    "requirements",
    "row_of",
    "scanned",
    "showing_of",
    "shown_person",
    "standing",
    "start_list",
    "start_list_behind",
    "start_lists",
    "start_row",
    "start_times",
    "turns",
    "who_can",
    "worth_of_each",
    "would_show",
]
