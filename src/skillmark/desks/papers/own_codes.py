"""The codes with which a worker gets back to their own page, on one sheet to put away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from skillmark.desks.papers import press


def own_codes(*, name: str, made_on: date, codes: Sequence[str], address: str, language: str) -> bytes:
    """A PDF with the codes (`XXXX-XXXX-XXXX`) of the page of `name`; `address` is where one of them is typed."""
    language = press.known(language)
    with translation.override(language):
        head = _("Recovery codes for the page of %(name)s") % {"name": name}
        data = {
            "lang": language,
            "document_title": head,
            "head": head,
            "made": _("Made on %(day)s. Each code works once. Cross out the ones that you have used.")
            % {"day": press.in_words(day=made_on, language=language)},
            "codes": list(codes),
            "how": _("When the slip, the PIN or the phone is lost, go to %(address)s and type one of them.")
            % {"address": address},
            "foot": _(
                "Whoever has this sheet can open your page. Keep it with your important papers. A new sheet makes this one "
                "worthless."
            ),
        }
    return press.press(source="own_codes", data=data, files={})
