"""Whoever is signed in, on pages that ask nobody to be."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone, translation

from skillmark.errors import NotFound
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor


def of(request: HttpRequest) -> Actor | None:
    """The member of a firm who asks, or None for a stranger. For a member the page gets the firm's menu and their language."""
    if not request.user.is_authenticated:
        return None
    try:
        actor = people.actor_for(user_id=request.user.pk, now=timezone.now())
    except NotFound:
        return None
    shown = cast(Any, request)  # what the frame of a signed-in page reads: its menu, and the day in a sample company
    shown.actor, shown.firm = actor, people.organisation(actor=actor)
    shown.today = people.today(actor=actor, now=timezone.now())
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(request.user.language)
    return actor
