"""What does my employer see?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from skillmark.desks import employers as desk
from skillmark.edges.public import door
from skillmark.edges.public.views.record import own
from skillmark.rooms.people.rules import Actor


@require_safe
@door.private
@own
def employers(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Firm by firm: what it has of its own, what I show it now, and what it never sees."""
    return render(request, "public/my_employers.html", {"employers": desk.employers(actor=actor, now=timezone.now())})
