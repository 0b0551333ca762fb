"""Bring proofs to one's own page: hand them over, watch them being looked at, and decide where something is to decide."""

from __future__ import annotations

import uuid
from time import monotonic

from django.contrib import messages
from django.core.exceptions import TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from skillmark.desks import adding, words
from skillmark.edges.public import door
from skillmark.edges.public.forms.adding import ACCEPTED, AddForm, too_many
from skillmark.edges.public.views.record import own
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records import operations, queries
from skillmark.rooms.records.rules.additions import AT_HAND

SECONDS = 3.0
"""So long a request may look at things before it answers; the rest goes on in the background."""
PAGE = 50
GROUPS = {
    "": (),
    "kept": ("kept", "there"),
    "asks": ("asks", "again", "say"),
    "refused": ("refused",),
    "waiting": ("waiting",),
}


# Exempt only so far that too many files can be told in words: what writes anything goes through `_take`, which asks.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@door.private
@own
def add(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The box. What is put into it is written down first and then looked at, so that nothing is lost."""
    if request.method != "POST":
        return _box(request, actor, AddForm())
    return _handed(request, actor, None)


@csrf_exempt
@require_POST
@door.private
@own
def more(request: HttpRequest, actor: Actor, addition_id: uuid.UUID) -> HttpResponse:
    """Another portion of the same many files."""
    return _handed(request, actor, addition_id)


def _handed(request: HttpRequest, actor: Actor, into: uuid.UUID | None) -> HttpResponse:
    door.count(request, what="check")
    try:
        request.FILES  # noqa: B018 – read here for the first time
    except TooManyFilesSent:
        return _box(request, actor, too_many())
    return _take(request, actor, into)


@csrf_protect
def _take(request: HttpRequest, actor: Actor, into: uuid.UUID | None) -> HttpResponse:
    form = AddForm(request.POST, request.FILES)
    if not form.is_valid():
        return _box(request, actor, form)
    text = form.cleaned_data["text"]
    try:
        made = adding.hand_over(actor=actor, files=form.handed(), text=text, now=timezone.now(), into=into)
    except operations.CannotAdd as problem:
        form.add_error("files", words.sentence(problem.code, problem.facts))
        return _box(request, actor, form)
    if made.total <= AT_HAND:
        until = monotonic() + SECONDS
        while adding.look_at_next(addition_id=made.id, now=timezone.now()) and monotonic() < until:
            pass
    if _wants_data(request):
        return JsonResponse({"more": reverse("my-added-more", args=[made.id]), "page": reverse("my-added", args=[made.id])})
    return redirect("my-added", made.id)


def _box(request: HttpRequest, actor: Actor, form: AddForm) -> HttpResponse:
    if _wants_data(request) and form.errors:
        return JsonResponse({"errors": [str(one) for told in form.errors.values() for one in told]}, status=422)
    context = {"form": form, "accepted": ACCEPTED, "before": queries.additions(actor=actor)}
    return render(request, "public/my_add.html", context, status=422 if form.errors else 200)


def _wants_data(request: HttpRequest) -> bool:
    return request.accepts("application/json") and not request.accepts("text/html")


@require_safe
@door.private
@own
def added(request: HttpRequest, actor: Actor, addition_id: uuid.UUID) -> HttpResponse:
    """What became of each thing. `part=progress` is how far it is, alone."""
    found = queries.addition(actor=actor, addition_id=addition_id)
    running = found.ended_at is None and found.stopped_at is None
    context = {"addition": found, "running": running, "left": found.total - found.done}
    if request.GET.get("part") == "progress":
        return render(request, "public/_my_added_progress.html", context)
    counts = queries.counts_of(actor=actor, addition_id=addition_id)
    only = request.GET.get("only", "")
    only = only if only in GROUPS else ""
    start = _number(request.GET.get("from", ""))
    shown = queries.added(actor=actor, addition_id=addition_id, states=GROUPS[only], start=start, most=PAGE)
    of_group = sum(counts.get(state, 0) for state in GROUPS[only]) if only else found.total
    context |= {
        "items": [(told, adding.lines(told=told)) for told in shown],
        "tabs": _tabs(counts, found.total, only) if found.total > 1 else [],
        "only": only,
        "following": start + PAGE if start + PAGE < of_group else 0,
        "kept": sum(counts.get(state, 0) for state in GROUPS["kept"]),
    }
    return render(request, "public/my_added.html", context)


def _tabs(counts: dict[str, int], total: int, only: str) -> list[tuple[str, str, int]]:
    names = {
        "": _("All"), "kept": _("Kept"), "asks": _("For you to decide"), "refused": _("Not kept"), "waiting": _("Waiting"),
    }  # fmt: skip
    numbers = {key: sum(counts.get(state, 0) for state in states) if key else total for key, states in GROUPS.items()}
    return [(key, name, numbers[key]) for key, name in names.items() if numbers[key] or key in ("", only)]


@require_POST
@door.private
@own
def turn(request: HttpRequest, actor: Actor, addition_id: uuid.UUID) -> HttpResponse:
    """Stop, go on where it stopped, or let go of the list."""
    now, wish = timezone.now(), request.POST.get("turn")
    if wish == "forget":
        operations.forget_addition(actor=actor, addition_id=addition_id, now=now)
        messages.success(request, _("The list is gone. What was kept stays on your page."))
        return redirect("my-page")
    if wish == "on":
        operations.resume_addition(actor=actor, addition_id=addition_id, now=now)
        messages.success(request, _("It goes on."))
    else:
        operations.stop_addition(actor=actor, addition_id=addition_id, now=now)
        messages.success(request, _("Stopped. What was kept stays."))
    return redirect("my-added", addition_id)


@require_POST
@door.private
@own
def decide(request: HttpRequest, actor: Actor, addition_id: uuid.UUID, number: int) -> HttpResponse:
    """Keep it although another name stands on it, ask once more, or leave it."""
    now, wish = timezone.now(), request.POST.get("do")
    if wish == "keep":
        adding.keep_anyway(actor=actor, addition_id=addition_id, number=number, now=now)
    elif wish == "again":
        adding.try_again(actor=actor, addition_id=addition_id, number=number, now=now)
    else:
        operations.said_item(actor=actor, addition_id=addition_id, number=number, now=now)
    return redirect("my-added", addition_id)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0
