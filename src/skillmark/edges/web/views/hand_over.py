"""Hand a proof over: a code on this screen, by text, on paper, by e-mail, or into another app.

Every press makes a new code; older ones end.
"""

from __future__ import annotations

import base64
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from skillmark.desks import other_apps, pictures, words
from skillmark.edges.web import access, addresses
from skillmark.edges.web.views import proofs
from skillmark.rooms.credentials import operations, queries
from skillmark.rooms.people import rules as people

WAYS = ("screen", "text", "email")


@access.signed_in(action="proof.give")
def hand_over(request: access.Request, proof_id: UUID) -> HttpResponse:
    """How should they get it? The answer to a press shows the code; it is kept nowhere and never shown again."""
    issued = queries.proof(actor=request.actor, issued_id=proof_id)
    if issued.cancelled_at is not None:
        messages.error(request, _("This proof was cancelled. Give a new one instead."))
        return redirect("proof", issued.id)
    context = _context(request, issued)
    way = request.POST.get("way", "") if request.method == "POST" else ""
    if way == "email" and context["by_email"]:
        operations.send_by_email(actor=request.actor, issued_id=issued.id, now=timezone.now())
        messages.success(request, _("On its way to %(email)s.") % {"email": issued.person.email})
        return redirect("proof-hand-over", issued.id)
    if way in ("screen", "text"):
        context |= _offer(request, issued, way=way)
    return render(request, "proofs/hand_over.html", context)


@access.signed_in(action="proof.give")
def slip(request: access.Request, proof_id: UUID) -> HttpResponse:
    """A slip to print, in the language of the person. The PIN is told by mouth: it is on the screen and not on the paper."""
    issued = queries.proof(actor=request.actor, issued_id=proof_id)
    if request.method != "POST" or issued.cancelled_at is not None:
        return redirect("proof-hand-over", issued.id)
    context = _context(request, issued) | _offer(request, issued, way="slip")
    return render(request, "proofs/slip.html", context)


@access.signed_in(action="proof.give")
def app(request: access.Request, proof_id: UUID) -> HttpResponse:
    """The code for another app of the person, and the number that is told by mouth. Only a press makes them."""
    issued = queries.proof(actor=request.actor, issued_id=proof_id)
    if request.method != "POST":
        return redirect("proof-hand-over", issued.id)
    try:
        made = other_apps.offer_of_firm(actor=request.actor, issued_id=issued.id, now=timezone.now())
    except operations.CannotOfferToApp as problem:
        messages.error(request, words.sentence(problem.code, problem.facts))
        return redirect("proof-hand-over", issued.id)
    context = {
        "issued": issued,
        "first_name": issued.person_name.split()[0],
        "made": made,
        "qr": pictures.qr_svg(text=made.link),
        "secure": made.address.startswith("https://"),
    }
    return render(request, "proofs/app.html", context)


def _context(request: access.Request, issued: Any) -> dict[str, Any]:
    address = addresses.full(request=request, base_url=request.firm.base_url, path="")
    return {
        "issued": issued,
        "first_name": issued.person_name.split()[0],
        "language": proofs.said(issued=issued)["language"],
        "by_email": bool(settings.EMAIL_IS_SET_UP and issued.person.email),
        "only_here": addresses.only_here(url=address),
        "local": not request.firm.base_url,
    }


def _offer(request: access.Request, issued: Any, *, way: str) -> dict[str, Any]:
    """A new code, as a link and a picture, with the PIN where the way needs one."""
    offer, code, pin = operations.offer(actor=request.actor, issued_id=issued.id, way=way, now=timezone.now())
    plain = people.plain_code(code)
    link = addresses.full(request=request, base_url=request.firm.base_url, path=f"/k/{plain}")
    with translation.override(proofs.said(issued=issued)["language"]):
        text = _("%(firm)s has a proof for you: %(link)s") % {"firm": request.firm.name, "link": link}
    return {
        "way": way,
        "offer": offer,
        "code": people.shown_code(plain),
        "pin": pin,
        "link": link,
        "type_at": addresses.full(request=request, base_url=request.firm.base_url, path="/k"),
        "text": text,
        # RFC 5724, in the one form that both kinds of phones fill in.
        "sms": f"sms:{_dialled(issued.person.phone)}?&body={quote(text)}",
        "mail": f"mailto:{quote(issued.person.email)}?subject={quote(issued.title)}&body={quote(text)}",
        "qr": _image(pictures.qr_svg(text=link)),
    }


def _image(svg: str) -> str:
    """An SVG as an address that `<img>` takes: a code is shown once and has no address of its own."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def _dialled(phone: str) -> str:
    return "".join(character for character in phone if character.isdecimal() or character == "+")
