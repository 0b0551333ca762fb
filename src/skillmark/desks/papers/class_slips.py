"""Slips for a whole class, several a page, each in its language; the PINs stand on sheets of their own behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from skillmark.desks import pictures
from skillmark.desks.papers import press


@dataclass(frozen=True, slots=True)
class ClassSlip:
    """One person's slip. `code` is XXXX-XXXX, `link` what the square code holds."""

    first_name: str
    person_name: str
    title: str
    language: str
    code: str
    pin: str
    link: str
    good_until: date


def class_slips(*, slips: Sequence[ClassSlip], giver: str, language: str, typed: str, title: str) -> bytes:
    """A PDF for A4 and Letter. `typed` is where the code is typed by hand; `title` is what the class is called.

    The whole name is on the slip, since a class may have two who are called Ana. The PIN is never on it: whoever hands it out
    tells it by mouth, from the sheets at the end.
    """
    language = press.known(language)
    files = {f"qr{number}.svg": pictures.qr_svg(text=one.link).encode() for number, one in enumerate(slips)}
    with translation.override(language):
        data = {
            "lang": language,
            "document_title": _("Slips for %(title)s") % {"title": title},
            "slips": [_slip(one, giver, typed) for one in slips],
            "pins_head": _("PINs for %(title)s") % {"title": title},
            "pins_note": _(
                "Keep this sheet. Do not hand it out. Tell each person their own PIN by voice; the code is on their slip."
            ),
            "pins_names": _("Name"),
            "pins_codes": _("Code"),
            "pins_pins": _("PIN"),
            "pins": [[one.person_name, one.code, one.pin] for one in slips],
        }
    return press.press(source="class_slips", data=data, files=files)


def _slip(one: ClassSlip, giver: str, typed: str) -> dict[str, object]:
    language = press.known(one.language)
    with translation.override(language):
        day = press.in_words(day=one.good_until, language=language)
        return {
            "lang": language,
            "person": press.breakable(one.person_name),
            "head": _("%(name)s, you have a proof") % {"name": one.first_name},
            "item": one.title,
            "steps": [
                _("Scan the code with your phone’s camera."),
                _("Press Keep it."),
                _("Type the PIN that your supervisor told you."),
            ],
            "by_hand": _("No phone: go to %(address)s on any computer and type the code.") % {"address": typed},
            "code": one.code,
            "qr_text": _("Code to keep the proof"),
            "foot": _(
                "From %(giver)s · good until %(date)s · needs no app and no e-mail. If you lose it, ask for a new one: "
                "this one stops working."
            )
            % {"giver": giver, "date": day},
        }
