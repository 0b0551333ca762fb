"""“The answer has changed”: sent to owners about something that their firm watches, in their language."""

from __future__ import annotations

from datetime import datetime

from django.utils import formats, translation
from django.utils.translation import gettext as _

from credcore.verify import Verdict
from credcore.verify.sentences import HEADINGS
from skillmark.desks.notices.message import Message

LANGUAGES = ("en", "es")


def verdict_changed(
    *, to: str, name: str, language: str, title: str, before: str, verdict: str, checked_at: datetime, link: str
) -> Message:
    """The message. It names the proof, not the person: mail is read on many screens; the link asks for a sign-in.

    `before` and `verdict` are values of `credcore.verify.Verdict`; `title` may be empty.
    """
    language = language if language in LANGUAGES else "en"
    with translation.override(language):
        facts = {
            "name": name,
            "title": " ".join(title.split()) or _("something that was handed over"),
            "before": HEADINGS[Verdict(before)][LANGUAGES.index(language)],
            "verdict": HEADINGS[Verdict(verdict)][LANGUAGES.index(language)],
            "date": formats.date_format(checked_at, "DATE_FORMAT"),
        }
        lines = [
            _("Hello %(name)s,") % facts,
            "",
            _("you watch “%(title)s”. It was checked again on %(date)s, and the answer has changed.") % facts,
            "",
            _("Before: %(before)s") % facts,
            _("Now: %(verdict)s") % facts,
            "",
            _("See why:"),
            link,
            "",
            _("To get no more of these, open the link and press “Stop”."),
        ]
        subject = _("Now “%(verdict)s”: %(title)s") % facts
        return Message(to=to, subject=subject, body="\n".join(lines) + "\n")
