"""Slips that ask for a photo, one a card, several a page; and the poster by the time clock. In two languages each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from skillmark.desks import pictures
from skillmark.desks.papers import press
from skillmark.rooms.skills.rules import label


@dataclass(frozen=True, slots=True)
class Slip:
    """One request on paper. `item` by language; `link` is in the code, `typed` is the same to type by hand."""

    person: str
    language: str
    item: dict[str, str]
    ends: date | None
    link: str
    typed: str
    good_until: date


def reminder_slips(*, slips: Sequence[Slip], firm: str, language: str) -> bytes:
    """A PDF for A4 and Letter; each slip in its worker's language, with a short form in the other one below."""
    language = press.known(language)
    files = {f"qr{number}.svg": pictures.qr_svg(text=one.link).encode() for number, one in enumerate(slips)}
    with translation.override(language):
        data = {"lang": language, "document_title": _("Slips for photos of cards – %(firm)s") % {"firm": firm}}
    return press.press(source="reminder", data={**data, "slips": [_slip(one, firm) for one in slips]}, files=files)


def poster(*, firm: str, site: str, link: str, typed: str, language: str) -> bytes:
    """A PDF to hang up: one code, and in both languages what to do with it."""
    language = press.known(language)
    others = [one for one in press.LANGUAGES if one != language]
    with translation.override(language):
        data = {
            "lang": language,
            "document_title": _("Poster for photos of cards – %(firm)s") % {"firm": site or firm},
            "firm": " · ".join(one for one in (firm, site) if one),
            "typed": typed,
            "qr_text": _("Code to hand in a photo"),
            "parts": [_poster_part(one) for one in (language, *others)],
        }
    return press.press(source="poster", data=data, files={"qr.svg": pictures.qr_svg(text=link).encode()})


def _slip(one: Slip, firm: str) -> dict[str, object]:
    language = press.known(one.language)
    other = next(other for other in press.LANGUAGES if other != language)
    with translation.override(other):
        short = _("%(firm)s needs a photo of “%(item)s” from you. Scan the code, take the photo, press Send.") % {
            "firm": firm,
            "item": label(one.item, language=other),
        }
    with translation.override(language):
        until = press.in_words(day=one.good_until, language=language)
        ends = press.in_words(day=one.ends, language=language) if one.ends else ""
        return {
            "lang": language,
            "other_lang": other,
            "head": _("%(name)s, we need a photo of your card") % {"name": one.person},
            "item": label(one.item, language=language),
            "ends": _("Last good day: %(date)s") % {"date": ends} if ends else "",
            "steps": [
                _("Scan the code with your phone’s camera."),
                _("Take a photo of the card."),
                _("Press Send the photo."),
            ],
            "by_hand": _("No camera: open %(address)s in any browser.") % {"address": one.typed},
            "foot": _("From %(firm)s · good until %(date)s · no app, no password") % {"firm": firm, "date": until},
            "short": short,
            "qr_text": _("Code to hand in a photo"),
        }


def _poster_part(language: str) -> dict[str, object]:
    with translation.override(language):
        return {
            "lang": language,
            "head": _("New card? Hand in a photo"),
            "steps": [
                _("Scan the code with your phone’s camera."),
                _("Type your name and what the card is."),
                _("Take a photo of the card and send it."),
            ],
            "foot": _("No app and no password. Someone compares it with our list."),
        }
