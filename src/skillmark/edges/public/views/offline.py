"""My page on my own phone: an icon on its home screen, and one page to read without a network.

Nothing is kept before the person presses the button, so that a borrowed phone keeps nothing. What is kept is dropped when they
close their page there, and as soon as the phone hears that they closed it from elsewhere.
"""

from __future__ import annotations

import json
import uuid

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from skillmark.desks import own_list, pictures
from skillmark.edges.public import addresses, door, passkeys, session
from skillmark.edges.public.speaking import LANGUAGES
from skillmark.edges.public.views.record import own
from skillmark.rooms.credentials import queries as credentials
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records import operations as records
from skillmark.rooms.records import queries

MOST_CODES = 200  # a page that an old phone can still draw
_FILES = ("skillmark/tokens.css", "skillmark/components.css", "skillmark/icons.svg", "skillmark/logo.svg", "public/copy.js")


@require_safe
@door.private
@own
def copy(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Everything that I keep on one page, as it is known at this moment, for a device that may keep it."""
    if not session.has_copy(request, actor=actor):
        raise Http404
    now = timezone.now()
    lines = own_list.lines(actor=actor, now=now)
    inside = own_list.inside(actor=actor, lines=lines)
    codes = _codes(request, actor, [line.id for line in lines[:MOST_CODES]])
    mine = [(line, inside.get(line.id), codes.get(line.id, "")) for line in lines]
    return render(request, "public/my_copy.html", {"actor": actor, "mine": mine, "now": now})


def _codes(request: HttpRequest, actor: Actor, held_ids: list[uuid.UUID]) -> dict[uuid.UUID, str]:
    """QR codes that lead to the check pages of proofs that were given on this server; the others have none."""
    return {
        id_: pictures.qr_svg(text=addresses.check_page(request=request, issued_id=one.issued_id, document=bytes(one.document)))
        for id_, one in credentials.held_some(actor=actor, held_ids=held_ids).items()
        if one.issued_id is not None
    }


@require_POST
@door.private
@own
def keep(request: HttpRequest, actor: Actor) -> HttpResponse:
    """This device may keep a copy from now on: the button was pressed on it."""
    number = session.opening(request)
    if number is None or not passkeys.is_secure(request):
        raise Http404
    response = HttpResponse(status=204)
    if not session.has_copy(request, actor=actor):
        records.keep_copy(actor=actor, opening_id=number, now=timezone.now())
        session.remember_copy(response, number=number)
    return response


@require_safe
@door.private
def state(request: HttpRequest) -> HttpResponse:
    """204: the copy on this device stays. 410: it goes."""
    number = session.copy_number(request)
    if number is not None and queries.copy_stays(opening_id=number):
        return HttpResponse(status=204)
    response = HttpResponse(status=410)
    session.forget_copy(response)
    return response


@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """The worker of the phone. It answers for the pages of the worker's own page only, and only without a network."""
    told = {
        "home": reverse("my-page"), "copy": reverse("my-copy"), "state": reverse("my-copy-state"),
        "close": reverse("my-close"), "shell": [static(name) for name in _FILES],
    }  # fmt: skip
    body = f"self.ownPage = {json.dumps(told)};\nimportScripts({json.dumps(static('public/own-page-worker.js'))});\n"
    headers = {"Service-Worker-Allowed": reverse("my-page"), "Cache-Control": "no-cache"}
    return HttpResponse(body, content_type="text/javascript", headers=headers)


@require_safe
def manifest(_request: HttpRequest, language: str) -> HttpResponse:
    """What makes my page an icon on the home screen. Browsers ask for it without cookies, so the address says the language."""
    if language not in LANGUAGES:
        raise Http404
    home = reverse("my-page")
    icons = [
        {"src": static(f"skillmark/icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for size in (192, 512)
        for purpose in ("any", "maskable")
    ]
    with translation.override(language):
        told = {
            "name": _("My page"), "short_name": _("My page"), "id": home, "start_url": home, "scope": home,
            "display": "standalone", "background_color": "#f7f5f0", "theme_color": "#2c4284", "icons": icons, "lang": language,
        }  # fmt: skip
    return JsonResponse(told, content_type="application/manifest+json")
