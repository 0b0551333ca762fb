"""The journal in plain words: one sentence an event."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

STEP, MOST = 100, 5000


@dataclass(frozen=True)
class Line:
    """One thing that happened."""

    says: str
    who: str
    at: datetime


@dataclass(frozen=True)
class Page:
    """The newest lines; `more` is how many to ask for to see older ones, 0 when these are all."""

    lines: list[Line]
    more: int


def asked(*, text: str) -> int:
    """How many lines a reader asked for: a multiple of the step, within bounds."""
    number = int(text) if text.isdecimal() and len(text) < 6 else STEP
    return min(max(number, STEP), MOST)


def page(*, entries: Sequence[Any], shown: int) -> Page:
    """The journal's newest entries as lines; `entries` holds one more than `shown` when there are older ones."""
    lines = [Line(says=sentence(event=entry.event, data=entry.data), who=entry.actor, at=entry.at) for entry in entries]
    older = len(lines) > shown and shown < MOST
    return Page(lines=lines[:shown], more=min(shown + STEP, MOST) if older else 0)


def sentence(*, event: str, data: dict[str, Any]) -> str:
    """What happened, in the reader's language. Facts that an old entry lacks are left out."""
    words = WORDS.get(event)
    if words is None:
        return _("Something was noted (%(event)s)") % {"event": event}
    facts = defaultdict(str, {name: str(value) for name, value in data.items()})
    return " ".join((str(words) % facts).split())


WORDS: dict[str, str | Promise] = {
    "people.firm.set_up": gettext_lazy("The workplace was set up"),
}
