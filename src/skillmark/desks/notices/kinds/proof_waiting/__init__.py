"""“A proof waits for you”: sent when the giver chose e-mail, in the person's language."""

from __future__ import annotations

from datetime import date

from django.utils import formats, translation
from django.utils.translation import gettext as _

from skillmark.desks.notices.message import Message

LANGUAGES = ("en", "es")


def proof_waiting(
    *, to: str, name: str, language: str, giver: str, title: str, link: str, pin: str, expires_on: date
) -> Message:
    """The message. `pin` may be empty; then no line speaks of one. Opening the link keeps nothing: mail scanners do it."""
    with translation.override(language if language in LANGUAGES else "en"):
        facts = {
            "name": name,
            "giver": giver,
            "title": title,
            "date": formats.date_format(expires_on, "DATE_FORMAT"),
        }
        lines = [
            _("Hello %(name)s,") % facts,
            "",
            _("%(giver)s has given you a proof: “%(title)s”.") % facts,
            _("See it and keep it here:"),
            link,
            "",
        ]
        if pin:
            lines += [_("Your PIN: %(pin)s") % {"pin": pin}, ""]
        lines += [
            _("It costs nothing, and you need no app and no password. It stays yours if you leave."),
            _("The link works until %(date)s.") % facts,
            "",
            _("If this is not for you, open the link and choose “This isn’t me”."),
        ]
        # A line break in a name would otherwise end up in a header; Django refuses it there, so take it out here.
        subject = " ".join((_("%(giver)s has given you a proof") % facts).split())
        return Message(to=to, subject=subject, body="\n".join(lines) + "\n")
