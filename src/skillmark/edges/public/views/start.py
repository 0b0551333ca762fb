"""Before the first day: what a firm asks for, and the ways to bring each thing. No account, no e-mail, no script.

Whoever has the link sees a first name, the items and how far each is, and can hand in. Nothing else.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from credcore.verify.report import Verdict
from skillmark.desks import asking, intake, starting, words
from skillmark.edges.public import addresses, door, session, waiting
from skillmark.edges.public.forms.record import OpenForm
from skillmark.edges.public.forms.start import BringForm, TickForm
from skillmark.edges.public.speaking import language_for
from skillmark.errors import DomainError, NotFound
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records import operations as records
from skillmark.rooms.talent import operations, queries
from skillmark.rooms.talent.rules import Doubt, Turn, is_complete


@require_safe
@door.private
def page(request: HttpRequest, token: str) -> HttpResponse:
    """The list: what is asked for, what is enough, and what is still missing."""
    found = _behind(token)
    if found is None:
        return _unknown(request)
    with translation.override(language_for(request, found.person.language)):
        try:
            found = operations.open_start_list(token=token, now=timezone.now())
            _take_answers(request, found, token)
        except operations.CannotStart as problem:
            return _closed(request, problem, found.org.name)
        return render(request, "public/start/page.html", _shown(request, found, token))


@require_POST
@door.private
def other_app(request: HttpRequest, token: str) -> HttpResponse:
    """Ask another app of theirs; the page of the request shows the code, and comes back here with the answer."""
    found = _behind(token)
    if found is None:
        return _unknown(request)
    language, secret = language_for(request, found.person.language), asking.new_session()
    with translation.override(language):
        try:
            operations.open_start_list(token=token, now=timezone.now())
            door.count(request, what="ask")
            made = starting.ask_app(
                token=token, purpose=_("Before the first day of work"), session=secret,
                base_url=addresses.full(request=request, path="/").rstrip("/"), now=timezone.now(),
            )  # fmt: skip
        except operations.CannotStart as problem:
            return _closed(request, problem, found.org.name)
    if made is None:
        return redirect("start-page", token)
    waiting.remember(request, asking_id=made.id, secret=secret, start=waiting.StartPage(token, language))
    return redirect("asking", made.id)


@require_http_methods(["GET", "HEAD", "POST"])
@door.private
def bring(request: HttpRequest, token: str, number: int) -> HttpResponse:
    """One item: a photo, a file or a link, checked at once; or only said."""
    found = _behind(token)
    if found is None:
        return _unknown(request)
    with translation.override(language_for(request, found.person.language)):
        shown = _shown(request, found, token)
        item = next((one for one in shown["asked"] if one.number == number), None)
        if item is None:
            raise NotFound
        form = BringForm(request.POST, request.FILES) if request.method == "POST" else BringForm()
        try:
            operations.open_start_list(token=token, now=timezone.now())
            if form.is_bound:
                door.count(request, what="photo")
                if "say" in request.POST:
                    _say(request, token, item)
                    return redirect("start-page", token)
                if form.is_valid() and _taken(request, token, item, form, found.org.name):
                    return redirect("start-page", token)
        except operations.CannotStart as problem:
            return _closed(request, problem, found.org.name)
        context = shown | {"item": item, "form": form, "accepted": f"{intake.ACCEPTED},application/json,.json,.jwt,.txt"}
        return render(request, "public/start/bring.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@door.private
def hand_over(request: HttpRequest, token: str) -> HttpResponse:
    """From the person's own page: what fits is shown, and exactly what they tick is handed over."""
    found = _behind(token)
    if found is None:
        return _unknown(request)
    with translation.override(language_for(request, found.person.language)):
        try:
            operations.open_start_list(token=token, now=timezone.now())
            worker = session.current(request, now=timezone.now())
            if worker is None:
                return _open_own(request, found, token)
            return _tick(request, found, token, worker)
        except operations.CannotStart as problem:
            return _closed(request, problem, found.org.name)


def _take_answers(request: HttpRequest, found: Any, token: str) -> None:
    """Take in, once, what came from the other app that this browser asked."""
    for asking_id in waiting.for_list(request, token=token):
        secret = waiting.secret_of(request, asking_id=asking_id)
        try:
            outcomes = starting.take_answer(token=token, asking_id=asking_id, session=secret, now=timezone.now())
        except NotFound:  # nobody answered, and it is forgotten
            outcomes = []
        if outcomes is None:
            continue
        waiting.taken_in(request, asking_id=asking_id)
        if not outcomes:
            messages.info(request, _("Nothing came from the other app. You can try again."))
        # Its item was found by its title, so there is no doubt about that.
        _tell_all(request, [(outcome, "") for outcome in outcomes], found.org.name)


def _open_own(request: HttpRequest, found: Any, token: str) -> HttpResponse:
    """Open the own page with slip and PIN, and come back to the list."""
    form = OpenForm(request.POST if "code" in request.POST else None)
    if form.is_bound and form.is_valid():
        door.count(request, what="open")
        now = timezone.now()
        try:
            actor = records.open(slip_code=form.cleaned_data["code"], pin=form.cleaned_data["pin"], now=now)
        except records.CannotOpen as problem:
            form.add_error(None, words.sentence(problem.code, problem.facts))
        else:
            session.enter(request, actor=actor, way="slip", now=now)
            return redirect("start-hand-over", token)
    context = {"form": form, "token": token, "firm": found.org.name}
    return render(request, "public/start/open.html", context, status=422 if form.is_bound else 200)


