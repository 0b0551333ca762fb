"""Open my page by face or finger on my own device: set it up, take it back, use it."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from skillmark.desks import words
from skillmark.edges.public import door, passkeys, session
from skillmark.edges.public.devices import kind_of_device, name_of_device
from skillmark.edges.public.views.record import go_on, own
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records import operations as records
from skillmark.rooms.records import queries


@require_http_methods(["GET", "HEAD", "POST"])
@door.private
@own
def mine(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The devices that open my page; a POST adds this one."""
    now = timezone.now()
    first = not queries.has_way_in(actor=actor)
    may = passkeys.possible(request) and (first or session.is_fresh(request, now=now))
    if request.method == "POST" and may:
        return _add(request, actor, first)
    lines = [
        {"id": one.id, "name": name_of_device(one.device), "made_at": one.made_at, "used_at": one.used_at}
        for one in queries.passkeys(actor=actor)
    ]
    context = {
        "lines": lines, "may": may, "possible": passkeys.possible(request),
        "options": passkeys.ask_to_make(request, actor=actor) if may else None,
    }  # fmt: skip
    return render(request, "public/my_passkeys.html", context)


def _add(request: HttpRequest, actor: Actor, first: bool) -> HttpResponse:
    device, now = kind_of_device(request), timezone.now()
    try:
        records.add_passkey(actor=actor, device=device, now=now, **passkeys.made(request))
    except records.CannotOpen as problem:
        messages.error(request, words.sentence(problem.code, problem.facts))
        return redirect("my-pin" if first else "my-passkeys")
    messages.success(request, _("From now on your face or finger opens your page on this device."))
    return redirect("my-page" if first else "my-passkeys")


@require_POST
@door.private
@own
def remove(request: HttpRequest, actor: Actor, passkey_id: uuid.UUID) -> HttpResponse:
    """That device no longer opens my page."""
    try:
        records.remove_passkey(actor=actor, passkey_id=passkey_id, now=timezone.now())
    except records.CannotOpen as problem:
        messages.error(request, words.sentence(problem.code, problem.facts))
    else:
        messages.success(request, _("Face or finger on that device no longer opens your page."))
    return redirect("my-passkeys")


@require_safe
@door.private
def question(request: HttpRequest) -> HttpResponse:
    """What this device is asked before it opens a page. Each question is good for one answer."""
    door.count(request, what="open")
    return JsonResponse({"request_options": passkeys.ask_to_open(request)})


@require_POST
@door.private
def open_page(request: HttpRequest) -> HttpResponse:
    """Open my page with what my device answered."""
    door.count(request, what="open")
    now = timezone.now()
    try:
        actor = records.open_with_passkey(now=now, **passkeys.opened(request))
    except records.CannotOpen as problem:
        messages.error(request, words.sentence(problem.code, problem.facts))
        return redirect("my-open")
    session.enter(request, actor=actor, way="passkey", now=now)
    return go_on(request, actor)
