"""Where my page stands open, and how I close it there."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from skillmark.edges.public import door, session
from skillmark.edges.public.devices import name_of_device
from skillmark.edges.public.views.record import own
from skillmark.edges.public.ways import ways
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records import operations as records
from skillmark.rooms.records import queries, rules


@require_safe
@door.private
@own
def devices(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every browser in which my page is open, and every device that keeps a copy."""
    here = {session.opening(request), session.copy_number(request)}
    now = timezone.now()
    lines = [
        {
            "opening": one, "name": name_of_device(one.device), "here": one.id in here,
            "in_use": now - one.seen_at < rules.SEEN_EVERY,
        }
        for one in queries.openings(actor=actor, now=now)
    ]  # fmt: skip
    context = {"lines": lines, "others": any(not line["here"] for line in lines), "ways": ways(request, actor=actor)}
    return render(request, "public/my_devices.html", context)


@require_POST
@door.private
@own
def end(request: HttpRequest, actor: Actor, opening_id: uuid.UUID) -> HttpResponse:
    """Close it on that device."""
    records.end_opening(actor=actor, opening_id=opening_id, now=timezone.now())
    messages.success(request, _("Your page is closed on that device."))
    return redirect("my-devices")


@require_POST
@door.private
@own
def end_others(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Close it everywhere but here."""
    here = [one for one in (session.opening(request), session.copy_number(request)) if one is not None]
    ended = records.end_other_openings(actor=actor, stay=here, now=timezone.now())
    said = ngettext("Your page is closed on %(count)d other device.", "Your page is closed on %(count)d other devices.", ended)
    messages.success(request, said % {"count": ended})
    return redirect("my-devices")
