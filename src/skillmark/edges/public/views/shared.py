"""The page of a share, as its reader sees it: what was picked and nothing else, checked at this moment. No account, no script.

Guessed, over, stopped: one page and one status, so that a link tells nobody whether it ever was one.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods, require_safe

from skillmark.desks import papers, sharing, words
from skillmark.edges.public import addresses, door, session
from skillmark.edges.public.forms.shares import ReaderForm, SharePinForm
from skillmark.edges.public.speaking import language_for
from skillmark.edges.public.visits import Visit
from skillmark.edges.public.zones import zone_of
from skillmark.errors import NotFound
from skillmark.rooms.records import operations, queries

if TYPE_CHECKING:
    from skillmark.rooms.records.models import Share


@require_http_methods(["GET", "HEAD", "POST"])
@door.private
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """Everything that was picked, or what has to be typed first."""
    door.count(request, what="share")
    now = timezone.now()
    try:
        share = queries.share_behind(token=token, now=now)
        with translation.override(language_for(request, share.language)), timezone.override(zone_of(org_id=share.org_id)):
            barred = _barred(request, share, token, now)
            if barred is not None:
                return barred
            return _page(request, share, token, now)
    except NotFound:
        return closed(request)


@require_safe
@door.private
def file(request: HttpRequest, token: str, number: int) -> HttpResponse:
    """One signed file of it, exactly as it is shown, to check by oneself."""
    shown = _opened(request, token)
    item = next((one for one in shown.items if one.number == number and one.held_id), None) if shown else None
    if item is None:
        return closed(request)
    body, media_type, name = sharing.file_of(item=item)
    return _file(body, media_type=media_type, name=name)


@require_safe
@door.private
def pdf(request: HttpRequest, token: str) -> HttpResponse:
    """The same on paper, with the signed files inside."""
    shown = _opened(request, token)
    if shown is None:
        return closed(request)
    now = timezone.now()
    with translation.override(language_for(request, shown.language)), timezone.override(zone_of(org_id=shown.org_id)):
        body = papers.skills_record(
            entries=sharing.read(shown=shown, now=now), details=shown.details, made_at=now, language=_language(),
            check_url=addresses.full(request=request, path=reverse("check")), time_zone=str(timezone.get_current_timezone()),
        )  # fmt: skip
    return _file(body, media_type="application/pdf", name="skills-record.pdf")


def closed(request: HttpRequest) -> HttpResponse:
    """Guessed, over, stopped, emptied: the same words."""
    return render(request, "public/share_closed.html", {"sentence": words.sentence("share.closed", {})}, status=410)


def _opened(request: HttpRequest, token: str) -> queries.Shown | None:
    """What a download may be made of: open to this browser, and written in the log. None: it is closed to it."""
    door.count(request, what="share")
    now = timezone.now()
    try:
        share = queries.share_behind(token=token, now=now)
        shown = queries.shown(share=share) if _barred(request, share, token, now) is None else None
    except NotFound:
        return None
    return shown if shown is not None and shown.items else None


def _barred(request: HttpRequest, share: Share, token: str, now: datetime) -> HttpResponse | None:
    """What stands before the content: the PIN, then the person's yes. None: nothing, and the visit is in the log.

    Mail scanners open links before people do: with a PIN or a question they learn nothing and are not written down.
    """
    if _is_owner(request, share, now):
        return None
    visit = Visit(request, share_id=share.id)
    if share.pin_hash and not visit.knows_pin:
        return _ask_pin(request, visit, token, now)
    if share.ask_first:
        return _ask_person(request, share, visit, token, now)
    if request.method != "HEAD" and not visit.is_the_same(now=now):
        visit.note_view(view_id=operations.note_view(token=token, now=now).id)
        visit.note_seen(now=now)
    return None


def _ask_pin(request: HttpRequest, visit: Visit, token: str, now: datetime) -> HttpResponse:
    form = SharePinForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            operations.try_pin(token=token, pin=form.cleaned_data["pin"], now=now)
        except operations.CannotRead as problem:
            form.add_error("pin", words.sentence(problem.code, problem.facts))
        else:
            visit.note_pin()
            return redirect("share", token)
    return render(request, "public/share_pin.html", {"form": form}, status=422 if form.is_bound else 200)


def _ask_person(request: HttpRequest, share: Share, visit: Visit, token: str, now: datetime) -> HttpResponse | None:
    view = queries.reader(share=share, view_id=visit.view_id)
    if view is not None and view.refused_at is not None:
        return closed(request)
    if view is not None and view.allowed_at is None:
        return render(request, "public/share_waiting.html", {"name": view.name})
    if view is not None:
        if request.method != "HEAD" and not visit.is_the_same(now=now):
            operations.note_view(token=token, asked=view, now=now)
            visit.note_seen(now=now)
        return None
    form = ReaderForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            asked = operations.ask_to_see(token=token, name=form.cleaned_data["name"], now=now)
        except operations.CannotRead as problem:
            form.add_error("name", words.sentence(problem.code, problem.facts))
        else:
            visit.note_view(view_id=asked.id)
            return redirect("share", token)
    return render(request, "public/share_ask.html", {"form": form}, status=422 if form.is_bound else 200)


def _page(request: HttpRequest, share: Share, token: str, now: datetime) -> HttpResponse:
    shown = queries.shown(share=share)
    if not shown.items:
        return closed(request)
    visit = Visit(request, share_id=share.id)
    view = queries.reader(share=share, view_id=visit.view_id)
    form = ReaderForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and view is not None:
        if not view.name:
            operations.say_who(token=token, view_id=view.id, name=form.cleaned_data["name"], now=now)
        return redirect("share", token)
    context = {
        "shown": shown,
        "cv": sharing.lay_out(entries=sharing.read(shown=shown, now=now)),
        "checked_at": now,
        "token": token,
        "form": form,
        "may_say_who": view is not None and not view.name,
        "owner": _is_owner(request, share, now),
    }
    return render(request, "public/shared.html", context, status=422 if form.errors else 200)


def _is_owner(request: HttpRequest, share: Share, now: datetime) -> bool:
    """The person themselves, who looks at what they show: that is no visit."""
    mine = session.current(request, now=now)
    return mine is not None and mine.org_id == share.org_id


def _language() -> str:
    return "es" if translation.get_language() == "es" else "en"


def _file(body: bytes, *, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