def _tick(request: HttpRequest, found: Any, token: str, worker: Actor) -> HttpResponse:
    shown = _shown(request, found, token)
    names = {one.item_id: one.name for one in shown["asked"]}
    open_ = [one.item_id for one in shown["asked"] if one.turn in (Turn.ASKED, Turn.SAID)]
    offers = starting.offers(worker=worker, found=found, item_ids=open_)
    choices = [(one.key, _in_words(one, names)) for one in offers if one.counts]
    form = TickForm(request.POST if "hand" in request.POST else None, choices=choices)
    wording = _("%(firm)s gets the proofs that you tick, and nothing else of your page. It keeps them.") % {
        "firm": found.org.name
    }
    if form.is_bound and form.is_valid():
        door.count(request, what="photo")
        outcomes = starting.hand_over(
            token=token, worker=worker, ticked=form.pairs(), wording=wording, language=shown["language"],
            purpose=_("Before the first day of work"), now=timezone.now(),
        )  # fmt: skip
        items = [names.get(item_id, "") if item_id else "" for _held, item_id in form.pairs()]
        _tell_all(request, list(zip(outcomes, items, strict=True)), found.org.name)
        return redirect("start-page", token)
    context = shown | {
        "form": form, "wording": wording, "own": worker.name, "none": not choices,
        "bad": [one for one in offers if not one.counts],
    }  # fmt: skip
    return render(request, "public/start/hand_over.html", context, status=422 if form.is_bound else 200)


def _in_words(offer: starting.Offer, names: dict[uuid.UUID, str]) -> str:
    what = _("%(title)s, from %(giver)s") % {"title": offer.title, "giver": offer.giver}
    if offer.item_id is None:
        return _("%(proof)s – your work history, to be read") % {"proof": what}
    return _("%(proof)s – for “%(item)s”") % {"proof": what, "item": names[offer.item_id]}


def _say(request: HttpRequest, token: str, item: starting.Asked) -> None:
    operations.say(token=token, item_id=item.item_id, now=timezone.now())
    messages.info(request, _("Noted as “Said by the person”. Show it when you can: only then it counts."))


def _taken(request: HttpRequest, token: str, item: starting.Asked, form: BringForm, firm: str) -> bool:
    """Whether something came of it that the list can tell; what cannot be read stands beside its button."""
    try:
        if form.cleaned_data.get("link"):
            outcome = starting.bring_link(token=token, item_id=item.item_id, url=form.cleaned_data["link"], now=timezone.now())
        else:
            body, name = form.handed()
            outcome = starting.bring_file(token=token, item_id=item.item_id, name=name, body=body, now=timezone.now())
    except (operations.CannotStart, NotFound):
        raise
    except DomainError as problem:
        field = "link" if form.cleaned_data.get("link") else "file" if form.cleaned_data.get("file") else "photo"
        form.add_error(field, words.sentence(problem.code, problem.facts))
        return False
    _tell(request, outcome, item.name, firm)
    return outcome.kept or outcome.answer is None or outcome.answer.report.verdict is Verdict.BAD


def _tell_all(request: HttpRequest, told: Sequence[tuple[starting.Outcome, str]], firm: str) -> None:
    """What became of each thing. Several that are in order share a sentence: one each would push the list off a phone."""
    good = sum(_is_good(outcome) for outcome, _item in told)
    if good > 1:
        messages.success(request, _("%(count)s proofs came, all in order.") % {"count": good})
    for outcome, item in told:
        if good < 2 or not _is_good(outcome):
            _tell(request, outcome, item, firm)


def _is_good(outcome: starting.Outcome) -> bool:
    """Whether there is nothing to say about it but that it came and counts."""
    if not outcome.kept or outcome.doubt is not None or outcome.answer is None:
        return False
    return outcome.answer.report.verdict is Verdict.GOOD


def _tell(request: HttpRequest, outcome: starting.Outcome, item: str, firm: str) -> None:
    facts = {"item": item, "firm": firm}
    if outcome.photo:
        messages.success(request, _("Your photo came. %(firm)s will look at it.") % facts)
    elif outcome.doubt is Doubt.PERSON:
        messages.warning(request, _("Another name stands on it. %(firm)s will look at it before it counts.") % facts)
    elif outcome.doubt is Doubt.ITEM:
        messages.warning(request, _("It does not say “%(item)s”. %(firm)s will look at it before it counts.") % facts)
    elif outcome.answer is None:
        messages.info(request, _("This came before. Nothing was added."))
    else:
        said = f"{outcome.answer.said.heading}: {outcome.answer.said.sentence}"
        if outcome.kept:
            messages.success(request, said)
        else:
            messages.error(request, said + " " + _("It was not handed in."))


def _shown(request: HttpRequest, found: Any, token: str) -> dict[str, Any]:
    language = language_for(request, found.person.language)
    asked = starting.asked(found=found, language=language, now=found.org.clock or timezone.now())
    left = [one for one in asked if one.turn in (Turn.ASKED, Turn.SAID)]
    return {
        "token": token, "language": language, "firm": found.org.name, "first_name": found.person.name.split()[0],
        "starts_on": found.starts_on, "asked": asked, "left": len(left), "begun": len(left) < len(asked),
        "done": is_complete([one.turn for one in asked]),
    }  # fmt: skip


def _behind(token: str) -> Any:
    try:
        return queries.start_list_behind(token=token)
    except NotFound:
        return None


def _unknown(request: HttpRequest) -> HttpResponse:
    door.count(request, what="code")
    return _closed(request, operations.CannotStart("start.closed"), "", status=404)


def _closed(request: HttpRequest, problem: DomainError, firm: str, *, status: int = 410) -> HttpResponse:
    """One page for a link that is unknown, taken back or too old."""
    if problem.code != "start.closed":
        return door.sorry(request, problem, status=409)
    context = {"sentence": words.sentence(problem.code, problem.facts), "firm": firm}
    return render(request, "public/start/closed.html", context, status=status)
