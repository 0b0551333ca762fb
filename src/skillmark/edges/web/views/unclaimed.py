"""Proofs that nobody has kept yet: who, since when, and how to remind them. Nothing is sent before somebody presses Send."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from skillmark.desks import papers
from skillmark.desks import unclaimed as desk
from skillmark.edges.web import access, addresses
from skillmark.edges.web.views import proofs
from skillmark.rooms.credentials import operations
from skillmark.rooms.people import rules

PAGE = 50  # a code is slow to make on purpose, and a page of slips has one each


@access.signed_in(action="proof.give")
def unclaimed(request: access.Request) -> HttpResponse:
    """The list, the oldest first, each with its ways."""
    now = timezone.now()
    found = desk.waiting(actor=request.actor, now=now)
    start = proofs.number(request.GET.get("from", ""))
    shown = {
        "lines": [(one, (now - one.given_at).days) for one in found[start : start + PAGE]],
        "total": len(found),
        "following": start + PAGE if start + PAGE < len(found) else 0,
        "by_email": len(desk.by_email(proofs=found)) if _mails(request) else 0,
    }
    return render(request, "proofs/unclaimed.html", shown)


@require_POST
@access.signed_in(action="proof.give")
def slips(request: access.Request) -> HttpResponse:
    """A PDF of slips for the chosen ones; behind them, on a sheet of its own, the PINs for whoever hands them out."""
    now, chosen = timezone.now(), set(request.POST.getlist("proof"))
    found = [one for one in desk.waiting(actor=request.actor, now=now) if str(one.id) in chosen][:PAGE]
    if not found:
        messages.error(request, _("Choose at least one person."))
        return redirect("unclaimed")
    printed = papers.class_slips(
        slips=[_slip(request, one, now) for one in found],
        giver=request.firm.name,
        language=translation.get_language() or "en",
        typed=_address(request, "/k"),
        title=_("Not kept yet"),
    )
    headers = {"Content-Disposition": 'attachment; filename="slips.pdf"', "Cache-Control": "no-store"}
    return HttpResponse(printed, content_type="application/pdf", headers=headers)


@access.signed_in(action="proof.give")
def by_email(request: access.Request) -> HttpResponse:
    """What will be sent, and to whom: to the ticked ones, or to all. Sent when somebody has seen it and presses Send."""
    now, chosen = timezone.now(), request.POST.getlist("proof")
    waiting = [one for one in desk.waiting(actor=request.actor, now=now) if not chosen or str(one.id) in chosen]
    found = desk.by_email(proofs=waiting)
    if not _mails(request) or not found:
        messages.error(request, _("There is nobody to send an e-mail to."))
        return redirect("unclaimed")
    if "sure" in request.POST:
        sent = desk.remind(actor=request.actor, proofs=found, now=now)
        said = ngettext("%(count)d e-mail is on its way.", "%(count)d e-mails are on their way.", sent)
        messages.success(request, said % {"count": sent})
        return redirect("unclaimed")
    shown = {"previews": desk.previews(proofs=found, now=now), "people": found}
    return render(request, "proofs/unclaimed_email.html", shown)


def _slip(request: access.Request, issued: Any, now: datetime) -> papers.ClassSlip:
    """A new code, on paper. The one before stops working."""
    offer, code, pin = operations.offer(actor=request.actor, issued_id=issued.id, way="slip", now=now)
    return papers.ClassSlip(
        first_name=issued.person_name.split()[0],
        person_name=issued.person_name,
        title=issued.title,
        language=issued.language,
        code=code,
        pin=pin,
        link=_address(request, f"/k/{rules.plain_code(code)}"),
        good_until=offer.expires_at.date(),
    )


def _address(request: access.Request, path: str) -> str:
    return addresses.full(request=request, base_url=request.firm.base_url, path=path)


def _mails(request: access.Request) -> bool:
    return bool(settings.EMAIL_IS_SET_UP) and not request.actor.sample
