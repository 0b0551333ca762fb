"""Take everything along: as files, for other programs, and what another program has written about me."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from skillmark.desks import papers, sharing, taking_along, words
from skillmark.desks.sharing import days
from skillmark.edges.public import addresses, door, proving
from skillmark.edges.public.forms.taking import LifeForm, LinesForm, TakeForm
from skillmark.edges.public.views.record import own
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records import operations as records
from skillmark.rooms.records import queries
from skillmark.rooms.records.rules import shares as rules

_TYPES = {"json": "application/json", "zip": "application/zip"}


@require_http_methods(["GET", "HEAD", "POST"])
@door.private
@own
def take(request: HttpRequest, actor: Actor) -> HttpResponseBase:
    """Choose what to save; the answer to the form is the file."""
    asks = queries.has_slip(actor=actor)
    form = TakeForm(request.POST if request.method == "POST" else None, asks=asks)
    may = proving.may(request, actor=actor)
    if may and form.is_bound and form.is_valid() and proving.proved(form, actor=actor):
        try:
            return _file(request, actor, form.cleaned_data["what"])
        except taking_along.CannotTakeAlong as problem:
            form.add_error("what", words.sentence(problem.code, problem.facts))
    context = {"form": form, "may": may}
    return render(request, "public/my_take.html", context, status=422 if form.is_bound else 200)


def _file(request: HttpRequest, actor: Actor, what: str) -> HttpResponseBase:
    name, now = people.organisation(actor=actor).name, timezone.now()
    if what == TakeForm.FILES:
        pieces = taking_along.whole(actor=actor, name=name, cv=lambda: _cv(request, actor), now=now)
        return _attached(StreamingHttpResponse(_begun(pieces)), "my-page.zip")
    make = taking_along.for_schools if what == TakeForm.SCHOOLS else taking_along.for_jobs
    file = make(actor=actor, name=name, now=now)
    return _attached(HttpResponse(file.body), file.name)


def _attached(response: HttpResponseBase, called: str) -> HttpResponseBase:
    response["Content-Type"] = _TYPES[called.rpartition(".")[2]]
    response["Content-Disposition"] = f'attachment; filename="{called}"'
    return response


def _begun(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same pieces, the first one made already: what cannot be opened at all is told on a page and not in half a file. The
    rest speaks the language of the page, and knows its days, although the page is done by then."""
    first, language, zone = next(pieces), translation.get_language() or "en", timezone.get_current_timezone()

    def rest() -> Iterator[bytes]:
        with translation.override(language), timezone.override(zone):
            yield from pieces

    return chain([first], rest())


def _cv(request: HttpRequest, actor: Actor) -> bytes:
    now, language = timezone.now(), "es" if translation.get_language() == "es" else "en"
    return papers.skills_record(
        entries=sharing.mine(actor=actor, keys=None, now=now), details=rules.details_of(rules.Terms(name=actor.name)),
        made_at=now, language=language, check_url=addresses.full(request=request, path=reverse("check")),
        time_zone=str(timezone.get_current_timezone()),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@door.private
@own
def bring_life(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A file from another program: its lines are shown, and the person says which of them they say, too."""
    if request.method == "POST" and "text" in request.POST:
        return _take_lines(request, actor)
    form = LifeForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data["file"]
        try:
            life = taking_along.read(data=data, on=timezone.localdate())
        except taking_along.CannotRead as problem:
            form.add_error("file", words.sentence(problem.code, problem.facts))
        else:
            lines = LinesForm(choices=_choices(life), initial={"text": data.decode()})
            return render(request, "public/my_life_lines.html", {"form": lines, "life": life})
    return render(request, "public/my_life.html", {"form": form}, status=422 if form.is_bound else 200)


def _take_lines(request: HttpRequest, actor: Actor) -> HttpResponse:
    data, now, on = request.POST["text"].encode(), timezone.now(), timezone.localdate()
    try:
        life = taking_along.read(data=data, on=on)
    except taking_along.CannotRead:
        return redirect("my-take-in")
    form = LinesForm(request.POST, choices=_choices(life))
    if form.is_valid():
        try:
            numbers = frozenset(form.cleaned_data["lines"])
            taken = taking_along.take(actor=actor, data=data, numbers=numbers, on=on, now=now)
        except records.CannotSay as problem:
            form.add_error(None, words.sentence(problem.code, problem.facts))
        else:
            messages.success(request, _("Taken over. Under “What I say myself” it reads: said by you."))
            return render(request, "public/my_arrived.html", {"taken": taken})
    return render(request, "public/my_life_lines.html", {"form": form, "life": life}, status=422)


def _choices(life: taking_along.Life) -> list[tuple[int, str]]:
    return [(one.number, ", ".join(part for part in _parts(one.words) if part)) for one in life.lines]


def _parts(said: object) -> list[str]:
    period = days.between(getattr(said, "since", ""), getattr(said, "until", ""))
    return [getattr(said, "title", ""), getattr(said, "by", ""), period]
