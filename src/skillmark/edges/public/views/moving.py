"""Move my page to another server, and bring it here from one."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from skillmark.desks import taking_along, words
from skillmark.edges.public import door, proving, session
from skillmark.edges.public.forms.taking import MoveInForm, MoveOutForm
from skillmark.edges.public.views.record import own
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries as organisations
from skillmark.rooms.people.rules import Actor, Role
from skillmark.rooms.records import operations as records
from skillmark.rooms.records import queries


@require_http_methods(["GET", "HEAD", "POST"])
@door.private
@own
def move_out(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The code is shown first; the answer to the form is the sealed file. Nothing of either is kept here."""
    asks = queries.has_slip(actor=actor)
    if request.method == "POST":
        form = MoveOutForm(request.POST, asks=asks)
    else:
        form = MoveOutForm(initial={"code": taking_along.new_moving_code()}, asks=asks)
    may = proving.may(request, actor=actor)
    if may and form.is_bound and form.is_valid() and proving.proved(form, actor=actor):
        return _sealed(actor, form.cleaned_data["code"])
    shown = form.data.get("code", "") if form.is_bound else form.initial["code"]
    context = {"form": form, "may": may, "code": shown, "wording": _wording()}
    return render(request, "public/my_move_out.html", context, status=422 if form.is_bound else 200)


def _sealed(actor: Actor, code: str) -> HttpResponse:
    now, language = timezone.now(), translation.get_language() or "en"
    name = organisations.organisation(actor=actor).name
    facts = [one.title for one in queries.mine(actor=actor)] + [one.words.title for one in queries.statements(actor=actor)]
    records.note_consent(
        actor=actor, kind="move", to_whom=_("Another server"), purpose=_("Move my page"), facts=facts, wording=_wording(),
        language=language, until=None, now=now,
    )  # fmt: skip
    body = taking_along.make_moving_file(actor=actor, code=code, name=name, language=language, now=now)
    response = HttpResponse(body, content_type="application/octet-stream")
    response["Content-Disposition"] = 'attachment; filename="my-page.sealed"'
    return response


def _wording() -> str:
    """What stands above the button."""
    return _("Whoever has this file and the code can open everything on your page, and show it as you.")


def may_move_in(*, actor: Actor | None) -> bool:
    """Whether a page can be brought here: into the own one that is open, or where strangers' pages are taken in."""
    return actor is not None or settings.MOVE_IN


@require_http_methods(["GET", "HEAD", "POST"])
@door.private
def move_in(request: HttpRequest) -> HttpResponse:
    """Into the page that is open in this browser; where this server takes in strangers' pages, into a new one."""
    now = timezone.now()
    actor = session.current(request, now=now)
    may = may_move_in(actor=actor)
    form = MoveInForm(request.POST or None, request.FILES or None)
    if may and request.method == "POST" and form.is_valid():
        door.count(request, what="move")
        data, code, on = form.cleaned_data["file"], form.cleaned_data["code"], timezone.localdate()
        try:
            name, language = taking_along.name_in(data=data, code=code)
            if actor is None:
                actor = _new_page(request, name, language)
            moved = taking_along.move_in(actor=actor, data=data, code=code, on=on, now=now)
        except (taking_along.CannotMove, records.CannotAdd) as problem:
            field = "code" if problem.code == "move.wrong_code" else "file"
            form.add_error(field, words.sentence(problem.code, problem.facts))
        else:
            return render(request, "public/my_moved.html", {"moved": moved, "has_slip": queries.has_slip(actor=actor)})
    context = {"form": form, "may": may, "actor": actor}
    return render(request, "public/my_move_in.html", context, status=422 if form.is_bound else 200)


def _new_page(request: HttpRequest, name: str, language: str) -> Actor:
    now = timezone.now()
    made = people.make_moved_space(name=name, language=language, now=now)
    actor = Actor(org_id=made.id, role=Role.WORKER, name=made.name)
    session.enter(request, actor=actor, way="claim", now=now)
    return actor
