"""Which language a page speaks that was made for one person."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

LANGUAGES = ("en", "es")


def language_for(request: HttpRequest, offered: str) -> str:
    """The worker's language wins, unless this browser was told otherwise."""
    if settings.LANGUAGE_COOKIE_NAME in request.COOKIES or offered not in LANGUAGES:
        return translation.get_language() or "en"
    return offered
