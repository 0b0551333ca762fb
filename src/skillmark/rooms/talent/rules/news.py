"""What of a board is old after something was written in the journal. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
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
_NOTHING = (
    "credentials.",
    "health.",
    "holdings.ask.",
    "holdings.calendar.",
    "holdings.poster.",
    "holdings.reminders.",
    "holdings.sign_off.",
    "imports.import.opened",
    "imports.import.thrown_away",
    "jobs.",
    "records.",
    "signing.",
    "talent.code.",
    "talent.showing.",
    "talent.start_list.",
)
# What changes who is there and what is asked of them, and leaves alone what they hold.
_THE_REST = (
    "people.absence.",
    "people.assignment.",
    "people.assignments.",
    "people.member.",
    "people.people.added",
    "people.person.added",
    "people.person.came_back",
    "people.person.changed",
    "people.person.leaving_taken_back",
    "people.person.left",
    "people.position.",
    "people.settings.",
    "people.shift.",
    "people.site.",
    "skills.",
    "talent.exemption.",
    "talent.head_count.",
    "talent.requirement.",
)


@dataclass(frozen=True, slots=True)
class News:
    """`held`: those whose evidence may be another one; None: anybody's. `rest`: whether anything else may be, that rows rest
    on: who is there, where they work, what is asked, and by which rules."""

    held: frozenset[UUID] | None
    rest: bool


EVERYTHING = News(None, rest=True)


def news(entries: Iterable[tuple[str, str]]) -> News:
    """What the entries (event, subject id) may have changed. One that is not known here may have changed everything."""
    held, rest = set(), False
    for event, subject in entries:
        if event in _ONE_PERSON:
            held.add(UUID(subject))
        elif event.startswith(_THE_REST):
            rest = True
        elif not event.startswith(_NOTHING):
            return EVERYTHING
    return News(frozenset(held), rest)
