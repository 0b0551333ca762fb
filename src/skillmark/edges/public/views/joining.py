"""Another page of mine becomes part of this one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from skillmark.desks import words
from skillmark.edges.public import door
from skillmark.edges.public.forms.record import OpenForm
from skillmark.edges.public.views.record import own
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records import operations as records


@require_http_methods(["GET", "HEAD", "POST"])
@door.private
@own
def join(request: HttpRequest, actor: Actor) -> HttpResponse:
    """With the slip and the PIN of the other page, everything moves over."""
    form = OpenForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        door.count(request, what="open")
        said = form.cleaned_data
        try:
            count = records.join_page(actor=actor, slip_code=said["code"], pin=said["pin"], now=timezone.now())
        except records.CannotOpen as problem:
            form.add_error(None, words.sentence(problem.code, problem.facts))
        else:
            told = ngettext(
                "%(count)d proof came along. The other slip no longer opens anything.",
                "%(count)d proofs came along. The other slip no longer opens anything.",
                count,
            )
            messages.success(request, told % {"count": count})
            return redirect("my-page")
    return render(request, "public/my_join.html", {"form": form, "actor": actor}, status=422 if form.is_bound else 200)
