"""Codes on paper that bring me back to my page: print them, and use one. Nobody else can help, and nobody else can get in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods

from skillmark.desks import papers, words
from skillmark.edges.public import addresses, door, session
from skillmark.edges.public.forms.record import RecoverForm
from skillmark.edges.public.views.opening import show_slip
from skillmark.edges.public.views.record import own
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records import operations as records
from skillmark.rooms.records import queries


@require_http_methods(["GET", "HEAD", "POST"])
@door.private
@own
def sheet(request: HttpRequest, actor: Actor) -> HttpResponse:
    """How many codes are left; a POST makes a new sheet and shows it, or sends it as a PDF, this once."""
    now = timezone.now()
    fresh = session.is_fresh(request, now=now)
    if request.method != "POST" or not fresh:
        return render(request, "public/my_recovery.html", {"sheet": queries.recovery_sheet(actor=actor), "fresh": fresh})
    codes = records.make_recovery_codes(actor=actor, now=now)
    address = addresses.full(request=request, path=reverse("my-recover"))
    if "pdf" in request.POST:
        paper = papers.own_codes(
            name=actor.name, made_on=timezone.localdate(now), codes=codes, address=address,
            language=translation.get_language() or "en",
        )  # fmt: skip
        headers = {"Content-Disposition": 'attachment; filename="skillmark-my-page.pdf"'}
        return HttpResponse(paper, content_type="application/pdf", headers=headers)
    return render(request, "public/my_codes.html", {"codes": codes, "actor": actor, "address": address, "now": now})


@require_http_methods(["GET", "HEAD", "POST"])
@door.private
def recover(request: HttpRequest) -> HttpResponse:
    """A code from the sheet opens my page to choose a new PIN, which comes with a new slip."""
    form = RecoverForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        door.count(request, what="recover")
        now, said = timezone.now(), form.cleaned_data
        try:
            actor, slip = records.open_with_recovery(
                code=said["code"], pin=said["pin"], keep_passkeys=said["keep_passkeys"], now=now
            )
        except records.CannotOpen as problem:
            form.add_error("code" if problem.code == "recovery.wrong" else "pin", words.sentence(problem.code, problem.facts))
        else:
            session.enter(request, actor=actor, way="recovery", now=now)
            return show_slip(request, actor, slip)
    return render(request, "public/my_recover.html", {"form": form}, status=422 if form.is_bound else 200)
