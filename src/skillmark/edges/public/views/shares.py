"""What I show to others: pick it, hand on the link, see who opened it, stop it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from skillmark.desks import employers, pictures, sharing, showing, words
from skillmark.edges.public import addresses, door
from skillmark.edges.public.forms.shares import WORDING, ShareForm
from skillmark.edges.public.views.record import own
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records import operations, queries

_TITLES = 3  # of a share in the list of shares


@require_http_methods(["GET", "HEAD", "POST"])
@door.private
@own
def shares(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Tick what to show, share it; above, what is shown already. `?pick=` names what is ticked when the page opens: that is
    on top, so that nobody looks for it among many."""
    now = timezone.now()
    things = sharing.things(actor=actor)
    firms = [(str(one.firm_id), one.firm) for one in employers.working_at(actor=actor, now=now)]
    start = {"number": uuid.uuid4(), "pick": request.GET.getlist("pick"), "cv": "cv" in request.GET}
    form = ShareForm(request.POST if request.method == "POST" else None, initial=start, things=things, firms=firms)
    if form.is_bound and form.is_valid():
        done = _share(request, actor, form)
        if done is not None:
            return done
    rows = [
        (one, form.is_picked(one), [(fact, form.is_shown(fact.key, usual=fact.usual)) for fact in one.choices])
        for one in things
    ]
    titles = {one.id: one.title for one in things}
    context = {
        "form": form,
        "things": sorted(rows, key=lambda row: not row[1]),
        "wording": WORDING,
        "live": [(one, _inside(one, titles)) for one in queries.shares(actor=actor, now=now)],
    }
    return render(request, "public/my_shares.html", context, status=422 if form.is_bound else 200)


def _inside(mine: queries.MyShare, titles: Mapping[uuid.UUID, str]) -> str:
    """What is in a share, told so that several can be kept apart."""
    there = [titles.get(number, "") for item in mine.shown.items if (number := item.held_id or item.statement_id)]
    return ", ".join(filter(None, there[:_TITLES])) + (" …" if len(there) > _TITLES else "")


def _share(request: HttpRequest, actor: Actor, form: ShareForm) -> HttpResponse | None:
    """The page after it was shared; None when it was not, and the form says why."""
    said, now = form.cleaned_data, timezone.now()
    try:
        picked = sharing.picked(actor=actor, keys=said["pick"], facts=said["fact"], now=now)
        made, token = operations.share(
            actor=actor, share_id=said["number"], picked=picked, terms=form.terms(name=actor.name), wording=str(WORDING),
            language=translation.get_language() or "en", now=now,
        )  # fmt: skip
    except (operations.CannotShare, showing.CannotShow) as problem:
        if problem.code == "share.made_already":
            messages.info(request, words.sentence(problem.code, problem.facts))
            return redirect("my-shares")
        field = "pin" if problem.code.startswith("pin.") else "pick" if problem.code.startswith("show.") else None
        form.add_error(field, words.sentence(problem.code, problem.facts))
        return None
    if made.firm_id is not None:
        messages.success(request, _("Your employer sees it now, on its page about you. Nobody else does."))
        return redirect("my-share", made.id)
    return _handed(request, made.id, made.ends_at, token, pin=said["pin"])


@require_safe
@door.private
@own
def share(request: HttpRequest, actor: Actor, share_id: uuid.UUID) -> HttpResponse:
    """One share: what is in it, who opened it, whom to let in, and the button that stops it."""
    now = timezone.now()
    mine = queries.my_share(actor=actor, share_id=share_id, now=now)
    entries = sharing.read(shown=mine.shown, now=now) if mine.is_live else []
    return render(request, "public/my_share.html", {"mine": mine, "entries": entries})


@require_POST
@door.private
@own
def stop(request: HttpRequest, actor: Actor, share_id: uuid.UUID) -> HttpResponse:
    """One tap, and nobody sees it any more."""
    operations.stop_sharing(actor=actor, share_id=share_id, now=timezone.now())
    messages.success(request, _("Stopped. Nobody sees it any more."))
    return redirect("my-shares")


@require_POST
@door.private
@own
def link(request: HttpRequest, actor: Actor, share_id: uuid.UUID) -> HttpResponse:
    """Another link for the same things. The one of before is dead, and this one is shown once."""
    now = timezone.now()
    token = operations.new_link(actor=actor, share_id=share_id, now=now)
    mine = queries.my_share(actor=actor, share_id=share_id, now=now)
    return _handed(request, share_id, mine.shown.ends_at, token, pin="")


@require_POST
@door.private
@own
def reader(request: HttpRequest, actor: Actor, share_id: uuid.UUID, view_id: uuid.UUID) -> HttpResponse:
    """Let somebody who asked see it, or not."""
    operations.answer_reader(actor=actor, view_id=view_id, allow="allow" in request.POST, now=timezone.now())
    return redirect("my-share", share_id)


@require_POST
@door.private
@own
def take_out(request: HttpRequest, actor: Actor, share_id: uuid.UUID, held_id: uuid.UUID) -> HttpResponse:
    """Take one proof out of a share. When it was the last one, the share is over."""
    operations.take_out(actor=actor, held_id=held_id, share_id=share_id, now=timezone.now())
    messages.success(request, _("It is taken out."))
    return redirect("my-share", share_id)


def _handed(request: HttpRequest, share_id: uuid.UUID, ends_at: object, token: str, *, pin: str) -> HttpResponse:
    """The link, as it can be handed on: a QR code, a text from one's own phone, a file. It is shown this once."""
    address = addresses.full(request=request, path=reverse("share", args=[token]))
    text = _("Here is what I want to show you: %(link)s") % {"link": address}
    context = {
        "share_id": share_id,
        "ends_at": ends_at,
        "token": token,
        "link": address,
        "sms": f"sms:?&body={quote(text)}",
        "qr": pictures.qr_svg(text=address),
        "pin": pin,
    }
    return render(request, "public/share_made.html", context)
