"""The sheet for somebody who leaves: the code for everything, what is in it, and how to come back to it later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from skillmark.desks import pictures
from skillmark.desks.papers import press

_TITLE = 90
MOST = 60  # lines of the list; the rest is in the file


@dataclass(frozen=True, slots=True)
class Inside:
    """One proof: what it is called, and where anybody checks it."""

    title: str
    check_url: str


def leaver_sheet(
    *, first_name: str, giver: str, last_day: date, code: str, link: str, typed: str, page: str, expires_on: date,
    inside: Sequence[Inside], language: str,
) -> bytes:  # fmt: skip
    """A PDF for A4 and Letter, in the person's language. `link` is what the square code holds, `typed` where the code is typed
    by hand, `page` where their own page is opened later. The PIN is never on it."""
    language = press.known(language)
    with translation.override(language):
        names = {"name": first_name, "giver": press.clipped(giver, length=60)}
        data = {
            "lang": language,
            "document_title": _("For %(name)s, from %(giver)s") % names,
            "head": _("%(name)s, this goes with you") % names,
            "from": _("From %(giver)s · last day: %(date)s")
            % {**names, "date": press.in_words(day=last_day, language=language)},
            "steps": [
                _("Scan the code with your phone’s camera."),
                _("Type the PIN that was told to you. It is not on this paper."),
                _("Press Keep it. Then everything is on your own page."),
            ],
            "by_hand": _("No phone: go to %(address)s on any computer and type the code.") % {"address": typed},
            "code": code,
            "qr_text": _("Code to keep everything"),
            "until": _("The code works until %(date)s. Lost? %(giver)s can print a new one.")
            % {**names, "date": press.in_words(day=expires_on, language=language)},
            "inside_head": _("What is in it"),
            "inside": [
                (press.breakable(press.clipped(one.title, length=_TITLE)), press.breakable(one.check_url))
                for one in inside[:MOST]
            ],
            "more": _("and %(count)s more") % {"count": len(inside) - MOST} if len(inside) > MOST else "",
            "inside_note": _("Whoever wants to check one opens its address. No account is needed."),
            "later_head": _("Later"),
            "later": [
                _("Your page opens at %(address)s with your own slip and PIN, also after your last day.") % {"address": page},
                _("%(giver)s can’t open your page and can’t help you back in. Print recovery codes there and put them away.")
                % names,
                _("Save the files of your proofs, too. They can be checked when this server is gone."),
            ],
        }
    return press.press(source="leaver", data=data, files={"qr.svg": pictures.qr_svg(text=link).encode()})
