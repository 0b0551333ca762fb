"""What every public page has in common: quiet headers, a limit on guessing, and one place that turns errors into pages."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from skillmark.desks import words
from skillmark.errors import DomainError, NotFound
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules.lines import line_of

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

# What one address may do in ten minutes: enough for a class behind one router, far too few to guess a code.
LIMITS = {
    "share": 120, "code": 120, "open": 120, "recover": 60, "check": 120,
    "photo": 60, "move": 10, "ask": 60, "phone": 240, "program": 600,
}  # fmt: skip
SECONDS = 600


def page(view: View[P]) -> View[P]:
    """A page about a person: never indexed, leaks no address to other sites, and answers the rooms' errors in words."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            response = view(request, *args, **kwargs)
        except NotFound:
            raise Http404 from None
        except people.CannotTry as problem:
            response = sorry(request, problem, status=429)
            response["Retry-After"] = str(SECONDS)
        except DomainError as problem:
            response = sorry(request, problem, status=409)
        response["X-Robots-Tag"] = "noindex, nofollow"
        # Browsers send `Origin: null` from a page with "no-referrer", and then every form is refused as forged.
        response["Referrer-Policy"] = "same-origin"
        return response

    return guarded


def private(view: View[P]) -> View[P]:
    """As `page`, and no copy may stay in a browser's store: the phone may be borrowed."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        response = page(view)(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    return guarded


def sorry(request: HttpRequest, problem: DomainError, *, status: int) -> HttpResponse:
    """The plain page for a rule that says no."""
    context = {"sentence": words.sentence(problem.code, problem.facts), "code": problem.code}
    return render(request, "public/sorry.html", context, status=status)


def count(request: HttpRequest, *, what: str) -> None:
    """Count a try of this address (`what`: a key of LIMITS); raises `CannotTry` when there were too many."""
    line = line_of(request.META.get("REMOTE_ADDR", ""))
    people.count_try(key=f"{what}:{line}", limit=LIMITS[what], seconds=SECONDS, now=timezone.now())
