"""Posters by the time clock, and the photos that were handed in there until a person says whose card each shows."""

from __future__ import annotations

from urllib.parse import urlsplit
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from skillmark.desks import papers
from skillmark.edges.web import access, addresses
from skillmark.edges.web.forms.reminders import MatchForm, PosterForm
from skillmark.edges.web.views import outcome
from skillmark.errors import DomainError
from skillmark.rooms.holdings import operations, queries
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import shown_code
from skillmark.rooms.skills import queries as skills


@access.signed_in(action="reminder.send")
def posters(request: access.Request) -> HttpResponse:
    """The posters that hang, what was handed in, and a new one: the press answers with the PDF, its code is kept nowhere."""
    form = PosterForm(access.posted(request), sites=people.sites(actor=request.actor), whole=not request.actor.sites)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["site"]
        made, code = operations.make_poster(
            actor=request.actor, site_id=UUID(chosen) if chosen else None, now=request.now
        )  # fmt: skip
        return _paper(request, made.site.name if made.site else "", code)
    shown = {
        "form": form,
        "posters": queries.posters(actor=request.actor),
        "photos": queries.poster_photos(actor=request.actor),
        "only_here": addresses.only_here(url=request.build_absolute_uri("/")) and not request.firm.base_url,
    }
    return render(request, "reminders/posters.html", shown, status=400 if form.errors else 200)


@require_POST
@access.signed_in(action="reminder.send")
def close(request: access.Request, poster_id: UUID) -> HttpResponse:
    """A poster's code opens nothing any more."""
    operations.close_poster(actor=request.actor, poster_id=poster_id, now=request.now)
    messages.success(request, _("Closed. Take the poster down."))
    return redirect("reminder-posters")


@access.signed_in(action="evidence.change")
def photo(request: access.Request, poster_photo_id: UUID) -> HttpResponse:
    """Whose card is it, and which? Then it waits with the other photos of that person."""
    found = queries.poster_photo(actor=request.actor, photo_id=poster_photo_id)
    if found.settled_at is not None:
        messages.info(request, _("Somebody looked at this photo a moment ago."))
        return redirect("reminder-posters")
    everybody = people.people(actor=request.actor, here_on=request.today)
    language = translation.get_language() or "en"
    near = {one.id for one in people.people(actor=request.actor, search=found.typed_name, here_on=request.today)}
    form = MatchForm(
        access.posted(request),
        initial={"person": str(next(iter(near)))} if len(near) == 1 else {},
        people=sorted(everybody, key=lambda one: one.id not in near),
        items=skills.items(actor=request.actor),
        language=language,
    )
    if request.method == "POST" and form.is_valid():
        try:
            operations.match_poster_photo(
                actor=request.actor, photo_id=found.id, person_id=UUID(form.cleaned_data["person"]),
                item_id=UUID(form.cleaned_data["item"]), now=request.now,
            )  # fmt: skip
        except DomainError as error:
            outcome.put(error=error, form=form)
        else:
            messages.success(request, _("It waits among the photos to look at."))
            return redirect("reminder-posters")
    shown = {"form": form, "photo": found, "near": len(near)}
    return render(request, "reminders/poster_photo.html", shown, status=400 if form.errors else 200)


@require_POST
@access.signed_in(action="evidence.change")
def put_aside(request: access.Request, poster_photo_id: UUID) -> HttpResponse:
    """It is nobody's card here, or no card at all."""
    operations.put_poster_photo_aside(actor=request.actor, photo_id=poster_photo_id, now=request.now)
    messages.success(request, _("Put aside. It counts for nobody."))
    return redirect("reminder-posters")


@access.signed_in(action="evidence.change")
def picture(request: access.Request, poster_photo_id: UUID) -> HttpResponse:
    """The picture itself, as the intake left it."""
    found = queries.poster_photo(actor=request.actor, photo_id=poster_photo_id)
    response = HttpResponse(bytes(found.file.body), content_type=found.file.media_type)
    response["Cache-Control"] = "private, no-store"
    return response


def _paper(request: access.Request, site: str, code: str) -> HttpResponse:
    link = addresses.full(request=request, base_url=request.firm.base_url, path=f"/u/site/{code}")
    typed = urlsplit(link.replace(code, shown_code(code)))
    body = papers.poster(
        firm=request.firm.name, site=site, link=link, typed=typed.netloc + typed.path,
        language=translation.get_language() or "en",
    )  # fmt: skip
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="poster.pdf"'
    return response
