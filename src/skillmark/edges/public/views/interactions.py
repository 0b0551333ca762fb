"""One address for a hand-over with another program, whatever it speaks; people see a page. (VCALM 1.0, section 3.7)"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from credcore.oid4vc import interactions
from skillmark.desks import asking, pictures
from skillmark.edges.public import door
from skillmark.edges.public.programs import program, said
from skillmark.errors import NotFound
from skillmark.rooms.credentials import queries


def _offer(number: uuid.UUID) -> dict[str, str]:
    return {interactions.OFFER: queries.app_links(offer_id=number, now=timezone.now())[0]}


def _ask(number: uuid.UUID) -> dict[str, str]:
    found = queries.open_asking(asking_id=number, now=timezone.now())
    if found is None:
        raise NotFound
    return {interactions.ASK: asking.link(asking=found[0])}


# What can be handed over: the links of one thing, by protocol. Each raises NotFound for what is not there or is over.
KINDS: Mapping[str, Callable[[uuid.UUID], dict[str, str]]] = {"offer": _offer, "ask": _ask}


def interaction(request: HttpRequest, what: str, number: uuid.UUID) -> HttpResponseBase:
    """Links for a program that asks for JSON and speaks version 1; a page with the same links for everybody else."""
    if what not in KINDS:
        raise Http404
    wants_data = request.GET.get("iuv") == "1" and not request.accepts("text/html")
    response = _links(request, what, number) if wants_data or request.method == "OPTIONS" else _page(request, what, number)
    patch_vary_headers(response, ("Accept",))
    return response


@program("GET")
def _links(request: HttpRequest, what: str, number: uuid.UUID) -> HttpResponse:
    return said(interactions.build(KINDS[what](number)))


@require_safe
@door.private
def _page(request: HttpRequest, what: str, number: uuid.UUID) -> HttpResponse:
    (link,) = KINDS[what](number).values()
    return render(request, "public/interaction.html", {"link": link, "kind": what, "qr": pictures.qr_svg(text=link)})
