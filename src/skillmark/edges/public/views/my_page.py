"""A worker's own page: what they keep, one proof of it, what they want to say about it, and letting go of it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from skillmark.desks import disputes, own_list, own_record, pictures
from skillmark.edges.public import addresses, door
from skillmark.edges.public.forms.my_page import RemarkForm
from skillmark.edges.public.views.record import own
from skillmark.edges.public.ways import ways
from skillmark.rooms.credentials import operations
from skillmark.rooms.credentials import queries as credentials
from skillmark.rooms.credentials.rules import day_there
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records import operations as records
from skillmark.rooms.records import queries

PAGE = 24
FILTER_FROM = 12
_FILES = {
    "json": ("json", "application/json"),
    "jwt": ("jwt", "application/jwt"),
    "sd-jwt": ("sd-jwt", "application/dc+sd-jwt"),
}


@require_safe
@door.private
@own
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Everything that this person keeps, newest first, as the last checks left it, and what they say themselves."""
    now = timezone.now()
    every = own_list.lines(actor=actor, now=now)
    group, sought = request.GET.get("only", ""), request.GET.get("words", "").strip()[:100]
    group = group if group in own_list.GROUPS else ""
    found = own_list.chosen(lines=every, group=group, words=sought)
    start = _number(request.GET.get("from", ""))
    shown = found[start : start + PAGE]
    inside = own_list.inside(actor=actor, lines=shown)
    added = queries.additions(actor=actor)
    context = {
        "actor": actor,
        "total": len(every),
        "shown": [(one, inside.get(one.id)) for one in shown],
        "found": len(found),
        "start": start,
        "following": start + PAGE if start + PAGE < len(found) else 0,
        "before": max(0, start - PAGE),
        "tabs": _tabs(every, group) if len(every) > FILTER_FROM else [],
        "soon": 0 if group == "soon" else own_list.counts(lines=every)["soon"],
        "group": group,
        "words": sought,
        "statements": queries.statements(actor=actor),
        "adding": [one for one in added if one.ended_at is None],
        "undecided": sum(one.undecided for one in added),
        "undecided_in": next((one.id for one in added if one.undecided), None),
        "waiting": queries.waiting_at(actor=actor, now=now),
        "ways": ways(request, actor=actor),
    }
    return render(request, "public/my_page.html", context)


def _tabs(every: Sequence[own_list.Line], group: str) -> list[tuple[str, str, int]]:
    names = {
        "": _("All"), "good": _("Good"), "soon": _("End soon"), "look": _("To look at"), "over": _("Do not count"),
    }  # fmt: skip
    counts = own_list.counts(lines=every)
    return [(key, name, counts[key]) for key, name in names.items() if counts[key] or key in ("", group)]


@require_http_methods(["GET", "HEAD", "POST"])
@door.private
@own
def proof(request: HttpRequest, actor: Actor, held_id: uuid.UUID) -> HttpResponse:
    """One proof, checked at this moment: show it, save it, and say something about it."""
    held = credentials.held_one(actor=actor, held_id=held_id)
    form = RemarkForm(request.POST if request.method == "POST" else None, initial={"remark": held.remark})
    if form.is_bound and form.is_valid():
        said = form.cleaned_data["remark"]
        operations.comment_held(actor=actor, held_id=held_id, words=said, now=timezone.now())
        messages.success(request, _("Written down.") if said else _("Taken back."))
        return redirect("my-proof", held_id)
    now = timezone.now()
    mine = own_record.look(actor=actor, held=held, now=now)
    link = ""
    if mine.issued_id is not None:
        link = addresses.check_page(request=request, issued_id=mine.issued_id, document=mine.document)
    said_before = [
        disputes.said(dispute=one, today=day_there(moment=now, time_zone=one.issued.time_zone))
        for one in credentials.my_disputes(actor=actor, held_id=held_id)
    ]
    context = {
        "mine": mine,
        "form": form,
        "said": said_before,
        "may_say": mine.may_say and not any(one.waiting for one in said_before),
        "told": own_list.told(answer=mine.answer),
        "why": own_list.WHY.get(mine.known, ""),
        "history": credentials.held_history(actor=actor, held_id=held_id),
        "link": link,
        "qr": pictures.qr_svg(text=link) if link else "",
    }
    return render(request, "public/my_proof.html", context, status=422 if form.errors else 200)


@require_safe
@door.private
@own
def file(request: HttpRequest, actor: Actor, held_id: uuid.UUID) -> HttpResponse:
    """The signed file, byte for byte, to keep somewhere else."""
    held = credentials.held_one(actor=actor, held_id=held_id)
    disposition = f'attachment; filename="proof.{held.form}"'
    return HttpResponse(bytes(held.document), content_type=_FILES[held.form], headers={"Content-Disposition": disposition})


@require_safe
@door.private
@own
def let_go(request: HttpRequest, actor: Actor, held_id: uuid.UUID) -> HttpResponse:
    """Ask once more: a visit removes nothing."""
    held = credentials.held_one(actor=actor, held_id=held_id)
    return render(request, "public/my_proof_remove.html", {"held": held})


@require_POST
@door.private
@own
def remove(request: HttpRequest, actor: Actor, held_id: uuid.UUID) -> HttpResponse:
    """Let go of it, for good."""
    operations.remove_held(actor=actor, held_id=held_id, now=timezone.now())
    records.take_out(actor=actor, held_id=held_id, now=timezone.now())
    messages.success(request, _("Removed from your page."))
    return redirect("my-page")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0
