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
from skillmark.desks.link_preview import HEIGHT, WIDTH, link_preview
from skillmark.edges.public import addresses, door, sharing
from skillmark.rooms.credentials import operations, rules
from skillmark.rooms.credentials import queries as credentials
from skillmark.rooms.signing import operations as signing

# The same proof for programs that read no other form: its media type, and the name to save it under.
TOKENS = {rules.JWT: ("application/vc+jwt", "proof.jwt"), rules.SD_JWT: ("application/dc+sd-jwt", "proof.sd-jwt")}


@require_safe
@door.page
def verify(request: HttpRequest, issued_id: uuid.UUID) -> HttpResponse:
    """Check the stored document as if a stranger had handed it in, and show verdict and proof."""
    proof = credentials.public_proof(issued_id=issued_id)
    now = timezone.now()
    reports = checking.check_bytes(data=proof.document, name="", now=now, org_id=None)
    link, signed_address = _link(request, proof), addresses.signed_address(document=proof.document)
    is_public = signed_address.startswith("https://") and not proof.cancelled
    context = {
        "answer": answers.answer(report=reports[0]),
        "proof": proof,
        "issued_id": issued_id,
        "checked_at": now,
        "address": signed_address or request.get_host(),
        "link": link,
        "network_url": sharing.network_url(proof=proof, link=link) if is_public else "",
        "preview": {"url": f"{link}/preview.png", "width": WIDTH, "height": HEIGHT},
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
    body = papers.card(proof=proof, check_url=_link(request, proof), code=_code(proof), language=_language())
    return _file(body, media_type="application/pdf", name="card.pdf")


@require_safe
@door.page
def document(request: HttpRequest, issued_id: uuid.UUID) -> HttpResponse:
    """The signed file itself, byte for byte. (media type: Verifiable Credentials Data Model 2.0, section 6.2)"""
    proof = credentials.public_proof(issued_id=issued_id)
    return _file(proof.document, media_type="application/vc", name="proof.json")


@require_safe
@door.page
def token(request: HttpRequest, issued_id: uuid.UUID, form: str) -> HttpResponse:
    """The proof as a token. Made when it is first asked for, at most once a proof and form, and the same bytes ever after:
    whoever opens the link twice, or opens it for somebody else, changes nothing that the firm has said."""
    media_type, name = TOKENS[form]
    body = operations.form_of(issued_id=issued_id, form=form, now=timezone.now())
    return _file(body, media_type=media_type, name=name)


@require_safe
@door.page
def preview(request: HttpRequest, issued_id: uuid.UUID) -> HttpResponse:
    """What others show of the link. It does not say whose proof it is."""
    proof = credentials.public_proof(issued_id=issued_id)
    body = link_preview(title=proof.title, giver=proof.giver, look=proof.look, language=_language())
    response = HttpResponse(body, content_type="image/png")
    response["Cache-Control"] = "max-age=86400, public"
    return response


@require_safe
@door.page
def picture_png(request: HttpRequest, issued_id: uuid.UUID) -> HttpResponse:
    """A picture with the signed file inside."""
    proof = credentials.public_proof(issued_id=issued_id)
    plain = pictures.png(**proof.look)
    return _file(png.bake(png=plain, credential=proof.document), media_type="image/png", name="proof.png")


@require_safe
@door.page
def picture_svg(request: HttpRequest, issued_id: uuid.UUID) -> HttpResponse:
    """A drawing with the signed file inside."""
    proof = credentials.public_proof(issued_id=issued_id)
    plain = pictures.svg(**proof.look).encode()
    return _file(svg.bake(svg=plain, credential=proof.document), media_type="image/svg+xml", name="proof.svg")


@require_safe
@door.page
def qr(request: HttpRequest, issued_id: uuid.UUID) -> HttpResponse:
    """The code that leads to the hosted page, for printing."""
    proof = credentials.public_proof(issued_id=issued_id)
    body = pictures.qr_svg(text=_link(request, proof)).encode()
    return _file(body, media_type="image/svg+xml", name="qr.svg")


def _code(proof: credentials.PublicProof) -> bytes | None:
    """The proof in a form that fits a printed code, while one can be made; a card without it still has the file inside."""
    try:
        return operations.form_of(issued_id=proof.id, form=rules.CODE, now=timezone.now())
    except (operations.CannotMakeForm, signing.CannotSign):
        return None


def _language() -> str:
    return "es" if translation.get_language() == "es" else "en"


def _link(request: HttpRequest, proof: credentials.PublicProof) -> str:
    return addresses.check_page(request=request, issued_id=proof.id, document=proof.document)


def _file(body: bytes, *, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
