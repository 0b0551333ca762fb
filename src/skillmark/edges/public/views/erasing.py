"""Erase my page, for good."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from skillmark.desks import erasing, words
from skillmark.edges.public import door, proving, session
from skillmark.edges.public.forms.taking import EraseForm
from skillmark.edges.public.views.record import own
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records import operations as records
from skillmark.rooms.records import queries


@require_http_methods(["GET", "HEAD", "POST"])
@door.private
@own
def erase(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What goes, what firms keep, and what nobody can call back; then the name, typed, and the PIN."""
    form = EraseForm(request.POST if request.method == "POST" else None, asks=queries.has_slip(actor=actor))
    may, now = proving.may(request, actor=actor), timezone.now()
    if may and form.is_bound and form.is_valid() and proving.proved(form, actor=actor):
        try:
            erasing.erase(actor=actor, typed_name=form.cleaned_data["typed_name"], now=now)
        except records.CannotErase as problem:
            form.add_error("typed_name", words.sentence(problem.code, problem.facts))
        else:
            session.leave(request)
            session.forget_everywhere(org_id=actor.org_id)
            response = redirect("my-erased")
            session.forget_copy(response)
            return response
    mine = queries.mine(actor=actor)
    context = {
        "form": form, "may": may, "name": people.organisation(actor=actor).name, "proofs": len(mine),
        "statements": len(queries.statements(actor=actor)), "givers": sorted({one.giver for one in mine if one.issued_id}),
    }  # fmt: skip
    return render(request, "public/my_erase.html", context, status=422 if form.is_bound else 200)


@require_safe
@door.private
def erased(request: HttpRequest) -> HttpResponse:
    """That it is done; whose page it was is not known any more."""
    return render(request, "public/my_erased.html")
