"""Take everything along: as signed files, for other programs, and in a sealed file to another server."""

from skillmark.desks.taking_along.moving import (
    Moved,
    is_code,
    make_moving_file,
    move_in,
    name_in,
    new_moving_code,
)
from skillmark.desks.taking_along.other_programs import as_file, clr, signed_life, working_lives
from skillmark.desks.taking_along.parcel import CannotTakeAlong, for_jobs, for_schools, whole
from skillmark.desks.taking_along.reading import MOST_BYTES as MOST_LIFE_BYTES
from skillmark.desks.taking_along.reading import CannotRead, Life, Taken, read, take
from skillmark.desks.taking_along.sealed_page import MOST_BYTES, CannotMove

__all__ = [
    "MOST_BYTES",
    "MOST_LIFE_BYTES",
    "CannotMove",
    "CannotRead",
    "CannotTakeAlong",
    "Life",
    "Moved",
    "Taken",
    "as_file",
    "clr",
    "for_jobs",
    "for_schools",
    "is_code",
    "make_moving_file",
    "move_in",
    "name_in",
    "new_moving_code",
    "read",
    "signed_life",
    "take",
    "whole",
    "working_lives",
]
