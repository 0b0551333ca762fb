"""Somebody who leaves opens their pack: the code, the PIN, what is in it, and one press that keeps all of it."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.http import content_disposition_header
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from skillmark.desks import checking, leaving, words
from skillmark.edges.public import door, metrics, session
from skillmark.edges.public.forms.leaver import CodeForm, PinForm
from skillmark.edges.public.speaking import LANGUAGES, language_for
from skillmark.rooms.credentials.rules import same_name
from skillmark.rooms.people.rules import Actor, plain_code
from skillmark.rooms.records import operations as records

KEY = "leaver"
STAYS_OPEN = timedelta(minutes=15)


@require_http_methods(["GET", "HEAD", "POST"])
@door.page
def code(request: HttpRequest) -> HttpResponse:
    """Type the code of the paper."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and form.cleaned_data["code"]:
        return redirect("leaver", code=form.cleaned_data["code"])
    return render(request, "public/leaver_code.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@door.private
def pack(request: HttpRequest, code: str) -> HttpResponse:
    """From whom it is; with the right PIN what is in it. A mere visit opens nothing: scanners of messages come here, too."""
    door.count(request, what="code")
    now = timezone.now()
    try:
        view = records.look_at_pack(code=code, now=now)
    except records.CannotTake as problem:
        return _closed(request, problem)
    mine = session.current(request, now=now)  # first: a page whose time is over takes along what was begun beside it
    form = PinForm(request.POST if request.method == "POST" else None)
    with translation.override(language_for(request, view.language)):
        if form.is_bound and form.is_valid():
            try:
                right = records.open_pack(code=code, pin=form.cleaned_data["pin"], now=now)
            except records.CannotTake as problem:
                if problem.code != "leaver.wrong_pin":
                    return _closed(request, problem)
                form.add_error("pin", words.sentence(problem.code, problem.facts))
            else:
                _remember(request, code=code, pack_id=right, now=now)
                return redirect("leaver", code=code)
        pack_id = _opened(request, code=code, now=now)
        if pack_id is None:
            context = {"code": code, "view": view, "form": form}
            return render(request, "public/leaver_pin.html", context, status=422 if form.is_bound else 200)
        inside = leaving.inside(pack_id=pack_id)
        other = mine is not None and any(not same_name(mine.name, one.person) for one in inside)
        context = {"code": code, "view": view, "inside": inside, "mine": mine, "other": other}
        return render(request, "public/leaver.html", context)


@require_POST
@door.private
def keep(request: HttpRequest, code: str) -> HttpResponse:
    """All of it into the person's own page, at one press; into the one that is open here, if that was said on the page."""
    now = timezone.now()
    pack_id = _opened(request, code=code, now=now)
    if pack_id is None:
        return redirect("leaver", code=code)
    try:
        view = records.look_at_pack(code=code, now=now)
        mine = session.current(request, now=now)
        into = mine if mine is not None and request.POST.get("into") == str(mine.org_id) else None
        taken = records.keep_pack(pack_id=pack_id, verifier=checking.verifier(org_id=None, now=now), into=into, now=now)
    except records.CannotTake as problem:
        return _closed(request, problem)
    for _one in taken.kept:
        metrics.KEPT.inc()
    request.session.pop(KEY, None)
    with translation.override(language_for(request, view.language)):
        response = _kept(request, taken, into=into, now=now)
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and view.language in LANGUAGES:
        _speak(response, view.language)  # the pages that follow stay in the person's language
    return response


@require_http_methods(["GET", "HEAD"])
@door.private
def files(request: HttpRequest, code: str) -> HttpResponse:
    """The signed files and cards of the pack as one ZIP, which needs no server to be checked."""
    now = timezone.now()
    pack_id = _opened(request, code=code, now=now)
    if pack_id is None:
        return redirect("leaver", code=code)
    try:
        records.look_at_pack(code=code, now=now)
    except records.CannotTake as problem:  # the firm has made a new code since
        return _closed(request, problem)
    name, pieces = leaving.files(pack_id=pack_id, now=now)
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or ""}
    return HttpResponse(pieces, content_type="application/zip", headers=headers)


def _kept(request: HttpRequest, taken: records.Taken, *, into: Actor | None, now: datetime) -> HttpResponse:
    count = len(taken.kept)
    if taken.actor is None:  # the page has a way in of its own: only that opens it
        return render(request, "public/leaver_kept.html", {"count": count})
    if taken.actor == into:
        said = ngettext("%(count)d proof is on your page now.", "%(count)d proofs are on your page now.", count)
        messages.success(request, said % {"count": count})
    else:
        session.enter(request, actor=taken.actor, way="claim", now=now)
    return redirect("my-pin" if taken.asks_for_pin else "my-page")


def _remember(request: HttpRequest, *, code: str, pack_id: uuid.UUID, now: datetime) -> None:
    request.session[KEY] = {"code": plain_code(code), "pack": str(pack_id), "until": (now + STAYS_OPEN).timestamp()}


def _opened(request: HttpRequest, *, code: str, now: datetime) -> uuid.UUID | None:
    """The pack that was opened in this browser with this code a moment ago."""
    kept = request.session.get(KEY)
    if not kept or kept["code"] != plain_code(code) or kept["until"] < now.timestamp():
        return None
    return uuid.UUID(kept["pack"])


def _closed(request: HttpRequest, problem: records.CannotTake) -> HttpResponse:
    context = {"sentence": words.sentence(problem.code, problem.facts), "code": problem.code}
    return render(request, "public/leaver_closed.html", context, status=404 if problem.code == "leaver.unknown" else 410)


def _speak(response: HttpResponse, language: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE, httponly=settings.LANGUAGE_COOKIE_HTTPONLY, samesite="Lax",
    )  # fmt: skip
