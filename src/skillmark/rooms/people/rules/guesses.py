"""How many wrong PINs there may be. Pure."""

from __future__ import annotations

import math
from datetime import datetime, timedelta

MAX_TRIES = 5
PAUSE = timedelta(minutes=15)


def minutes_left(*, until: datetime | None, now: datetime) -> int:
    """For how long a pause still lasts, in whole minutes; at least one."""
    left = until - now if until is not None else PAUSE
    return max(1, math.ceil(left.total_seconds() / 60))
