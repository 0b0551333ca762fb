"""What a chat or a network shows of a proof's link: its picture, what it is for, and who gave it. Never whose it is."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.utils import translation
from django.utils.translation import gettext as _

from skillmark.desks import pictures, typesetting
from skillmark.desks.papers import press

WIDTH, HEIGHT = 1200, 630  # pixels, as link previews are shown
_TITLE, _NAME = 70, 60  # characters that fit


def link_preview(*, title: str, giver: str, look: Mapping[str, str], language: str) -> bytes:
    """A PNG of WIDTH × HEIGHT. `look` is the proof's picture; the labels are in `language` (en, es)."""
    language = press.known(language)
    with translation.override(language):
        data = {
            "lang": language,
            "title": press.breakable(press.clipped(title, length=_TITLE)),
            "given_by": _("Given by %(giver)s") % {"giver": press.breakable(press.clipped(giver, length=_NAME))},
            "open": _("A proof of skill. Open the link to check it."),
        }
    sources = {
        "main": (press.SOURCES / "preview.typ").read_bytes(),
        "look.typ": (press.SOURCES / "look.typ").read_bytes(),
        "data.json": json.dumps(data, ensure_ascii=False).encode(),
        "picture.svg": pictures.svg(**look).encode(),
    }
    return typesetting.typeset(sources, format="png", ppi=72.0)
