"""Dates in words: month in letters, in the order the firm chose, so that 4 May and 5 April cannot be mixed up."""

from contextvars import ContextVar
from datetime import date, datetime

from django.utils import formats, translation

# What the page of the moment uses; `access.signed_in` sets it from the firm's site.
date_order: ContextVar[str] = ContextVar("date_order", default="")

_ENGLISH = {"mdy": "F j, Y", "dmy": "j F Y", "ymd": "Y F j"}


def day(*, day: date) -> str:
    """ "May 4, 2026" or "4 May 2026" in English; Spanish has one order: "4 de mayo de 2026"."""
    if translation.get_language() == "es":
        return formats.date_format(day, r"j \d\e F \d\e Y")
    return formats.date_format(day, _ENGLISH.get(date_order.get(), "j F Y"))


def moment(*, moment: datetime) -> str:
    """Day and time of day, "May 4, 2026, 6:40 PM"; `moment` is already in the zone of the reader."""
    clock = "g:i\N{NO-BREAK SPACE}a" if translation.get_language() == "es" else "g:i\N{NO-BREAK SPACE}A"
    return f"{day(day=moment.date())}, {formats.date_format(moment, clock)}"
