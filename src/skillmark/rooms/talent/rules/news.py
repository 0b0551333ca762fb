"""Which rows of a board are old after something was written in the journal. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

# What concerns the evidence of one person: the entry's subject.
_ONE_PERSON = frozenset(
    f"holdings.{event}"
    for event in (
        "ask.answered",
        "holding.recorded",
        "holding.corrected",
        "holding.withdrawn",
        "holding.disputed",
        "holding.dispute_ended",
        "late.noted",
        "look_up.logged",
        "photo.added",
        "photo.approved",
        "photo.refused",
        "photo.removed",
        "poster_photo.matched",
        "signature.noted",
    )
)
# What no cell rests on: a proof counts by the signature that is noted of it, health items are on no board.
_NOBODY = (
    "credentials.",
    "health.",
    "holdings.ask.",
    "holdings.calendar.",
    "holdings.poster.",
    "holdings.reminders.",
    "holdings.sign_off.",
    "jobs.",
    "records.",
    "signing.",
    "talent.start_list.",
)


def touched(entries: Iterable[tuple[str, str]]) -> frozenset[UUID] | None:
    """Whose rows the entries (event, subject id) concern; None where one of them may concern anybody."""
    found = set()
    for event, subject in entries:
        if event in _ONE_PERSON:
            found.add(UUID(subject))
        elif not event.startswith(_NOBODY):
            return None
    return frozenset(found)
