"""Put a proof of my page into another app."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from skillmark.desks import other_apps, pictures, words
from skillmark.edges.public import door
from skillmark.edges.public.views.record import own
from skillmark.rooms.credentials import operations, queries
from skillmark.rooms.people.rules import Actor

if TYPE_CHECKING:
    from skillmark.rooms.credentials.models import Held


@require_http_methods(["GET", "HEAD", "POST"])
@door.private
@own
def my_app(request: HttpRequest, actor: Actor, held_id: uuid.UUID) -> HttpResponse:
    """What happens, and a button; after it the code to scan and the number to type, shown this once."""
    held, now = queries.held_one(actor=actor, held_id=held_id), timezone.now()
    wording = _wording(held)
    context = {"held": held, "wording": wording, "here": "page"}
    if request.method == "POST":
        door.count(request, what="code")
        try:
            made = other_apps.offer(
                actor=actor, held=held, to_whom=_("Another app of my choice"), purpose=_("Put it in another app"),
                wording=wording, language="es" if (get_language() or "en").startswith("es") else "en", now=now,
            )  # fmt: skip
        except operations.CannotOfferToApp as problem:
            return _explained(request, context | {"problem": words.sentence(problem.code, problem.facts)}, status=409)
        context |= {"made": made, "qr": pictures.qr_svg(text=made.link), "secure": made.address.startswith("https://")}
        return render(request, "public/my_app_code.html", context)
    return _explained(request, context | _state(actor, held))


def _explained(request: HttpRequest, context: dict[str, object], *, status: int = 200) -> HttpResponse:
    return render(request, "public/my_app.html", context, status=status)


def _state(actor: Actor, held: Held) -> dict[str, object]:
    now = timezone.now()
    if held.issued_id is None:
        return {"problem": words.sentence("app.not_ours", {"giver": held.giver})}
    problem = queries.app_problem(issued_id=held.issued_id, now=now)
    last = queries.my_app_offer(actor=actor, issued_id=held.issued_id, now=now)
    return {"problem": words.sentence(problem, {}) if problem else "", "last": last}


def _wording(held: Held) -> str:
    """What stands above the button, and on the receipt of having pressed it."""
    return _(
        "A copy of “%(title)s”, signed by %(giver)s, goes to the app that scans the code. It says everything that the proof "
        "says. What that app shows to others is up to you and the app."
    ) % {"title": held.title, "giver": held.giver}
