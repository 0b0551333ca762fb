"""Rules of a person's own space. Pure."""

from skillmark.rooms.records.rules.openings import (
    COPY_FORGOTTEN_AFTER,
    FORGOTTEN_AFTER,
    FRESH_FOR,
    MOST_PASSKEYS,
    RECOVERY_CODES,
    SEEN_EVERY,
    STAYS_OPEN,
    new_recovery_codes,
    recovery_digest,
)
from skillmark.rooms.records.rules.slips import (
    PIN_LENGTH,
    SLIP_LENGTH,
    new_slip,
    pin_digits,
    pin_problem,
    slip_digest,
)
from skillmark.rooms.records.rules.statements import Words

__all__ = [
    "COPY_FORGOTTEN_AFTER",
    "FORGOTTEN_AFTER",
    "FRESH_FOR",
    "MOST_PASSKEYS",
    "PIN_LENGTH",
    "RECOVERY_CODES",
    "SEEN_EVERY",
    "SLIP_LENGTH",
    "STAYS_OPEN",
    "Words",
    "new_recovery_codes",
    "new_slip",
    "pin_digits",
    "pin_problem",
    "recovery_digest",
    "slip_digest",
]
