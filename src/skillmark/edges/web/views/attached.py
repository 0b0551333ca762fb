"""A digital proof beside a card: hand over the file, look at the answer, and say whether it is this person's."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from skillmark.desks import answers, attaching
from skillmark.edges.web import access, checks
from skillmark.edges.web.forms.evidence import ProofForm
from skillmark.edges.web.views import holdings as pages
from skillmark.edges.web.views import outcome
from skillmark.errors import DomainError
from skillmark.rooms.credentials import queries as kept
from skillmark.rooms.holdings import queries
from skillmark.rooms.skills.rules import label


@access.signed_in(action="evidence.change")
def attach(request: access.Request, holding_id: UUID) -> HttpResponse:
    """A file of its own, or (`photo`) the one that a photo came in. What is not plainly about this card is asked about."""
    held = pages.standing(request, holding_id)
    photo = next((one for one in held.photos.all() if str(one.id) == request.POST.get("photo")), None)
    form = ProofForm(None if photo else access.posted(request), None if photo else request.FILES or None)
    found: list[attaching.Attached] = []
    if photo is not None or (request.method == "POST" and form.is_valid()):
        name, body = _handed(photo, form)
        try:
            found = attaching.attach(actor=request.actor, holding_id=holding_id, name=name, body=body, now=request.now)
        except DomainError as error:
            outcome.put(error=error, form=form, field="file")
    if any(one.noted for one in found):
        messages.success(request, _("Checked and noted. We check it again every day."))
        return redirect("holding", queries.history(actor=request.actor, holding_id=holding_id)[0].id)
    context = {
        "form": form, "held": held, "person": held.person, "name": label(held.item.names, language=answers.spoken()),
        "found": [_answer(one) for one in found], "none": bool(found) and not any(one.speaks for one in found),
    }  # fmt: skip
    return render(request, "evidence/attach.html", context, status=400 if form.errors else 200)


@require_POST
@access.signed_in(action="evidence.change")
def confirm(request: access.Request, holding_id: UUID, check_id: UUID) -> HttpResponse:
    """Yes, the proof is about this person and this card."""
    kept.check(actor=request.actor, check_id=check_id)
    noted = attaching.confirm(actor=request.actor, holding_id=holding_id, check_id=check_id, now=request.now)
    messages.success(request, _("Noted. We check it again every day."))
    return redirect("holding", noted)


def _handed(photo: Any, form: ProofForm) -> tuple[str, bytes]:
    if photo is not None:
        return photo.name, bytes((photo.original or photo.file).body)
    file = form.cleaned_data["file"]
    return file.name or "", file.read()


def _answer(one: attaching.Attached) -> dict[str, Any]:
    check = one.check
    return {
        "one": one, "check": check, "answer": answers.kept(check=check),
        "says": answers.heading(verdict=check.verdict), "state": checks.sign(verdict=check.verdict),
    }  # fmt: skip
