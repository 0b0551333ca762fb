"""Ask again about what people keep, a few at a time: a proof that was cancelled must not look good tomorrow."""

from __future__ import annotations

from datetime import datetime
from time import monotonic

from skillmark.desks import own_record

SECONDS = 20.0
AT_ONCE = 5


def run(*, now: datetime) -> None:
    """As many as the time allows; the rest is found the next time."""
    until = monotonic() + SECONDS
    while monotonic() < until and own_record.ask_again(now=now, most=AT_ONCE) == AT_ONCE:
        pass
