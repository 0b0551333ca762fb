"""Proofs that the firm gave: the list, and one of them with its history."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from skillmark.desks import answers, disputes
from skillmark.edges.web import access, addresses, history, kinds, proofs
from skillmark.rooms.credentials import queries, rules
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people import rules as people

PAGE = 100


def _counts(line: proofs.Line) -> bool:
    return line.state != "bad"


# What the list can be narrowed to: word, and which lines it means.
STATES: dict[str, tuple[str | Promise, Callable[[proofs.Line, datetime], bool]]] = {
    "": (gettext_lazy("All"), lambda line, now: True),
    "waiting": (gettext_lazy("Waiting to be kept"), lambda line, now: _counts(line) and not line.kept),
    "kept": (gettext_lazy("Kept"), lambda line, now: _counts(line) and line.kept),
    "soon": (gettext_lazy("Ends in 30 days"), lambda line, now: proofs.ends_within(line=line, days=30, now=now)),
    "60": (gettext_lazy("Ends in 60 days"), lambda line, now: proofs.ends_within(line=line, days=60, now=now)),
    "90": (gettext_lazy("Ends in 90 days"), lambda line, now: proofs.ends_within(line=line, days=90, now=now)),
    "ended": (gettext_lazy("Ended"), lambda line, now: proofs.has_ended(line=line, now=now)),
    "review": (gettext_lazy("Under review"), lambda line, now: line.issued.answer_by is not None),
    "paused": (gettext_lazy("Paused"), lambda line, now: line.issued.paused_at is not None),
    "cancelled": (gettext_lazy("Cancelled"), lambda line, now: line.issued.cancelled_at is not None),
}
TO_RENEW = ("soon", "60", "90", "ended")


@access.signed_in
def proofs_page(request: access.Request) -> HttpResponse:
    """All proofs, newest first, narrowed by words and by state. Each state is a link with its number."""
    search = request.GET.get("q", "").strip()
    state = request.GET.get("state", "")
    state = state if state in STATES else ""
    now = timezone.now()
    lines = [proofs.line(issued=issued, now=now) for issued in queries.proofs(actor=request.actor, search=search)]
    filters = [(key, label, sum(means(line, now) for line in lines)) for key, (label, means) in STATES.items()]
    found = [line for line in lines if STATES[state][1](line, now)]
    start = number(request.GET.get("from", ""))
    context = {
        "lines": found[start : start + PAGE],
        "total": len(found),
        "following": start + PAGE if start + PAGE < len(found) else 0,
        "search": search,
        "waiting": sum(STATES["waiting"][1](line, now) for line in lines),
        "may_give": people.may(request.actor, "proof.give"),
        "state": state,
        "filters": [one for one in filters if one[2] or one[0] in ("", state)],
        "any": bool(lines) or bool(search),
        "renewing": state in TO_RENEW and people.may(request.actor, "proof.give"),
    }
    return render(request, "proofs/proofs.html", context)


@access.signed_in
def proof(request: access.Request, proof_id: UUID) -> HttpResponse:
    """One proof: what it says, where it stands, its files, what happened to it."""
    issued = queries.proof(actor=request.actor, issued_id=proof_id)
    now = timezone.now()
    stopped = queries.why_stopped(actor=request.actor, issued_id=issued.id)
    entries = journal.history(org_id=request.actor.org_id, subject_id=issued.id)
    context = {
        "issued": issued,
        "line": proofs.line(issued=issued, now=now),
        "proof": said(issued=issued),
        "history": history.page(entries=entries[::-1], shown=len(entries)).lines,
        "link": addresses.full(request=request, base_url=request.firm.base_url, path=f"/verify/{issued.id}"),
        "may_cancel": people.may(request.actor, "proof.cancel"),
        "may_give": people.may(request.actor, "proof.give"),
        "can_be_paused": rules.can_be_paused(issued.payload),
        "stopped": stopped,
        "why": _(stopped.reason) if stopped is not None and stopped.reason else "",  # a chosen one is kept in English
        "said": [
            disputes.said(dispute=one, today=timezone.localdate())
            for one in queries.disputes_of(actor=request.actor, issued_id=issued.id)
        ],
        "others": _others(request, issued),
    }
    return render(request, "proofs/proof.html", context)


def said(*, issued: Any) -> dict[str, Any]:
    """What a proof says, in the language that it was given in."""
    version, language = issued.version, issued.language
    did, how = (rules.said(texts=texts, language=language)[0] for texts in (version.did, version.how))
    level = rules.level_name(level=issued.level, language=language)
    read = answers.read(payload=issued.payload)
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
        "steps": read.steps,
        "seen": read.seen if issued.evidence else (),
        "alignments": read.alignments,
        "from_onet": read.from_onet,
    }


def _others(request: access.Request, issued: Any) -> list[proofs.Line]:
    """The proofs that this one takes the place of, or that took its place, oldest first."""
    ids = queries.chain(actor=request.actor, issued_id=issued.id)
    found = [queries.proof(actor=request.actor, issued_id=one) for one in ids if one != issued.id]
    return [proofs.line(issued=one, now=timezone.now()) for one in found]


def number(text: str) -> int:
    """A place in a list as an address names it; anything else is its beginning."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0
