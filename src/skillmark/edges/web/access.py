"""Who is asking: the door in front of every signed-in page."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import wraps
from typing import Any, Concatenate, overload
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from skillmark import errors
from skillmark.desks import shared_phone, words
from skillmark.edges.web import wording
from skillmark.rooms.people import queries as people
from skillmark.rooms.people import rules

# The back end that remembers people who came in by a link or an invitation, which no password protects.
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class Request(HttpRequest):
    """A request of someone who is signed in and belongs to a firm."""

    actor: rules.Actor
    firm: Any  # people's Organisation: name, language, base_url
    site: Any  # people's Site: time_zone, date_order
    now: datetime  # the real moment, or the one at which a made-up firm's clock stands
    today: date  # the day of `now` at the site
    shared: bool  # by PIN on a shared phone: only the pages of signing are open


_READING = frozenset({"GET", "HEAD", "OPTIONS"})

# Some things are shown or given only to someone who came in a moment ago.
FRESH = timedelta(minutes=15)

View = Callable[Concatenate[Request, ...], HttpResponseBase]
Guarded = Callable[..., HttpResponseBase]


@overload
def signed_in(view: View) -> Guarded: ...
@overload
def signed_in(*, action: str, shared: bool = False) -> Callable[[View], Guarded]: ...
def signed_in(
    view: View | None = None, *, action: str | None = None, shared: bool = False
) -> Guarded | Callable[[View], Guarded]:
    """Let a member of a firm through, with `request.actor`, `request.firm` and `request.site`.

    Signed out: to the sign-in page and back. No longer a member, or not allowed to do `action`: 403. Whatever is
    absent or belongs to someone else: 404. A rule that the view did not put into a form: 409, in plain words.

    An auditor reads: pages that name an action of theirs (`board.read`, `pack.make`), and nothing else. For them `today` is
    the nearest day that they may ask for.

    `shared`: the page is open on a shared phone, too, to whoever typed their PIN there less than two minutes ago.
    """
    if view is None:
        return lambda inner: _guard(inner, action, shared)
    return _guard(view, action, shared)


def _guard(view: View, action: str | None, shared: bool) -> Guarded:
    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.shared = False
        if not request.user.is_authenticated:
            # What a page fetches beside it keeps nobody's turn: it may arrive after the phone was handed over.
            keeps = request.accepts("text/html")
            by_pin = shared_phone.acting(request.session, now=timezone.now(), keeps=keeps) if shared else None
            if by_pin is None:
                return _closed(request, shared)
            request.actor, request.firm, request.shared = by_pin, people.organisation(actor=by_pin), True
        else:
            try:
                request.actor, request.firm = people.seat(user_id=request.user.pk, now=timezone.now())
            except errors.NotFound:
                raise PermissionDenied from None
        if action is not None and not rules.may(request.actor, action):
            raise PermissionDenied
        if request.actor.role is rules.Role.AUDITOR and (action is None or request.method not in _READING):
            raise PermissionDenied
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and request.user.is_authenticated:
            # Until someone presses the switch, a person's own language wins over the browser's.
            translation.activate(request.user.language)
        request.site = people.site(actor=request.actor)
        request.now = request.firm.clock or timezone.now()
        request.today = rules.nearest_day(request.actor, timezone.localdate(request.now, ZoneInfo(request.site.time_zone)))
        order = wording.date_order.set(request.site.date_order)
        try:
            with timezone.override(ZoneInfo(request.site.time_zone)):
                return view(request, *args, **kwargs)
        except errors.NotFound:
            raise Http404 from None
        except errors.DomainError as error:
            messages.error(request, words.sentence(error.code, error.facts))
            return render(request, "errors/cannot.html", status=409)
        finally:
            wording.date_order.reset(order)

    return guarded


DRAFT = "sign_off_draft"


def _closed(request: Request, shared: bool) -> HttpResponse:
    """To the sign-in page and back, or to the PIN; a script is told in one word. What was typed on a shared phone is kept."""
    is_shared = shared and shared_phone.host(request.session, now=timezone.now()) is not None
    if not request.accepts("text/html"):
        return JsonResponse({"code": "locked" if is_shared else "signed_out"}, status=401)
    if not is_shared:
        return redirect(f"{reverse('sign-in')}?{urlencode({'next': request.get_full_path()})}")
    if "sign_off_id" in request.POST:
        fields = {name: request.POST.getlist(name) for name in request.POST if name != "csrfmiddlewaretoken"}
        request.session[DRAFT] = {"user": shared_phone.holder(request.session), "path": request.path, "fields": fields}
        messages.warning(request, _("This phone had locked itself. Type your PIN: what you typed is kept."))
    back = request.path if request.method != "POST" or "sign_off_id" in request.POST else reverse("sign-off")
    return redirect(f"{reverse('shared-phone-who')}?{urlencode({'next': back})}")


def in_language(*, response: HttpResponse, language: str) -> HttpResponse:
    """`response`, with the language kept in this browser, as the language switch does."""
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=settings.LANGUAGE_COOKIE_AGE, samesite="Lax")
    return response


def fresh(*, request: Request) -> bool:
    """Whether this person signed in within the last 15 minutes, so that an open screen is not enough."""
    seen = request.user.last_login if request.user.is_authenticated else None
    return seen is not None and timezone.now() - seen < FRESH


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: what was sent, even when it is nothing, and None on a first look."""
    return request.POST if request.method == "POST" else None
