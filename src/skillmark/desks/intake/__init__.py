"""Photos and scans, as they come from phones and desks: made upright, small and free of what the camera wrote beside them.

Nothing here knows a firm or a person. What comes in is told by its content, never by its name, and a file that would
unpack into something huge is refused before it is unpacked.
"""

from skillmark.desks.intake.kinds import can_be_photo, is_picture
from skillmark.desks.intake.matching import Guess, ItemWords, KnownPerson, Matcher
from skillmark.desks.intake.parcels import Loose, unpack
from skillmark.desks.intake.refusals import MOST_BYTES, CannotTake
from skillmark.desks.intake.taking import ACCEPTED, Taken, take

__all__ = [
    "ACCEPTED",
    "MOST_BYTES",
    "CannotTake",
    "Guess",
    "ItemWords",
    "KnownPerson",
    "Loose",
    "Matcher",
    "Taken",
    "can_be_photo",
    "is_picture",
    "take",
    "unpack",
]
