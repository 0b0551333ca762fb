"""Another program asks me for a proof: I see who asks, for what, and what would go, and say yes or no."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from credcore.oid4vc.requests import MAX_LINK
from skillmark.desks import answers, my_answers, words
from skillmark.edges.public import addresses, door, session
from skillmark.edges.public.forms.answering import RequestForm
from skillmark.edges.public.views.record import own
from skillmark.errors import DomainError
from skillmark.rooms.people.rules import Actor

SESSION, WAITING = "my-answer", session.WAITING


@require_http_methods(["GET", "HEAD", "POST"])
@door.private
def answer(request: HttpRequest) -> HttpResponseBase:
    """Paste the link; from the same phone it stands there already, also when the page has to be opened first."""
    link = request.GET.get("request", "")[:MAX_LINK]
    if link and session.current(request, now=timezone.now()) is None:
        request.session[WAITING] = link
        messages.info(request, _("Open your page first. The question waits under More, Answer a request."))
    return _answer(request)


@own
def _answer(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Nothing is fetched before the button."""
    is_sent = request.method == "POST"
    link = request.GET.get("request") or request.session.get(WAITING, "")
    form = RequestForm(request.POST) if is_sent else RequestForm(initial={"request": link})
    if form.is_bound and form.is_valid():
        door.count(request, what="ask")
        try:
            read = my_answers.fetch(actor=actor, text=form.cleaned_data["request"], now=timezone.now())
            my_answers.look(actor=actor, read=read, now=timezone.now())
        except my_answers.CannotAnswer as problem:
            form.add_error("request", words.sentence(problem.code, problem.facts))
        else:
            request.session[SESSION] = read.as_json()
            request.session.pop(WAITING, None)
            return redirect("my-answer-look")
    return render(request, "public/my_answer.html", {"form": form}, status=422 if form.is_bound else 200)


@require_safe
@door.private
@own
def look(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Who asks, why, and what exactly would be sent."""
    read = _read(request)
    if read is None:
        return redirect("my-answer")
    try:
        asks = my_answers.look(actor=actor, read=read, now=timezone.now())
    except my_answers.CannotAnswer as problem:
        return _over(request, problem)
    return render(request, "public/my_answer_look.html", {"asks": asks, "wording": _wording(asks)})


@require_POST
@door.private
@own
def say(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Yes or no. Only what was shown is sent, and only to whom it was shown."""
    read = _read(request)
    if read is None:
        return redirect("my-answer")
    if request.POST.get("say") != "yes":
        my_answers.refuse(actor=actor, read=read, now=timezone.now())
        del request.session[SESSION]
        messages.success(request, _("You said no. Nothing was sent."))
        return redirect("my-page")
    picked = {name.removeprefix("pick-"): str(value) for name, value in request.POST.items() if name.startswith("pick-")}
    try:
        asks = my_answers.look(actor=actor, read=read, now=timezone.now())
        following = my_answers.answer(
            actor=actor, read=read, picked=picked, wording=_wording(asks), language=answers.spoken(), now=timezone.now()
        )
    except DomainError as problem:
        return _over(request, problem)
    del request.session[SESSION]
    if following.startswith(addresses.full(request=request, path="/")):
        return redirect(following)
    return render(request, "public/my_answer_sent.html", {"asks": asks, "following": following})


def _wording(asks: my_answers.Asks) -> str:
    """What stands above the button; the receipt repeats it."""
    to = asks.asker.name or asks.asker.host
    return _("I send this to %(to)s now. It cannot be taken back from them.") % {"to": to}


def _over(request: HttpRequest, problem: DomainError) -> HttpResponse:
    context: dict[str, Any] = {"sentence": words.sentence(problem.code, problem.facts)}
    return render(request, "public/my_answer_over.html", context, status=409)


def _read(request: HttpRequest) -> my_answers.Read | None:
    kept = request.session.get(SESSION)
    return my_answers.Read(**kept) if kept else None
