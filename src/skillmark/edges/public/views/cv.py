"""My skills record laid out as a CV: on a page, on paper, and on the way to somebody who asked for one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from skillmark.desks import papers, sharing
from skillmark.edges.public import addresses, door
from skillmark.edges.public.views.record import own
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records.rules import shares as rules


@require_safe
@door.private
@own
def cv(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Everything on my page in the order of a CV, each with a box; pay is on no CV until I pick it when I share."""
    found = sharing.mine(actor=actor, keys=None, now=timezone.now())
    return render(request, "public/my_cv.html", {"actor": actor, "cv": sharing.lay_out(entries=found), "all": found})


@require_safe
@door.private
@own
def cv_pdf(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The same on paper: what is named by `?pick=`, or all of it, with the signed files inside."""
    now, language = timezone.now(), "es" if translation.get_language() == "es" else "en"
    body = papers.skills_record(
        entries=sharing.mine(actor=actor, keys=request.GET.getlist("pick") or None, now=now),
        details=rules.details_of(rules.Terms(name=actor.name)), made_at=now, language=language,
        check_url=addresses.full(request=request, path=reverse("check")), time_zone=str(timezone.get_current_timezone()),
    )  # fmt: skip
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="skills-record.pdf"'
    return response
