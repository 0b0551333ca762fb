"""The empty sign-off sheet: people down, the steps of one skill across, to be ticked by hand and typed in later."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from skillmark.desks import states
from skillmark.desks.papers import press

_LINES = 12
"""Lines of a sheet at least: some stay empty for names that are not printed."""
_MOST_STEPS = 14
"""Columns that fit; a longer check list is ticked on the list of steps, by number."""


def sign_off_sheet(
    *, firm: str, item: str, how: str, instruction: str, steps: Sequence[str], leveled: bool, people: Sequence[str],
    on: date, language: str,
) -> bytes:  # fmt: skip
    """A PDF for A4 and Letter, lying. `instruction` is what the steps follow ("WI-14 D"); empty for none."""
    language = press.known(language)
    with translation.override(language):
        numbers = [str(number) for number in range(1, len(steps) + 1)] if len(steps) <= _MOST_STEPS else []
        levels = " · ".join(f"{number} {word}" for number, word in states.LEVELS.items())
        day = press.in_words(day=on, language=language)
        data = {
            "lang": language,
            "document_title": _("Sign-off sheet: %(item)s") % {"item": item},
            "head": item,
            "about": " · ".join(part for part in (firm, instruction, day) if part),
            "how": press.clipped(how, length=300),
            "steps_head": _("Steps") if steps else "",
            "steps": [press.breakable(press.clipped(step, length=160)) for step in steps],
            "levels": _("Level: %(levels)s") % {"levels": levels} if leveled else "",
            "name": _("Person"),
            "day": _("Date seen"),
            "level": _("Level") if leveled else "",
            "numbers": numbers,
            "seen": _("What you saw") if numbers else _("Steps seen, what you saw"),
            "signature": _("Signature of whoever saw it"),
            "people": [press.breakable(press.clipped(name, length=60)) for name in people]
            + [""] * max(2, _LINES - len(people)),
            "foot": _("Only what you saw. Type it in within a few days: Sign-offs, Enter from paper."),
            "page": _("Page"),
        }
    return press.press(source="sheet", data=data, files={})
