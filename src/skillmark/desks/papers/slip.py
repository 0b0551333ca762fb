"""The slip with a code: paper that needs no phone, no e-mail and no app. The PIN is never on it."""

from __future__ import annotations

from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from skillmark.desks import pictures
from skillmark.desks.papers import press


def slip(*, person_name: str, giver: str, code: str, claim_url: str, address: str, expires_on: date, language: str) -> bytes:
    """A PDF in the worker's language (en, es).

    `code` is printed as given (`XXXX-XXXX`); the QR code holds `claim_url`; `address` is where the code is typed by hand.
    """
    language = press.known(language)
    with translation.override(language):
        data = {
            "lang": language,
            "document_title": _("A proof for %(name)s") % {"name": person_name},
            "head": _("%(name)s, you have a proof") % {"name": person_name},
            "steps": [
                _("Scan the code with your phone’s camera."),
                _("Press Keep it."),
                _("Type the PIN that your supervisor told you."),
            ],
            "by_hand": _("No phone: go to %(address)s on any computer and type the code.") % {"address": address},
            "code": code,
            "qr_text": _("Code to keep the proof"),
            "foot": _(
                "From %(giver)s · good until %(date)s · needs no app and no e-mail. If you lose it, ask for a new one: "
                "this one stops working."
            )
            % {"giver": giver, "date": press.in_words(day=expires_on, language=language)},
        }
    return press.press(source="slip", data=data, files={"qr.svg": pictures.qr_svg(text=claim_url).encode()})
