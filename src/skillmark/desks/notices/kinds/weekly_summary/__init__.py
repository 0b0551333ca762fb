"""Monday's summary for the owner: counts, never names, because mail is read on many screens."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from skillmark.desks.notices.message import Message

LANGUAGES = ("en", "es")


def weekly_summary(*, to: str, name: str, language: str, firm: str, counts: Mapping[str, int], link: str) -> Message:
    """`counts`: expired, soon (30 days), later (90 days, the soon ones too), missing, photos (waiting), unreached (people)."""
    with translation.override(language if language in LANGUAGES else "en"):
        lines = [
            _("Hello %(name)s,") % {"name": name},
            "",
            _("this is how %(firm)s starts the week:") % {"firm": firm},
            "",
            ngettext("%(n)s expired", "%(n)s expired", counts["expired"]) % {"n": counts["expired"]},
            ngettext("%(n)s ends within 30 days", "%(n)s end within 30 days", counts["soon"]) % {"n": counts["soon"]},
            ngettext("%(n)s ends within 90 days", "%(n)s end within 90 days", counts["later"]) % {"n": counts["later"]},
            ngettext("%(n)s missing", "%(n)s missing", counts["missing"]) % {"n": counts["missing"]},
        ]
        if waiting := counts["photos"]:
            lines.append(ngettext("%(n)s photo to look at", "%(n)s photos to look at", waiting) % {"n": waiting})
        if counts["unreached"]:
            lines += ["", unreached(counts["unreached"])]
        lines += ["", _("Open the board:"), link]
        subject = _("Your week at %(firm)s") % {"firm": " ".join(firm.split())}
        return Message(to=to, subject=subject, body="\n".join(lines) + "\n")


def unreached(count: int) -> str:
    """Whom no message can reach, and what to do instead; in the language of the moment."""
    said = ngettext(
        "We can’t reach %(count)s person by e-mail. Print a slip, or text from your phone.",
        "We can’t reach %(count)s people by e-mail. Print slips, or text from your phone.",
        count,
    )
    return said % {"count": count}
