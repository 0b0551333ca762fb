"""When a proof ends. Pure calendar arithmetic."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LAST_SECOND = time(23, 59, 59)
LONGEST_AGO = 60  # years; whatever was seen before that was not seen in a working life


def months_later(*, day: date, months: int) -> date:
    """The same day of the month, `months` later; the month's last day where that day does not exist.

    31 January plus one month is 28 (or 29) February; 29 February plus twelve months is 28 February.
    """
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def is_long_ago(day: date, *, today: date) -> bool:
    """Whether nobody who works today can have seen it: a year with a slip of the finger in it, such as 0026."""
    return today.year - day.year > LONGEST_AGO


def last_good_moment(*, day: date, months: int | None, time_zone: str) -> datetime | None:
    """The last second in which the proof counts, in UTC: the end of its last good day where the firm works.

    None when the proof does not expire. "Expires 4 May 2028" means that it still counts on 4 May 2028, all day.
    """
    if months is None:
        return None
    last_day = months_later(day=day, months=months)
    return datetime.combine(last_day, LAST_SECOND, tzinfo=ZoneInfo(time_zone)).astimezone(UTC)


def day_there(*, moment: datetime, time_zone: str) -> date:
    """Which day it is in the site's time zone at this moment."""
    return moment.astimezone(ZoneInfo(time_zone)).date()
