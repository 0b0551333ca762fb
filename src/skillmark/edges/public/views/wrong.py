""" "Something is wrong": said on one's own page, or with code and PIN before a proof is kept. A visit says nothing."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from skillmark.desks import words
from skillmark.edges.public import door
from skillmark.edges.public.forms.wrong import WrongForm
from skillmark.edges.public.speaking import language_for
from skillmark.edges.public.views.claim import closed
from skillmark.edges.public.views.record import own
from skillmark.errors import DomainError, NotFound
from skillmark.rooms.credentials import operations, queries
from skillmark.rooms.people.rules import Actor


@require_http_methods(["GET", "HEAD", "POST"])
@door.private
@own
def kept(request: HttpRequest, actor: Actor, held_id: uuid.UUID) -> HttpResponse:
    """About a proof on one's own page. Only the firm that gave it here can answer: for others it is not there."""
    held = queries.held_one(actor=actor, held_id=held_id)
    if held.issued_id is None:
        raise NotFound
    form = WrongForm(request.POST if request.method == "POST" else None, needs_pin=False)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            operations.dispute(actor=actor, held_id=held.id, about=said["about"], words=said["words"], now=timezone.now())
        except operations.CannotDispute as problem:
            _put(form, problem)
        else:
            messages.success(request, _("It is under review now. The answer will be here."))
            return redirect("my-proof", held.id)
    context = {"form": form, "title": held.title, "giver": held.giver, "held_id": held.id}
    return render(request, "public/wrong.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@door.private
def offered(request: HttpRequest, code: str) -> HttpResponse:
    """About a proof that was not kept yet. The code goes on working."""
    door.count(request, what="code")
    now = timezone.now()
    try:
        offer = operations.look_at_offer(code=code, now=now)
    except operations.CannotKeep as problem:
        return closed(request, problem)
    form = WrongForm(request.POST if request.method == "POST" else None, needs_pin=offer.needs_pin)
    with translation.override(language_for(request, offer.language)):
        if form.is_bound and form.is_valid():
            said = form.cleaned_data
            try:
                made = operations.dispute_offer(
                    code=code, pin=said.get("pin", ""), about=said["about"], words=said["words"], now=now
                )
            except operations.CannotDispute as problem:
                _put(form, problem)
            except operations.CannotKeep as problem:
                if problem.code != "offer.wrong_pin":
                    return closed(request, problem)
                form.add_error("pin", words.sentence(problem.code, problem.facts))
            else:
                context = {"giver": offer.giver, "answer_by": made.answer_by, "code": code}
                return render(request, "public/wrong_said.html", context)
        context = {"form": form, "title": offer.title, "giver": offer.giver, "code": code}
        return render(request, "public/wrong.html", context, status=422 if form.errors else 200)


def _put(form: WrongForm, problem: DomainError) -> None:
    """Beside the field that it is about: `dispute.words_missing` beside the words."""
    part = problem.code.rpartition(".")[2].partition("_")[0]
    form.add_error(part if part in form.fields else None, words.sentence(problem.code, problem.facts))
