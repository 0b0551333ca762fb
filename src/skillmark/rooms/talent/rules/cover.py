"""Whether a shift has enough people who can: counted slice by slice, because people come and go at different hours. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from itertools import pairwise
from typing import TypeVar

DAY = 24 * 60
Who = TypeVar("Who")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From and until, in minutes after midnight of the day that is asked about: before 0 is the day before, over 1440 the
    day after. `until` is outside."""

    start: int
    until: int

    @property
    def over_midnight(self) -> bool:
        """Whether it reaches into the day after."""
        return self.until > DAY

    def meets(self, other: Span) -> bool:
        """Whether the two have a minute in common."""
        return self.start < other.until and other.start < self.until


@dataclass(frozen=True, slots=True)
class Slice:
    """The hours in which the fewest are there, and how many that is."""

    span: Span
    count: int


def span_of(*, starts_at: time, ends_at: time, days: int = 0) -> Span:
    """A shift's span; one that ends before it starts runs over midnight. `days`: that of so many days later."""
    start, until = _minutes(starts_at), _minutes(ends_at)
    return Span(start + days * DAY, until + (DAY if until <= start else 0) + days * DAY)


def fewest(*, window: Span, present: Mapping[Who, Sequence[Span]]) -> Slice:
    """The first hours within `window` in which the fewest of those `present` are there; each with when they are."""
    edges = {window.start, window.until}
    for spans in present.values():
        for span in spans:
            edges |= {edge for edge in (span.start, span.until) if window.start < edge < window.until}
    marks = sorted(edges)
    slices = [
        Slice(piece, sum(any(span.meets(piece) for span in spans) for spans in present.values()))
        for piece in (Span(start, until) for start, until in pairwise(marks))
    ]
    least = min(slices, key=lambda one: (one.count, one.span.start))
    until = least.span.until
    for one in slices:  # what follows without a change is the same gap
        if one.span.start == until and one.count == least.count:
            until = one.span.until
    return Slice(Span(least.span.start, until), least.count)


def bus_factor(*, count: int, n: int) -> int:
    """How many may be away before there are too few: 1 means that everything hangs on one person, 0 that it is short now."""
    return max(0, count - n + 1)


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute
