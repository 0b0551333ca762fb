"""A worker opens what was given, and keeps it or says that it is for someone else. Opening never keeps anything."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from skillmark.desks import checking, words
from skillmark.edges.public import door, metrics, session
from skillmark.edges.public.forms.claim import CodeForm, PinForm
from skillmark.edges.public.speaking import LANGUAGES, language_for
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.credentials.rules import same_name
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records import operations as records


@require_http_methods(["GET", "HEAD", "POST"])
@door.page
def code(request: HttpRequest) -> HttpResponse:
    """Type the code of a slip."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and form.cleaned_data["code"]:
        return redirect("claim", code=form.cleaned_data["code"])
    return render(request, "public/code.html", {"form": form}, status=422 if form.is_bound else 200)


@require_safe
@door.private
def claim(request: HttpRequest, code: str) -> HttpResponse:
    """What was given, by whom, how long it counts. Mail scanners open links before people do: nothing happens here."""
    door.count(request, what="code")
    try:
        offer = credentials.look_at_offer(code=code, now=timezone.now())
    except credentials.CannotKeep as problem:
        return closed(request, problem)
    mine = session.current(request, now=timezone.now())
    other = mine is not None and not same_name(mine.name, offer.person)
    with translation.override(language_for(request, offer.language)):
        return render(request, "public/claim.html", {"offer": offer, "code": code, "mine": mine, "other": other})


@door.private
def keep(request: HttpRequest, code: str) -> HttpResponse:
    """Keep it. Without a PIN where one is needed, this asks for it. A mere visit leads back to what was given.

    `into` is the page that was open here when the person pressed the button, and said so on it: it goes there.
    """
    if request.method != "POST":
        return redirect("claim", code=code)
    door.count(request, what="code")
    now = timezone.now()
    try:
        offer = credentials.look_at_offer(code=code, now=now)
    except credentials.CannotKeep as problem:
        return closed(request, problem)
    mine = session.current(request, now=now)
    into = mine if mine is not None and request.POST.get("into") == str(mine.org_id) else None
    form = PinForm(request.POST if "pin" in request.POST else None)
    with translation.override(language_for(request, offer.language)):
        if offer.needs_pin and not (form.is_bound and form.is_valid()):
            return _ask_pin(request, code, form, into)
        pin = form.cleaned_data["pin"] if form.is_bound and form.is_valid() else ""
        try:
            actor, held, choose = records.keep(
                code=code, pin=pin, verifier=checking.verifier(org_id=None, now=now), now=now, into=into
            )
        except credentials.CannotKeep as problem:
            if problem.code != "offer.wrong_pin":
                return closed(request, problem)
            form.add_error("pin", words.sentence(problem.code, problem.facts))
            return _ask_pin(request, code, form, into)
        metrics.KEPT.inc()
        if actor is None:  # the page has a slip and a PIN already: only those open it
            return render(request, "public/kept.html", {"title": held.title})
        if actor == into:
            messages.success(request, _("“%(title)s” is on your page now.") % {"title": held.title})
    if actor != into:
        session.enter(request, actor=actor, way="claim", now=now)
    response = redirect("my-pin" if choose else "my-page")
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and offer.language in LANGUAGES:
        _remember(response, offer.language)  # the pages that follow stay in the worker's language
    return response


@door.private
def not_me(request: HttpRequest, code: str) -> HttpResponse:
    """Asks once, then closes the offer and tells the giver. Nothing else about the proof is shown."""
    if request.method != "POST":
        return redirect("claim", code=code)
    door.count(request, what="code")
    now = timezone.now()
    try:
        offer = credentials.look_at_offer(code=code, now=now)
        language = language_for(request, offer.language)
        if "sure" in request.POST:
            credentials.refuse_offer(code=code, now=now)
    except credentials.CannotKeep as problem:
        return closed(request, problem)
    with translation.override(language):
        return render(request, "public/not_me.html", {"code": code, "done": "sure" in request.POST, "giver": offer.giver})


def _ask_pin(request: HttpRequest, code: str, form: PinForm, into: Actor | None) -> HttpResponse:
    context = {"code": code, "form": form, "into": into}
    return render(request, "public/pin.html", context, status=422 if form.is_bound else 200)


def closed(request: HttpRequest, problem: credentials.CannotKeep) -> HttpResponse:
    """Used, too old, closed, locked or unknown: one sentence, and the two doors that may help."""
    context = {"sentence": words.sentence(problem.code, problem.facts), "code": problem.code}
    return render(request, "public/closed.html", context, status=404 if problem.code == "offer.unknown" else 410)


def _remember(response: HttpResponse, language: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
