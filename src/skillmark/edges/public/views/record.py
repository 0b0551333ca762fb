"""Who may see a page of a worker's own: whoever has it open in this browser."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from skillmark.edges.public import door, session
from skillmark.rooms.people.rules import Actor

P = ParamSpec("P")
Own = Callable[Concatenate[HttpRequest, Actor, P], HttpResponse]


def own(view: Own[P]) -> door.View[P]:
    """Only with the page open in this browser; otherwise to the page that opens it."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        actor = session.current(request, now=timezone.now())
        if actor is None:
            return redirect("my-open")
        return view(request, actor, *args, **kwargs)

    return guarded
