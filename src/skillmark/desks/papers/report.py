"""A report on paper: one table, in as many parts as it needs to fit the width of a page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from skillmark.desks.papers import press

_ACROSS = 24
"""Shares of width that a page holds; a column of a date is 2, one of a name 3."""


def report(
    *, title: str, firm: str, on: date, language: str, head: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[str | date]], nothing: str,
) -> bytes:  # fmt: skip
    """A PDF that prints on Letter and A4, lying. `head` are (title, share of the width); the first column stands in every
    part. `nothing` is said where there are no rows."""
    language = press.known(language)
    with translation.override(language):
        day = press.in_words(day=on, language=language)
        told = [[press.in_words(day=one, language=language) if isinstance(one, date) else one for one in row] for row in rows]
        data = {
            "lang": language,
            "document_title": f"{title} – {firm}, {day}",
            "head": title,
            "about": _("%(firm)s, on %(day)s") % {"firm": firm, "day": day},
            "rows": ngettext("%(count)s line", "%(count)s lines", len(rows)) % {"count": len(rows)},
            "parts": [_part(head, told, columns) for columns in _split([share for _title, share in head])],
            "nothing": nothing,
            "page": _("Page"),
            "foot": f"{title} · {firm} · {day}",
        }
    return press.press(source="report", data=data, files={})


def _split(shares: Sequence[int]) -> list[list[int]]:
    """The columns of each part: as many as fit, after the first."""
    if not shares:
        return []
    parts, taken = [[0]], shares[0]
    for at, share in enumerate(shares[1:], 1):
        if taken + share > _ACROSS:
            parts.append([0])
            taken = shares[0]
        parts[-1].append(at)
        taken += share
    return parts


def _part(head: Sequence[tuple[str, int]], rows: Sequence[Sequence[str]], columns: Sequence[int]) -> dict[str, object]:
    return {
        "shares": [head[at][1] for at in columns],
        "head": [head[at][0] for at in columns],
        "rows": [[press.breakable(row[at]) for at in columns] for row in rows],
    }
