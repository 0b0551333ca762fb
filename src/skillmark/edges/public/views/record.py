"""Who may see a page of a worker's own: whoever has it open in this browser."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from skillmark.edges.public import door, passkeys, session, unfinished
from skillmark.edges.public.forms.record import OpenForm
from skillmark.rooms.people.rules import Actor

P = ParamSpec("P")
Own = Callable[Concatenate[HttpRequest, Actor, P], HttpResponseBase]


def own(view: Own[P]) -> door.View[P]:
    """Only with the page open in this browser; otherwise to the page that opens it.

    Times are told as the clock says where the person works.
    """

    @functools.wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        was = session.whose(request)
        actor = session.current(request, now=timezone.now())
        if actor is None:
            return redirect("my-open") if was is None else _over(request, was)
        with timezone.override(session.zone(request)):
            return view(request, actor, *args, **kwargs)

    return guarded


def go_on(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The page is open again: to what was typed before it closed, to a question that waits, or to the page itself."""
    typed = unfinished.unseal(request, org_id=actor.org_id)
    if typed is None:
        return redirect(session.next_page(request))
    return render(request, "public/my_go_on.html", {"typed": typed})


def _over(request: HttpRequest, was: uuid.UUID) -> HttpResponse:
    """The page of `was` is closed, by itself or from elsewhere: open it again, and lose nothing that was typed."""
    typed = unfinished.seal(request, org_id=was) if request.method == "POST" else ""
    messages.info(request, _("Your page had closed here. Open it again."))
    if not typed:
        return redirect("my-open")
    context = {"form": OpenForm(), "may_passkey": passkeys.possible(request), "unfinished": typed}
    return render(request, "public/my_open.html", context, status=401)
