"""The first page: for a stranger what this is, for a firm who is expired, missing or ready, and what to do next."""

from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from skillmark.edges.web import access, board, news, overview, proofs, remind
from skillmark.edges.web.views import recovery, samples
from skillmark.rooms.credentials import queries as credentials
from skillmark.rooms.holdings import queries as holdings
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people import queries as people
from skillmark.rooms.people import rules
from skillmark.rooms.skills.rules import label
from skillmark.rooms.talent import queries as talent


def front(request: HttpRequest) -> HttpResponseBase:
    """Home for those who are signed in, else the front page."""
    if request.user.is_authenticated:
        return home(request)
    return render(request, "home/front.html", {"is_set_up": people.is_set_up(), "samples_offered": samples.offered()})


@access.signed_in(action="board.read")
def home(request: access.Request) -> HttpResponse:
    """The board, and what waits to be done. Until a firm asks for anything: where to begin."""
    on = _day(request.GET.get("on"), request.today)
    version = journal.newest(org_id=request.actor.org_id)
    found = talent.board(actor=request.actor, on=on, version=version)
    shown: dict[str, object] = {
        "news": news.of(actor=request.actor, now=request.now, version=version),
        "greeting": _greeting(hour=timezone.localtime(request.now).hour, name=request.actor.name.split()[0]),
        "today": request.now,
        "backup": rules.may(request.actor, "backup.make") and recovery.offered(),
        "disputes": credentials.disputes(actor=request.actor, waiting=True) if rules.may(request.actor, "proof.give") else [],
    }
    if found.columns:
        return render(request, "home/board.html", shown | _board(request, found, on))
    shown["overview"] = overview.of(
        proofs=credentials.proofs(actor=request.actor),
        people=people.people(actor=request.actor),
        kinds=credentials.templates(actor=request.actor),
        now=request.now,
    )
    return render(request, "home/home.html", shown)


def _board(request: access.Request, found: talent.Board, on: date) -> dict[str, object]:
    language = translation.get_language() or "en"
    sites, positions = found.sites, {one: label(names, language=language) for one, names in found.positions.items()}
    names = {**positions, **(sites if len(sites) > 1 else {})}
    filter_ = board.asked(request.GET)
    cleared = talent.clearances(actor=request.actor, board=found)
    page = board.page(board=found, filter_=filter_, names=names, language=language, cleared=cleared)
    may = {name: rules.may(request.actor, name) for name in ("evidence.change", "proof.give", "reminder.send", "import.make")}
    waiting = len(holdings.waiting_photos(actor=request.actor)) if may["evidence.change"] else 0
    due = remind.due(board=found) if may["reminder.send"] and on == request.today else []
    to_keep = credentials.proofs(actor=request.actor, state="waiting")[: overview.LATEST] if may["proof.give"] else []
    return {
        "page": page,
        "on": on,
        "is_today": on == request.today,
        "is_later": on > request.today,
        "headline": _headline(unready=page.unready, people=page.counts.people),
        "due": page.counts.within[30],
        "links": {show: filter_.link(show=key) for show, key in _LINKS},
        "sites": [(str(one), name) for one, name in sites.items()],
        "positions": [(str(one), name) for one, name in positions.items()],
        "photos": waiting,
        "photos_title": ngettext("%(count)s photo waits", "%(count)s photos wait", waiting) % {"count": waiting},
        "remind": remind.lines(every=due, on=on, language=language),
        "remind_all": len(due),
        "remind_at_once": min(len(due), remind.AT_ONCE),
        "may_give": may["proof.give"],
        "may_import": may["import.make"],
        "to_keep": [proofs.line(issued=one, now=request.now) for one in to_keep],
    }


_LINKS = (("all", "all"), ("expired", "expired"), ("due", "30"), ("missing", "missing"))


def _day(text: str | None, today: date) -> date:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return today


def _headline(*, unready: int, people: int) -> str:
    if not people:
        return _("Nobody is on your list yet.")
    if not unready:
        return _("Everyone has what they need today.")
    said = ngettext(
        "%(count)s person can’t do part of their job today.", "%(count)s people can’t do part of their job today.", unready
    )
    return said % {"count": unready}


def _greeting(*, hour: int, name: str) -> str:
    if 4 <= hour < 12:
        return _("Good morning, %(name)s") % {"name": name}
    if 12 <= hour < 18:
        return _("Good afternoon, %(name)s") % {"name": name}
    return _("Good evening, %(name)s") % {"name": name}
