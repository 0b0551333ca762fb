"""A worker hands in a photo from a link: no account, no script. Opening it uses nothing up; only sending does."""

from __future__ import annotations

import base64

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods, require_safe

from skillmark.desks import intake, words
from skillmark.edges.public import door
from skillmark.edges.public.forms.photo import PhotoForm, PosterForm
from skillmark.edges.public.speaking import language_for
from skillmark.errors import DomainError, NotFound
from skillmark.rooms.holdings import operations, queries
from skillmark.rooms.people import operations as people
from skillmark.rooms.skills.rules import label


@require_http_methods(["GET", "HEAD", "POST"])
@door.private
def upload(request: HttpRequest, token: str) -> HttpResponse:
    """One request: a first name and a card, nothing else, and two ways to hand in the photo."""
    try:
        ask = queries.ask_behind(token=token)
    except NotFound:
        return _unknown(request)
    language = language_for(request, ask.person.language)
    with translation.override(language):
        shown = {
            "ask": ask, "first_name": ask.person.name.split()[0], "item": label(ask.item.names, language=language),
            "accepted": intake.ACCEPTED,
        }  # fmt: skip
        try:
            operations.open_ask(token=token, now=timezone.now())
            form = PhotoForm(request.POST, request.FILES) if request.method == "POST" else PhotoForm()
            taken = _taken(request, form)
            if taken is None:
                page = render(request, "public/upload.html", shown | {"form": form}, status=422 if form.is_bound else 200)
            elif taken.doubt and not form.is_sure:
                page = _doubtful(request, taken, shown | {"form": form})
            else:
                _use(token, taken)
                page = redirect("upload-thanks", token)
        except operations.CannotAsk as problem:
            page = _closed(request, problem.code, words.sentence(problem.code, problem.facts), ask.org.name)
        return page


@require_safe
@door.private
def thanks(request: HttpRequest, token: str) -> HttpResponse:
    """It arrived, and who will look at it. A link that nobody has used yet leads to its page."""
    try:
        ask = queries.ask_behind(token=token)
    except NotFound:
        return _unknown(request)
    if ask.used_at is None:
        return redirect("upload", token)
    with translation.override(language_for(request, ask.person.language)):
        return render(request, "public/upload_thanks.html", {"firm": ask.org.name})


@require_http_methods(["GET", "HEAD", "POST"])
@door.private
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """No more reminders by e-mail, and back. Mail scanners open links: a visit asks, the button decides."""
    try:
        ask = queries.ask_behind(token=token)
    except NotFound:
        return _unknown(request)
    with translation.override(language_for(request, ask.person.language)):
        said = ""
        if request.method == "POST":
            said = "yes" if "again" in request.POST else "no"
            operations.want_email(token=token, wanted=said == "yes", now=timezone.now())
        return render(request, "public/upload_stop.html", {"firm": ask.org.name, "said": said})


@require_http_methods(["GET", "HEAD", "POST"])
@door.private
def poster(request: HttpRequest, token: str) -> HttpResponse:
    """Before a poster: a typed name, what it shows, and the photo. Whether such a person exists is told to nobody."""
    try:
        found = operations.open_poster(token=token)
        form = PosterForm(request.POST, request.FILES) if request.method == "POST" else PosterForm()
        taken = _taken(request, form)
        shown = {"firm": found.org.name, "form": form, "accepted": intake.ACCEPTED}
        if taken is None:
            return render(request, "public/poster.html", shown, status=422 if form.is_bound else 200)
        if taken.doubt and not form.is_sure:
            return _doubtful(request, taken, shown)
        operations.hand_in(
            token=token, typed_name=form.cleaned_data["name"], typed_item=form.cleaned_data["item"], body=taken.body,
            media_type=taken.media_type, now=timezone.now(),
        )  # fmt: skip
    except operations.CannotHandIn as problem:
        door.count(request, what="code")
        return _closed(request, problem.code, words.sentence(problem.code, problem.facts), "")
    return redirect("poster-thanks", token)


@require_safe
@door.private
def poster_thanks(request: HttpRequest, token: str) -> HttpResponse:
    """It arrived. The same words whoever's name was typed."""
    try:
        found = operations.open_poster(token=token)
    except operations.CannotHandIn:
        return _unknown(request)
    return render(request, "public/upload_thanks.html", {"firm": found.org.name, "again": token})


def _taken(request: HttpRequest, form: PhotoForm) -> intake.Taken | None:
    """The picture as it may be kept; None when there is none yet, with what is wrong beside the button that brought it."""
    if not form.is_bound:
        return None
    try:
        door.count(request, what="photo")
    except people.CannotTry as problem:
        form.is_valid()
        form.add_error(None, words.sentence(problem.code, problem.facts))
        return None
    if not form.is_valid():
        return None
    body, name = form.handed()
    try:
        return intake.take(body=body, name=name)
    except intake.CannotTake as problem:
        _blame(form, problem)
        return None


def _blame(form: forms.Form, problem: DomainError) -> None:
    field = "file" if form.cleaned_data.get("file") and not form.cleaned_data.get("photo") else "photo"
    form.add_error(field, words.sentence(problem.code, problem.facts))


def _use(token: str, taken: intake.Taken) -> None:
    operations.use_ask(
        token=token, body=taken.body, media_type=taken.media_type, name=taken.name, original=taken.original,
        original_type=taken.original_type, digital=taken.digital, doubt=taken.doubt, now=timezone.now(),
    )  # fmt: skip


def _doubtful(request: HttpRequest, taken: intake.Taken, shown: dict[str, object]) -> HttpResponse:
    """The picture is hard to read: look at it, send it all the same, or take another. It travels in the page, kept nowhere."""
    context = shown | {"doubt": taken.doubt, "kept": base64.b64encode(taken.body).decode(), "media_type": taken.media_type}
    return render(request, "public/upload_doubt.html", context, status=422)


def _unknown(request: HttpRequest) -> HttpResponse:
    door.count(request, what="code")
    return _closed(request, "ask.closed", words.sentence("ask.closed", {}), "", status=404)


def _closed(request: HttpRequest, code: str, sentence: str, firm: str, *, status: int = 410) -> HttpResponse:
    context = {"code": code, "sentence": sentence, "firm": firm}
    return render(request, "public/upload_closed.html", context, status=status)
