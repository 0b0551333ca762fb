"""Try a sample company: choose a trade, look around, start again, remove it. No e-mail, no sign-up.

Whoever enters is a stranger with a made-up firm's account: `people.rules.NOT_IN_SAMPLES` says what that may not do.
"""

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from skillmark.desks import demos, starters, words
from skillmark.edges.web import access
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries

MADE_AN_HOUR = 30
"""How many sample companies this server makes in an hour, for whomever: each takes it some seconds."""
HOUR = 3600


def offered() -> bool:
    """Whether strangers may try one here: until a firm is set up, or as the operator says."""
    return bool(settings.SAMPLES == "on" or (settings.SAMPLES == "auto" and not queries.is_set_up()))


def choose(request: HttpRequest) -> HttpResponse:
    """The trades."""
    if not offered():
        raise Http404
    language = "es" if (translation.get_language() or "en").startswith("es") else "en"
    packs = [starters.pack(trade=trade) for trade in starters.trades()]
    lines = [(one.trade, one.names[language], len(demos.firm(trade=one.trade).people)) for one in packs]
    return render(request, "samples/choose.html", {"lines": lines})


@require_POST
def enter(request: HttpRequest, trade: str) -> HttpResponse:
    """Sign in to the sample company of a trade, which is made if it is not there. Never out of somebody's own firm."""
    if not offered() or trade not in starters.trades():
        raise Http404
    if request.user.is_authenticated and not _is_sample(request.user.pk):
        return redirect("home")
    return _inside(request, trade, lambda: demos.find(trade=trade) or _make(trade))


@require_POST
@access.signed_in
def again(request: access.Request) -> HttpResponse:
    """Make it anew, as it was at first."""
    if not request.actor.sample:
        raise Http404
    trade = request.firm.sample
    return _inside(request, trade, lambda: _make(trade))


@require_POST
@access.signed_in
def remove(request: access.Request) -> HttpResponse:
    """Remove it with everything in it, and go out."""
    if not request.actor.sample:
        raise Http404
    org_id = request.actor.org_id
    logout(request)
    demos.remove(org_id=org_id)
    messages.success(request, _("The sample company is removed."))
    return redirect("home")


def _inside(request: HttpRequest, trade: str, ready: Callable[[], UUID]) -> HttpResponse:
    org_id: UUID | None
    try:
        org_id = ready()
    except people.CannotMakeSample:  # somebody else has made it a moment ago
        org_id = demos.find(trade=trade)
    except people.CannotTry as error:
        messages.error(request, words.sentence(error.code, error.facts))
        return redirect("samples" if offered() else "home")
    if org_id is None:
        raise Http404
    login(request, queries.sample_owner(org_id=org_id), backend=access.BACKEND)
    return access.in_language(response=redirect("home"), language=translation.get_language() or "en")


def _make(trade: str) -> UUID:
    people.count_try(key="sample companies made", limit=MADE_AN_HOUR, seconds=HOUR, now=timezone.now())
    return demos.reload(trade=trade)


def _is_sample(user_id: int) -> bool:
    try:
        return queries.actor_for(user_id=user_id, now=timezone.now()).sample
    except queries.NotFound:
        return False
