"""The first page: for a stranger what this is, for a firm what to do next."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from skillmark.edges.web import access, news, overview
from skillmark.edges.web.views import recovery
from skillmark.rooms.credentials import queries as credentials
from skillmark.rooms.people import queries as people
from skillmark.rooms.people import rules


def front(request: HttpRequest) -> HttpResponseBase:
    """Home for those who are signed in, else the front page."""
    if request.user.is_authenticated:
        return home(request)
    return render(request, "home/front.html", {"is_set_up": people.is_set_up()})


@access.signed_in
def home(request: access.Request) -> HttpResponse:
    """Counts, next steps, latest proofs, people."""
    now = timezone.now()
    found = overview.of(
        proofs=credentials.proofs(actor=request.actor),
        people=people.people(actor=request.actor),
        kinds=credentials.templates(actor=request.actor),
        now=now,
    )
    shown = {
        "overview": found,
        "news": news.of(actor=request.actor, now=now),
        "greeting": _greeting(hour=timezone.localtime(now).hour, name=request.actor.name.split()[0]),
        "today": now,
        "backup": rules.may(request.actor, "backup.make") and recovery.offered(),
    }
    return render(request, "home/home.html", shown)


def _greeting(*, hour: int, name: str) -> str:
    if 4 <= hour < 12:
        return _("Good morning, %(name)s") % {"name": name}
    if 12 <= hour < 18:
        return _("Good afternoon, %(name)s") % {"name": name}
    return _("Good evening, %(name)s") % {"name": name}
