"""The slip for somebody who starts soon: one code, and how to bring what the job needs."""

from __future__ import annotations

from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from skillmark.desks import pictures
from skillmark.desks.papers import press


def start_slip(*, person: str, firm: str, count: int, link: str, typed: str, good_until: date, language: str) -> bytes:
    """A PDF in the person's language, with a short form in the other one below. `typed`: the address, to type by hand."""
    language = press.known(language)
    other = next(one for one in press.LANGUAGES if one != language)
    with translation.override(other):
        short = _("%(firm)s asks for some things before your first day. Scan the code and bring what you have.") % {
            "firm": firm
        }
    with translation.override(language):
        until = press.in_words(day=good_until, language=language)
        asked = ngettext("%(count)s thing to bring", "%(count)s things to bring", count) % {"count": count}
        data = {
            "lang": language,
            "document_title": _("Before the first day – %(firm)s") % {"firm": firm},
            "slips": [
                {
                    "lang": language,
                    "other_lang": other,
                    "head": _("%(name)s, before your first day") % {"name": person},
                    "item": asked,
                    "ends": "",
                    "steps": [
                        _("Scan the code with your phone’s camera."),
                        _("Take your proofs from your own page, or bring a file or a photo."),
                        _("Only what is still missing is asked for."),
                    ],
                    "by_hand": _("No camera: open %(address)s in any browser.") % {"address": typed},
                    "foot": _("From %(firm)s · good until %(date)s · no app, no password") % {"firm": firm, "date": until},
                    "short": short,
                    "qr_text": _("Code of the list"),
                }
            ],
        }
    return press.press(source="reminder", data=data, files={"qr0.svg": pictures.qr_svg(text=link).encode()})
