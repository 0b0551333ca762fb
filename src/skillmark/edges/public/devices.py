"""What kind of device a browser says it runs on: enough for its owner to know which one is meant, and no more."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

# The first that fits. An iPad of today says that it is a Mac; nobody can tell.
_SIGNS = (
    ("iPhone", "iphone"), ("iPad", "ipad"), ("Android", "android"), ("CrOS", "chromebook"), ("Windows", "windows"),
    ("Macintosh", "mac"), ("Linux", "linux"),
)  # fmt: skip
_NAMES = {
    "iphone": _("iPhone"), "ipad": _("iPad"), "android": _("Android phone"), "tablet": _("Android tablet"),
    "chromebook": _("Chromebook"), "windows": _("Windows computer"), "mac": _("Mac"), "linux": _("Computer"),
}  # fmt: skip


def kind_of_device(request: HttpRequest) -> str:
    """A key of the names; empty for what we do not know."""
    said = request.headers.get("User-Agent", "")
    kind = next((kind for sign, kind in _SIGNS if sign in said), "")
    return "tablet" if kind == "android" and "Mobile" not in said else kind


def name_of_device(kind: str) -> str:
    """In the reader's language."""
    return gettext(_NAMES.get(kind, _("Another device")))
