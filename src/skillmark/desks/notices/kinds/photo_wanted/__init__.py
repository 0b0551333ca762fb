"""“A new photo of your card”: sent to a worker when somebody pressed Send, or by the plan that the owner switched on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from credcore.verify import day as day_in_words
from skillmark.desks.notices.message import Message

LANGUAGES = ("en", "es")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One card: its name in the reader's language, its last good day if it is known, and the link to hand a photo in."""

    item: str
    ends: date | None
    link: str


def photo_wanted(
    *, to: str, name: str, language: str, firm: str, wanted: Sequence[Wanted], on: date, stop_link: str
) -> Message:  # fmt: skip
    """The e-mail. Opening a link changes nothing, because mail scanners do it; `stop_link` asks before it stops anything."""
    with translation.override(_known(language)):
        lines = [_("Hello %(name)s,") % {"name": name.split()[0]}, ""]
        for one in wanted:
            lines += [_needs(firm, one, on), one.link, ""]
        lines += [
            _("Open the link on your phone and take the photo there. You need no app and no password."),
            "",
            _("No more of these by e-mail:"),
            stop_link,
        ]
        subject = _("%(firm)s needs a photo from you: %(item)s") % {"firm": firm, "item": wanted[0].item}
        if len(wanted) > 1:
            subject = _("%(firm)s needs photos of %(count)s of your cards") % {"firm": firm, "count": len(wanted)}
        return Message(to=to, subject=" ".join(subject.split()), body="\n".join(lines) + "\n")


def photo_wanted_text(*, language: str, firm: str, wanted: Sequence[Wanted], on: date) -> str:
    """The same for the messages of a phone: short, one line a card."""
    with translation.override(_known(language)):
        return "\n".join(f"{_needs(firm, one, on)} {one.link}" for one in wanted)


def _needs(firm: str, one: Wanted, on: date) -> str:
    facts = {"firm": firm, "item": one.item, "date": _day(one.ends)}
    if one.ends is None:
        return _("%(firm)s needs a photo of “%(item)s” from you.") % facts
    if one.ends < on:
        return _("%(firm)s needs a new photo of “%(item)s” from you. Yours ended on %(date)s.") % facts
    return _("%(firm)s needs a new photo of “%(item)s” from you. Yours ends on %(date)s.") % facts


def _day(day: date | None) -> str:
    language = translation.get_language() or "en"
    return day_in_words(f"{day.isoformat()}T12:00:00+00:00", language=language) if day else ""


def _known(language: str) -> str:
    return language if language in LANGUAGES else "en"
