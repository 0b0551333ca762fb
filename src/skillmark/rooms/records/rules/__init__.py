"""Rules of a person's own space. Pure."""

from skillmark.rooms.records.rules.slips import (
    MAX_TRIES,
    PAUSE,
    PIN_LENGTH,
    SLIP_LENGTH,
    new_slip,
    pin_digits,
    pin_problem,
    slip_digest,
)

__all__ = ["MAX_TRIES", "PAUSE", "PIN_LENGTH", "SLIP_LENGTH", "new_slip", "pin_digits", "pin_problem", "slip_digest"]
