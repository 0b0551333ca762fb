"""Calendars of what ends when: make one, see its address this once, give it another address, close it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from skillmark.edges.web import access, addresses
from skillmark.edges.web.forms.reminders import FeedForm
from skillmark.edges.web.views import outcome
from skillmark.errors import DomainError
from skillmark.rooms.holdings import operations, queries
from skillmark.rooms.people import queries as people


@access.signed_in(action="reminder.send")
def feeds(request: access.Request) -> HttpResponse:
    """The calendars that there are, and the form for a new one. Its address is shown once, in the answer."""
    form = FeedForm(
        access.posted(request),
        initial={"language": request.firm.language},
        firm=request.firm.name,
        sites=people.sites(actor=request.actor),
        people=people.people(actor=request.actor, here_on=request.today),
        whole=not request.actor.sites,
    )
    if request.method == "POST" and form.is_valid():
        try:
            feed, token = operations.make_feed(actor=request.actor, now=request.now, **form.chosen())
        except DomainError as error:
            outcome.put(error=error, form=form, field="of")
        else:
            return _made(request, feed, token)
    shown = {"form": form, "feeds": queries.feeds(actor=request.actor)}
    return render(request, "reminders/feeds.html", shown, status=400 if form.errors else 200)


@require_POST
@access.signed_in(action="reminder.send")
def renew(request: access.Request, feed_id: UUID) -> HttpResponse:
    """Another address for the same calendar; the old one ends."""
    return _made(request, *operations.renew_feed(actor=request.actor, feed_id=feed_id, now=request.now))


@require_POST
@access.signed_in(action="reminder.send")
def close(request: access.Request, feed_id: UUID) -> HttpResponse:
    """Close a calendar for good."""
    operations.close_feed(actor=request.actor, feed_id=feed_id, now=request.now)
    messages.success(request, _("Closed. Calendars that read it get nothing more."))
    return redirect("reminder-feeds")


def _made(request: access.Request, feed: object, token: str) -> HttpResponse:
    address = addresses.full(request=request, base_url=request.firm.base_url, path=f"/cal/{token}.ics")
    shown = {
        "feed": feed,
        "address": address,
        "subscribe": "webcal:" + address.partition(":")[2],
        "only_here": addresses.only_here(url=address),
        "local": not request.firm.base_url,
    }
    return render(request, "reminders/feed_made.html", shown)
