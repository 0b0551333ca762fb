"""Days as exact as somebody knows them, told in words."""

from __future__ import annotations

from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _


def in_words(text: str) -> str:
    """`2019`, `2019-03` or `2019-03-14` (what follows is passed over) as people write it; as it is when it is none of them."""
    parts = text[:10].split("-")
    try:
        if len(parts) == 1:
            return text
        day = date(int(parts[0]), int(parts[1]), int(parts[2]) if len(parts) > 2 else 1)
    except ValueError:
        return text
    return formats.date_format(day, "DATE_FORMAT" if len(parts) > 2 else "YEAR_MONTH_FORMAT")


def between(since: str, until: str) -> str:
    """ "March 2019 – May 2021", "since March 2019", "until May 2021", or nothing."""
    first, last = in_words(since), in_words(until)
    if first and last:
        return _("%(since)s – %(until)s") % {"since": first, "until": last}
    if first:
        return _("since %(since)s") % {"since": first}
    return _("until %(until)s") % {"until": last} if last else ""
