"""A followed list as one entry of a page: what kind it is and what went wrong, in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from skillmark.desks import words
from skillmark.edges.web.forms.trust import SHORT_KINDS


@dataclass(frozen=True, slots=True)
class Line:
    """`where` is the site that it comes from, or that it is a file; `problem` is a sentence, empty when all is well."""

    followed: Any  # credentials' FollowedList
    kind: str
    where: str
    problem: str


def line(*, followed: Any) -> Line:
    """The entry of one list."""
    return Line(
        followed=followed,
        kind=str(SHORT_KINDS[followed.kind]),
        where=urlsplit(followed.url).hostname or _("a file"),
        problem=words.problem(followed.problem),
    )
