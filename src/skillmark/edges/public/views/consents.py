"""What I agreed to: a signed receipt of each yes, to read and to take along."""

from __future__ import annotations

import io
import uuid
import zipfile

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from skillmark.edges.public import door
from skillmark.edges.public.views.record import own
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records import queries

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # a ZIP knows no earlier one; when each was given stands inside


@require_safe
@door.private
@own
def consents(request: HttpRequest, actor: Actor) -> HttpResponse:
    """All of them, newest first, with when each was taken back or ends."""
    now = timezone.now()
    found = [(one, one.is_over(now=now)) for one in queries.consents(actor=actor)]
    return render(request, "public/my_consents.html", {"consents": found})


@require_safe
@door.private
@own
def receipt(request: HttpRequest, actor: Actor, consent_id: uuid.UUID) -> HttpResponse:
    """One receipt: the signed file."""
    found = queries.consent(actor=actor, consent_id=consent_id)
    return _file(found.token, media_type="application/jwt", name=_name(found))


@require_safe
@door.private
@own
def receipts(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every receipt in one file."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in queries.consents(actor=actor):
            archive.writestr(zipfile.ZipInfo(_name(one), _FIRST_DAY), one.token)
    return _file(packed.getvalue(), media_type="application/zip", name="receipts.zip")


def _name(receipt: queries.Receipt) -> str:
    return f"receipt-{receipt.agreed.given_at:%Y-%m-%d}-{str(receipt.id)[:8]}.jwt"


def _file(body: bytes, *, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
