"""The page of a firm that gives proofs, and what it says about whose proofs it accepts. No people, and no counts of people."""

from __future__ import annotations

import hashlib
import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from credcore.trust import TrustEntry, TrustList, files
from skillmark.edges.public import addresses
from skillmark.errors import NotFound
from skillmark.rooms.credentials import queries as credentials
from skillmark.rooms.credentials import rules
from skillmark.rooms.people import queries as people
from skillmark.rooms.signing import queries as signing


@require_safe
def giver(request: HttpRequest, org_id: uuid.UUID) -> HttpResponse:
    """Who this is, what it gives proofs for, and which firms have chosen to show that they accept them."""
    firm = _firm(org_id)
    language = (translation.get_language() or "en")[:2]
    kinds = [rules.said(texts=names, language=language) for names in credentials.kinds_given(org_id=org_id)]
    shown = {
        "firm": firm,
        "address": firm.base_url.partition("//")[2],
        "kinds": kinds,
        "accepted_by": credentials.accepted_by(org_id=org_id),
        "accepts": credentials.accepts(org_id=org_id),
        "identifiers": signing.identities(org_id=org_id),
    }
    return render(request, "public/giver.html", shown)


@require_safe
def accepts(request: HttpRequest, org_id: uuid.UUID) -> HttpResponse:
    """Whose proofs the firm accepts, of those givers whom it lets know: a list of givers in our own form."""
    firm = _firm(org_id)
    here = addresses.full(request=request, path=reverse("giver", args=[org_id]), base_url=firm.base_url)
    entries = [
        TrustEntry(issuer=one.issuer, name=one.name, since=one.added_at.date()) for one in credentials.accepts(org_id=org_id)
    ]
    body = files.dumps(TrustList(name=firm.name, entries=tuple(entries), source=here))
    response = HttpResponse(body, content_type="application/json")
    response["ETag"] = etag = f'"{hashlib.sha256(body).hexdigest()}"'
    answer = get_conditional_response(request, etag=etag, response=response) or response
    answer["Cache-Control"] = "max-age=900, public"
    answer["Access-Control-Allow-Origin"] = "*"  # public by the firm's own choice, for whatever program asks
    return answer


def _firm(org_id: uuid.UUID) -> Any:
    """Raises Http404 also for a made-up firm: nobody may take its page for a real one."""
    try:
        found = people.organisation_public(org_id=org_id)
    except NotFound:
        raise Http404 from None
    if found.sample:
        raise Http404
    return found
