"""Proofs that the firm gave: the list, one of them with its history, cancelling."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skillmark.edges.web import access, addresses, history, proofs
from skillmark.edges.web.forms.proofs import CancelForm
from skillmark.edges.web.views import kinds, outcome
from skillmark.errors import DomainError
from skillmark.rooms.credentials import operations, queries, rules
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people import rules as people

PAGE = 100


def _counts(line: proofs.Line) -> bool:
    return line.state != "bad"


# What the list can be narrowed to: word, and which lines it means.
STATES: dict[str, tuple[str | Promise, Callable[[proofs.Line], bool]]] = {
    "": (gettext_lazy("All"), lambda line: True),
    "waiting": (gettext_lazy("Waiting to be kept"), lambda line: _counts(line) and not line.kept),
    "kept": (gettext_lazy("Kept"), lambda line: _counts(line) and line.kept),
    "soon": (gettext_lazy("Ends soon"), lambda line: line.state == "due"),
    "ended": (gettext_lazy("Ended"), lambda line: line.state == "bad" and line.issued.cancelled_at is None),
    "cancelled": (gettext_lazy("Cancelled"), lambda line: line.issued.cancelled_at is not None),
}


@access.signed_in
def proofs_page(request: access.Request) -> HttpResponse:
    """All proofs, newest first, narrowed by words and by state. Each state is a link with its number."""
    search = request.GET.get("q", "").strip()
    state = request.GET.get("state", "")
    state = state if state in STATES else ""
    now = timezone.now()
    lines = [proofs.line(issued=issued, now=now) for issued in queries.proofs(actor=request.actor, search=search)]
    filters = [(key, label, sum(map(means, lines))) for key, (label, means) in STATES.items()]
    found = [line for line in lines if STATES[state][1](line)]
    start = _number(request.GET.get("from", ""))
    context = {
        "lines": found[start : start + PAGE],
        "total": len(found),
        "following": start + PAGE if start + PAGE < len(found) else 0,
        "search": search,
        "state": state,
        "filters": [one for one in filters if one[2] or one[0] in ("", state)],
        "any": bool(lines) or bool(search),
    }
    return render(request, "proofs/proofs.html", context)


@access.signed_in
def proof(request: access.Request, proof_id: UUID) -> HttpResponse:
    """One proof: what it says, where it stands, its files, what happened to it."""
    issued = queries.proof(actor=request.actor, issued_id=proof_id)
    now = timezone.now()
    entries = journal.history(org_id=request.actor.org_id, subject_id=issued.id)
    context = {
        "issued": issued,
        "line": proofs.line(issued=issued, now=now),
        "proof": said(issued=issued),
        "history": history.page(entries=entries[::-1], shown=len(entries)).lines,
        "link": addresses.full(request=request, base_url=request.firm.base_url, path=f"/verify/{issued.id}"),
        "may_cancel": _may_cancel(request, issued),
        "may_give": people.may(request.actor, "proof.give"),
    }
    return render(request, "proofs/proof.html", context)


@access.signed_in(action="proof.cancel")
def cancel(request: access.Request, proof_id: UUID) -> HttpResponse:
    """Cancel a proof, for good, with a reason."""
    issued = queries.proof(actor=request.actor, issued_id=proof_id)
    if issued.cancelled_at is not None:
        return redirect("proof", issued.id)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.cancel(actor=request.actor, issued_id=issued.id, reason=form.said(), now=timezone.now())
        except DomainError as error:
            outcome.put(error=error, form=form, field="reason")
        else:
            messages.success(request, _("Cancelled. Whoever checks it from now on is told."))
            return redirect("proof", issued.id)
    return render(request, "proofs/cancel.html", {"form": form, "issued": issued}, status=400 if form.errors else 200)


def said(*, issued: Any) -> dict[str, Any]:
    """What a proof says, in the language that it was given in."""
    version, language = issued.version, issued.language
    did, how = (rules.said(texts=texts, language=language)[0] for texts in (version.did, version.how))
    level = rules.level_name(level=issued.level, language=language)
    return {
        "giver": issued.giver,
        "title": issued.title,
        "person": issued.person_name,
        "did": did,
        "how": [text for text in (how, issued.note) if text],
        "level": f"{issued.level} {level}" if level else "",
        "starts": timezone.localtime(issued.valid_from).date(),
        "ends": timezone.localtime(issued.valid_until).date() if issued.valid_until else None,
        "language": language if language in ("en", "es") else kinds.spoken(),
    }


def _may_cancel(request: access.Request, issued: Any) -> bool:
    return issued.cancelled_at is None and people.may(request.actor, "proof.cancel")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0
