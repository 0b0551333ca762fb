"""What ends soon, went unanswered or has ended: told to a supervisor or an owner, in their language, in one message a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from credcore.verify import day as day_in_words
from skillmark.desks.notices.message import Message

LANGUAGES = ("en", "es")
HEADINGS: Mapping[str, Promise] = {
    "owner": gettext_lazy("Ended without a new photo:"),
    "silence": gettext_lazy("No answer for a week:"),
    "supervisor": gettext_lazy("End within 30 days:"),
}


@dataclass(frozen=True, slots=True)
class Ending:
    """One card of one person. `why` is a key of HEADINGS."""

    person: str
    item: str
    ends: date
    why: str


def expiries_told(*, to: str, name: str, language: str, endings: Sequence[Ending], link: str) -> Message:
    """The message; `link` leads to the board, behind a sign-in."""
    language = language if language in LANGUAGES else "en"
    with translation.override(language):
        lines = [_("Hello %(name)s,") % {"name": name}, ""]
        for why, heading in HEADINGS.items():
            told = [one for one in endings if one.why == why]
            if told:
                lines += [str(heading), *(f"- {one.person}: {one.item}, {_day(one.ends, language)}" for one in told), ""]
        lines += [_("See them on the board:"), link]
        count = len(endings)
        subject = ngettext("%(count)s card needs you", "%(count)s cards need you", count) % {"count": count}
        return Message(to=to, subject=subject, body="\n".join(lines) + "\n")


def _day(day: date, language: str) -> str:
    return day_in_words(f"{day.isoformat()}T12:00:00+00:00", language=language)
