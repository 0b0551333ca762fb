"""The hosted page of a proof and its files. Whoever has the link sees the answer of a real check."""

from __future__ import annotations

import uuid
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from credcore.containers import png, svg
from skillmark.desks import answers, checking, papers, pictures
from skillmark.edges.public import addresses, door
from skillmark.rooms.credentials import queries as credentials


@require_safe
@door.page
def verify(request: HttpRequest, issued_id: uuid.UUID) -> HttpResponse:
    """Check the stored document as if a stranger had handed it in, and show verdict and proof."""
    proof = credentials.public_proof(issued_id=issued_id)
    now = timezone.now()
    reports = checking.check_bytes(data=proof.document, name="", now=now, org_id=None)
    context = {
        "answer": answers.answer(report=reports[0]),
        "proof": proof,
        "issued_id": issued_id,
        "checked_at": now,
        "address": addresses.signed_address(document=proof.document) or request.get_host(),
        "hosted": True,
        "number": 1,
    }
    with timezone.override(ZoneInfo(proof.time_zone)):
        return render(request, "public/verify.html", context)


@require_safe
@door.page
def card(request: HttpRequest, issued_id: uuid.UUID) -> HttpResponse:
    """The PDF card, with the signed file attached."""
    proof = credentials.public_proof(issued_id=issued_id)
    language = "es" if translation.get_language() == "es" else "en"
    body = papers.card(proof=proof, check_url=_link(request, proof), language=language)
    return _file(body, media_type="application/pdf", name="card.pdf")


@require_safe
@door.page
def document(request: HttpRequest, issued_id: uuid.UUID) -> HttpResponse:
    """The signed file itself, byte for byte. (media type: Verifiable Credentials Data Model 2.0, section 6.2)"""
    proof = credentials.public_proof(issued_id=issued_id)
    return _file(proof.document, media_type="application/vc", name="proof.json")


@require_safe
@door.page
def picture_png(request: HttpRequest, issued_id: uuid.UUID) -> HttpResponse:
    """A picture with the signed file inside."""
    proof = credentials.public_proof(issued_id=issued_id)
    plain = pictures.png(title=proof.title, giver=proof.giver, colour=proof.colour)
    return _file(png.bake(png=plain, credential=proof.document), media_type="image/png", name="proof.png")


@require_safe
@door.page
def picture_svg(request: HttpRequest, issued_id: uuid.UUID) -> HttpResponse:
    """A drawing with the signed file inside."""
    proof = credentials.public_proof(issued_id=issued_id)
    plain = pictures.svg(title=proof.title, giver=proof.giver, colour=proof.colour).encode()
    return _file(svg.bake(svg=plain, credential=proof.document), media_type="image/svg+xml", name="proof.svg")


@require_safe
@door.page
def qr(request: HttpRequest, issued_id: uuid.UUID) -> HttpResponse:
    """The code that leads to the hosted page, for printing."""
    proof = credentials.public_proof(issued_id=issued_id)
    body = pictures.qr_svg(text=_link(request, proof)).encode()
    return _file(body, media_type="image/svg+xml", name="qr.svg")


def _link(request: HttpRequest, proof: credentials.PublicProof) -> str:
    return addresses.check_page(request=request, issued_id=proof.id, document=proof.document)


def _file(body: bytes, *, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
