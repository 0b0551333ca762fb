"""Moments as credentials and key documents write them. (XSD 1.1 part 2, section 3.3.7)"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

from credcore.errors import MalformedError

_DATETIME = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)?",
    re.ASCII,
)

# No clock is, or ever was, further from Greenwich than 16 hours behind and, today, 14 hours ahead.
_EARLIEST, _LATEST = datetime(1, 1, 1, 16, tzinfo=UTC), datetime(9999, 12, 31, 9, 59, 59, tzinfo=UTC)
_LONGEST_DATE = 40  # date, time, nine decimals and a zone have 35 characters


def tellable(moment: datetime) -> datetime:
    """The same, or the nearest moment that has a day in every time zone.

    Programs write the first or the last moment that they know for “always”, and west or east of Greenwich it has no day.
    """
    return min(max(moment, _EARLIEST), _LATEST)


def instant(text: object) -> datetime | None:
    """An XML dateTime (XSD 1.1 part 2, section 3.3.7) as an aware datetime; without a zone it is read as UTC.

    None for None. A day short of the ends of the calendar (see `tellable`). Raises MalformedError `dates.malformed`.
    """
    if text is None:
        return None
    if not isinstance(text, str) or len(text) > _LONGEST_DATE:
        raise MalformedError("dates.malformed", str(text)[:40])
    return _instant(text)


@lru_cache(maxsize=1024)
def _instant(text: str) -> datetime:
    """Remembered, because one document names the same few moments again and again."""
    match = _DATETIME.fullmatch(text)
    if match is None:
        raise MalformedError("dates.malformed", text)
    year, month, day, hour, minute, second = (int(part) for part in match.groups()[:6])
    micro = int((match[7] or "0").ljust(6, "0")[:6])
    try:
        zone: timezone = UTC
        if match[8] and match[8] != "Z":
            sign = -1 if match[8][0] == "-" else 1
            zone = timezone(sign * timedelta(hours=int(match[8][1:3]), minutes=int(match[8][4:])))
        # 24:00:00 is the end of the day in XML, and unknown to Python.
        extra = timedelta(days=1) if (hour, minute, second) == (24, 0, 0) else timedelta()
        moment = datetime(year, month, day, hour % 24 if extra else hour, minute, second, micro, tzinfo=zone)
        return tellable((moment + extra).astimezone(UTC))
    except (ValueError, OverflowError) as error:
        raise MalformedError("dates.malformed", text) from error


def iso(moment: datetime) -> str:
    """An aware datetime as XML dateTime in UTC, to the second."""
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"
