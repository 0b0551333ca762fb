"""What somebody typed into "Who can…": an item, and perhaps a site and a shift, in any order and with slips of the pen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from rapidfuzz import fuzz

from skillmark.rooms.skills.rules import plain

SURE, NEAR = 90, 60
"""From which likeness (0 to 100) a word is taken, and from which it is offered as "did you mean"."""
MOST = 4


@dataclass(frozen=True)
class Asked:
    """What was understood. `near` are items that may have been meant, where none was sure."""

    item: Any = None
    site_id: UUID | None = None
    shift_id: UUID | None = None
    near: list[Any] = field(default_factory=list)


def asked(
    *, text: str, items: Sequence[Any], aliases: Mapping[str, Sequence[UUID]], sites: Sequence[Any], shifts: Sequence[Any]
) -> Asked:
    """Take the names of a site and a shift out of the text; what is left is the item. Unsure is asked, never guessed."""
    left = plain(text)
    if not left:
        return Asked()
    site, left = _take(left, sites)
    shift, left = _take(left, shifts)
    scored = sorted(((_likeness(left, one, aliases), one) for one in items), key=lambda pair: -pair[0])
    best = [one for score, one in scored if score >= SURE and score == scored[0][0]]
    near = [one for score, one in scored if score >= NEAR][:MOST]
    site_id, shift_id = site.id if site else None, shift.id if shift else None
    return Asked(best[0], site_id, shift_id) if len(best) == 1 else Asked(None, site_id, shift_id, near)


def _take(text: str, places: Sequence[Any]) -> tuple[Any, str]:
    """The place whose whole name stands in the text, and the text without it."""
    for one in places:
        name = plain(one.name)
        if name and f" {name} " in f" {text} ":
            return one, " ".join(f" {text} ".replace(f" {name} ", " ", 1).split())
    return None, text


def _likeness(text: str, item: Any, aliases: Mapping[str, Sequence[UUID]]) -> float:
    words = {plain(name) for name in item.names.values()} | {word for word, ids in aliases.items() if item.id in ids}
    return max((max(fuzz.ratio(text, word), 0.95 * fuzz.partial_ratio(text, word)) for word in words if word), default=0.0)
