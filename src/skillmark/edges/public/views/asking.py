"""Ask a person's phone for a proof: say what and why, show the code, wait, read the answer. For a firm it is kept."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from skillmark.desks import answers, asking, pictures
from skillmark.edges.public import addresses, door, member, waiting
from skillmark.edges.public.forms.asking import AskForm
from skillmark.errors import NotFound
from skillmark.rooms.credentials import operations, queries
from skillmark.rooms.people.rules import Actor, may
from skillmark.rooms.skills import queries as skills
from skillmark.rooms.skills.rules import label

if TYPE_CHECKING:
    from skillmark.rooms.credentials.models import Asking


@require_http_methods(["GET", "HEAD", "POST"])
@door.private
def phone(request: HttpRequest) -> HttpResponse:
    """What to ask for, and why."""
    actor = member.of(request)
    items = _items(actor) if actor is not None else None
    form = AskForm(request.POST if request.method == "POST" else None, items=items)
    if form.is_bound and form.is_valid():
        door.count(request, what="ask")
        return redirect("asking", _ask(request, actor, form.cleaned_data).id)
    status = 422 if form.is_bound else 200
    return render(request, "public/ask_phone.html", {"form": form} | _frame(request), status=status)


def _ask(request: HttpRequest, actor: Actor | None, said: dict[str, str]) -> Asking:
    session, now, base = asking.new_session(), timezone.now(), addresses.full(request=request, path="/").rstrip("/")
    if actor is not None:
        names = asking.names_of_item(actor=actor, item_id=uuid.UUID(said["what"])) if said["what"] else ()
        made = asking.ask(
            actor=actor, purpose=said["purpose"], query=asking.question(names=names), session=session, base_url=base, now=now
        )  # fmt: skip
    else:
        question = asking.question(names=[said["what"]] if said["what"] else ())
        made = asking.ask_as_stranger(purpose=said["purpose"], query=question, session=session, base_url=base, now=now)
    waiting.remember(request, asking_id=made.id, secret=session)
    return made


def _items(actor: Actor) -> list[tuple[str, str]]:
    language = answers.spoken()
    named = [(str(one.id), label(one.names, language=language)) for one in skills.items(actor=actor)]
    return sorted(named, key=lambda one: one[1].casefold())


@require_safe
@door.private
def page(request: HttpRequest, asking_id: uuid.UUID) -> HttpResponse:
    """The code while we wait; then the answer, as any check is shown. `?part` is read again and again by the page itself."""
    found, mine = _find(request, asking_id)
    code = request.GET.get("code", "")
    if found is None:
        if code:  # the phone's own browser, after an answer that was asked for on another screen: it learns nothing here
            return render(request, "public/asking_elsewhere.html")
        raise NotFound
    if code:
        if mine:
            operations.use_response_code(asking=found, code=code, now=timezone.now())
        return redirect("asking", asking_id)
    start = waiting.start_page(request, asking_id=asking_id) if mine else None
    with translation.override(start.language if start else get_language()):
        if found.answered_at is None and found.expires_at > timezone.now() and not found.problem.startswith("asking."):
            template = "public/_asking_wait.html" if "part" in request.GET else "public/asking.html"
            return render(request, template, _waiting(found) | _frame(request, start=start))
        if start and "part" not in request.GET:  # the list takes in what came
            return redirect("start-page", start.token)
        return _answered(request, found)


def _waiting(found: Asking) -> dict[str, Any]:
    text = asking.link(asking=found)
    here = f"{reverse('my-answer')}?{urlencode({'request': text})}"
    return {
        "asking": found,
        "link": text,
        "here": here,
        "qr": pictures.qr_svg(text=text),
        "bad": bool(found.problem),
    }


def _answered(request: HttpRequest, found: Asking) -> HttpResponse:
    now = timezone.now()
    kept, reports = asking.came(asking=found, now=now)
    said = [answers.kept(check=one) for one in kept] or answers.answers(reports=reports)
    context: dict[str, Any] = {
        "asking": found,
        "answers": said,
        "several": len(said) > 1,
        "checked_at": found.answered_at,
        "refused": found.problem == "asking.refused",
        "stopped": found.problem == "asking.stopped",
        "owner": False,
    }
    return render(request, "public/asking_answer.html", context | _frame(request))


@require_POST
@door.private
def stop(request: HttpRequest, asking_id: uuid.UUID) -> HttpResponse:
    """No answer is wanted any more."""
    found, _ = _find(request, asking_id)
    if found is None:
        raise NotFound
    operations.stop_asking(asking=found, now=timezone.now())
    start = waiting.start_page(request, asking_id=asking_id)
    return redirect("start-page", start.token) if start else redirect("ask-phone")


def _find(request: HttpRequest, asking_id: uuid.UUID) -> tuple[Asking | None, bool]:
    """(the request, whether this browser made it); None: somebody else's."""
    session = waiting.secret_of(request, asking_id=asking_id)
    actor = member.of(request)
    try:
        return queries.asking_of_browser(asking_id=asking_id, session=session), True
    except NotFound:
        if actor is None or not may(actor, "check.read"):
            return None, False
    try:
        return queries.asking_of_firm(actor=actor, asking_id=asking_id), False
    except NotFound:
        return None, False


def _frame(request: HttpRequest, *, start: waiting.StartPage | None = None) -> dict[str, Any]:
    """Members of a firm keep their menu; strangers, and whoever comes from a start list, see one column."""
    return {"frame": "frame.html" if hasattr(request, "actor") and not start else "solo.html", "start": start}
