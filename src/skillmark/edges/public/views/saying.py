"""What a person says about themselves: say it, change it, take it back. It always reads so."""

from __future__ import annotations

import uuid
from dataclasses import asdict

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from skillmark.desks import intake, words
from skillmark.edges.public import door
from skillmark.edges.public.forms.saying import KINDS, SayForm
from skillmark.edges.public.views.record import own
from skillmark.errors import DomainError
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records import operations, queries


@require_safe
@door.private
@own
def mine(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What I say so far, and what I can say."""
    kinds = [(kind, *told) for kind, told in KINDS.items()]
    context = {"kinds": kinds, "statements": queries.statements(actor=actor)}
    return render(request, "public/my_say.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@door.private
@own
def new(request: HttpRequest, actor: Actor, kind: str) -> HttpResponse:
    """Say one more thing. `from`: with the photo of something that was handed over and that nobody signed."""
    if kind not in KINDS:
        raise Http404
    handed = _handed(request, actor)
    form = SayForm(*_posted(request), kind=kind)
    if form.is_bound and form.is_valid():
        photo = _photo(form)
        if photo is None and not form.errors and handed is not None and handed[2]:
            photo = _taken(form, handed[2], "")
        if not form.errors:
            now = timezone.now()
            try:
                operations.say(actor=actor, kind=kind, words=form.said(), on=timezone.localdate(), photo=photo, now=now)
            except operations.CannotSay as problem:
                _put(form, problem)
            else:
                if handed is not None:
                    operations.said_item(actor=actor, addition_id=handed[0], number=handed[1], now=now)
                messages.success(request, _("It is on your page now."))
                return redirect("my-added", handed[0]) if handed is not None else redirect("my-say")
    context = {"form": form, "kind": kind, "title": KINDS[kind][0], "handed": handed is not None and bool(handed[2])}
    return render(request, "public/my_say_form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@door.private
@own
def change(request: HttpRequest, actor: Actor, statement_id: uuid.UUID) -> HttpResponse:
    """Other words, another photo, or none."""
    there = queries.statement(actor=actor, statement_id=statement_id)
    form = SayForm(*_posted(request), kind=there.kind, has_photo=there.has_photo, initial=asdict(there.words))
    if form.is_bound and form.is_valid():
        photo = _photo(form)
        if not form.errors:
            try:
                operations.change_statement(
                    actor=actor, statement_id=statement_id, words=form.said(), on=timezone.localdate(), photo=photo,
                    without_photo=form.cleaned_data.get("without_photo", False), now=timezone.now(),
                )  # fmt: skip
            except operations.CannotSay as problem:
                _put(form, problem)
            else:
                messages.success(request, _("Changed."))
                return redirect("my-say")
    context = {"form": form, "kind": there.kind, "title": KINDS[there.kind][0], "statement": there}
    return render(request, "public/my_say_form.html", context, status=422 if form.errors else 200)


@require_POST
@door.private
@own
def remove(request: HttpRequest, actor: Actor, statement_id: uuid.UUID) -> HttpResponse:
    """Take it back, with its photo. The button asks first."""
    operations.remove_statement(actor=actor, statement_id=statement_id, now=timezone.now())
    messages.success(request, _("Removed from your page."))
    return redirect("my-say")


@require_safe
@door.private
@own
def photo(request: HttpRequest, actor: Actor, statement_id: uuid.UUID) -> HttpResponse:
    """The picture that goes with it."""
    body, media_type = queries.statement_photo(actor=actor, statement_id=statement_id)
    return HttpResponse(body, content_type=media_type)


def _posted(request: HttpRequest) -> tuple[object, ...]:
    return (request.POST, request.FILES) if request.method == "POST" else ()


def _photo(form: SayForm) -> tuple[bytes, str] | None:
    """The chosen picture as it may be kept; None when there is none, or with what is wrong beside it."""
    given = form.cleaned_data["photo"]
    return _taken(form, given.read(), given.name or "") if given is not None else None


def _taken(form: SayForm, body: bytes, name: str) -> tuple[bytes, str] | None:
    try:
        found = intake.take(body=body, name=name)
    except intake.CannotTake as problem:
        form.add_error("photo", words.sentence(problem.code, problem.facts))
        return None
    return found.body, found.media_type


def _handed(request: HttpRequest, actor: Actor) -> tuple[uuid.UUID, int, bytes] | None:
    """What was handed over and waits to be said: (list, number, the picture or PDF; empty where it is neither)."""
    listed, _dot, number = request.GET.get("from", "").partition(".")
    if not listed:
        return None
    try:
        addition_id, at = uuid.UUID(listed), int(number)
    except ValueError:
        raise Http404 from None
    told, body = queries.added_item(actor=actor, addition_id=addition_id, number=at)
    if told.state != "say" or not body:
        raise Http404
    return addition_id, at, body if intake.can_be_photo(body) else b""


def _put(form: SayForm, problem: DomainError) -> None:
    field = problem.facts.get("field", "")
    form.add_error(field if field in form.fields else None, words.sentence(problem.code, problem.facts))
