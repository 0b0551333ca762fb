"""Everything else that belongs to one's own page: how it is opened, who sees what, and how to take it along."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from skillmark.edges.public import door
from skillmark.edges.public.views.record import own
from skillmark.edges.public.ways import ways
from skillmark.rooms.people.rules import Actor


@require_safe
@door.private
@own
def more(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A list of links; what this server does not have is not in it."""
    return render(request, "public/my_more.html", {"actor": actor, "ways": ways(request, actor=actor)})
