"""Sign off on a phone: today's team, what there is to sign for somebody, what was seen, and what comes of it."""

from __future__ import annotations

import math
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from skillmark.desks import pictures, shared_phone
from skillmark.edges.web import access, addresses, persons, signing
from skillmark.edges.web.forms.sign_off import SignForm
from skillmark.edges.web.views import outcome
from skillmark.errors import DomainError, NotFound
from skillmark.rooms.holdings import operations, queries
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import may
from skillmark.rooms.skills.rules import label

_TOKENS = "seen_tokens"
_KEPT_TOKENS = 20
_FIELD = {
    "sign_off.level_missing": "level", "sign_off.step_unknown": "steps", "sign_off.nothing_seen": "steps",
    "sign_off.hours": "hours", "sign_off.too_long": "seen", "text.opinion": "seen", "text.accusation": "seen",
    "text.health": "seen", "text.private": "seen",
}  # fmt: skip


@never_cache
@access.signed_in(action="sign_off.make", shared=True)
def team(request: access.Request) -> HttpResponse:
    """Who is here today, those with something due first."""
    search = request.GET.get("q", "").strip().replace("\0", "")[:100]
    everyone = request.GET.get("all") == "1"
    mates = signing.team(actor=request.actor, on=request.today, now=request.now, everyone=everyone, search=search)
    may_add = not request.shared and may(request.actor, "people.change")
    shown = {
        "mates": mates, "search": search, "everyone": everyone or bool(search), "may_add": may_add, "frame": _frame(request),
    }  # fmt: skip
    return render(request, "sign_off/team.html", shown)


@never_cache
@access.signed_in(action="sign_off.make", shared=True)
def person(request: access.Request, person_id: UUID) -> HttpResponse:
    """What there is to sign for one person; what is due first."""
    found = people.person(actor=request.actor, person_id=person_id)
    every = signing.skills_of(actor=request.actor, person_id=found.id, on=request.today)
    yours = [one for one in every if one.to_sign.may_sign and one.to_sign.can_sign]
    place = signing.where(actor=request.actor, person_id=found.id, on=request.today, now=request.now)
    shown = {
        "person": found, "place": place.words,
        "due": [one for one in yours if one.is_due], "more": [one for one in yours if not one.is_due],
        "others": [one for one in every if one not in yours],
        "is_self": people.is_self(actor=request.actor, person_id=found.id),
    }  # fmt: skip
    return render(request, "sign_off/person.html", shown)


@never_cache
@access.signed_in(action="sign_off.make", shared=True)
def item(request: access.Request, person_id: UUID, item_id: UUID) -> HttpResponse:
    """Which level, what was seen, what will be signed with it; and Sign."""
    found = people.person(actor=request.actor, person_id=person_id)
    line = next(
        (one for one in queries.to_sign(actor=request.actor, person_id=found.id, on=request.today) if one.item.id == item_id),
        None,
    )
    if line is None:
        raise NotFound
    place = signing.where(actor=request.actor, person_id=found.id, on=request.today, now=request.now)
    form = SignForm(
        _typed(request), request.FILES if request.method == "POST" else None, item=line.item,
        steps=signing.steps_of(item=line.item), phrase=signing.phrase(item=line.item),
        initial={
            "version_id": line.version_id, "revision": line.revision, "place": place.words, "language_used": found.language,
        },
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        said = form.said()
        try:
            kept, token = operations.sign_off(
                actor=request.actor, person_id=found.id, item_id=item_id, now=request.now, site_id=place.site_id,
                observed_at=_first_sent(request, said["sign_off_id"]), at=timezone.now() if request.firm.sample else None,
                **said,
            )  # fmt: skip
        except DomainError as error:
            outcome.put(error=error, form=form, field=_FIELD.get(error.code))
            _show_anew(form, line)
        else:
            if token:
                _remember(request, kept.id, token)
            return redirect("sign-off-done", kept.id)
    shown = {
        "person": found, "line": line, "name": label(line.item.names, language=persons.language()), "form": form,
        "place": place, "phrase": signing.phrase(item=line.item), "levels": signing.LEVELS_TOLD,
        "asked": signing.asked_in_words(asked=line.asked),
        "is_self": people.is_self(actor=request.actor, person_id=found.id),
        "lost_photo": bool(request.FILES) and bool(form.errors),
    }  # fmt: skip
    return render(request, "sign_off/item.html", shown, status=400 if form.errors and request.method == "POST" else 200)


@never_cache
@access.signed_in(action="sign_off.make", shared=True)
def done(request: access.Request, sign_off_id: UUID) -> HttpResponse:
    """What was signed, how to take it back while that is possible, what is still missing, and the worker's own link."""
    found = queries.sign_off(actor=request.actor, sign_off_id=sign_off_id)
    signed = found.state == "signed"
    standing = queries.still_missing(actor=request.actor, person_id=found.person_id, item_id=found.item_id, level=found.level)
    line = next(
        one
        for one in queries.to_sign(actor=request.actor, person_id=found.person_id, on=request.today)
        if one.item.id == found.item_id
    )
    token = request.session.get(_TOKENS, {}).get(str(found.id), "")
    link = addresses.full(request=request, base_url=request.firm.base_url, path=reverse("seen", args=[token])) if token else ""
    shown = {
        "one": found, "name": label(found.item.names, language=persons.language()),
        "given": signed or standing.is_complete, "undone": found.state == "undone",
        "undo_for": _seconds_left(found, request.now),
        "next": _("It is part of a proof.") if signed else signing.missing(standing=standing, asked=line.asked),
        "link": link, "qr": pictures.qr_svg(text=link) if link else "", "only_here": addresses.only_here(url=link),
    }  # fmt: skip
    return render(request, "sign_off/done.html", shown)


def _typed(request: access.Request) -> Any:
    """What was sent; or what was on the screen when a shared phone locked, for the hand that typed it."""
    if request.method == "POST":
        return request.POST
    kept = request.session.get(access.DRAFT)
    if not request.shared or not kept or kept["path"] != request.path:
        return None
    if kept["user"] != shared_phone.holder(request.session):
        return None
    del request.session[access.DRAFT]
    typed = QueryDict(mutable=True)
    for name, values in kept["fields"].items():
        typed.setlist(name, values)
    return typed


def _show_anew(form: SignForm, line: Any) -> None:
    """After a refusal the form carries the words and the revision of now: what is signed next is what stands there."""
    anew = {"version_id": str(line.version_id or ""), "revision": line.revision, "sign_off_id": str(uuid4())}
    typed: Any = form.data.copy()  # type: ignore[attr-defined]
    typed.update(anew)
    form.data = typed


def _first_sent(request: access.Request, sign_off_id: UUID) -> datetime:
    """Now; for a form that was pressed twice, the moment of the first time, so that both are seen to be the same."""
    try:
        before: datetime = queries.sign_off(actor=request.actor, sign_off_id=sign_off_id).observed_at
    except NotFound:
        return request.now
    return before


def _seconds_left(found: Any, now: datetime) -> int:
    """How long it can still be taken back."""
    return math.ceil((found.sign_at - now).total_seconds()) if found.state == "waiting" else 0


def _remember(request: access.Request, sign_off_id: UUID, token: str) -> None:
    """The worker's link is shown on the page that follows, and is nowhere kept but in this session."""
    kept = {**request.session.get(_TOKENS, {}), str(sign_off_id): token}
    request.session[_TOKENS] = dict(list(kept.items())[-_KEPT_TOKENS:])


def _frame(request: access.Request) -> str:
    """A shared phone has no menu: nothing of it would open."""
    return "solo.html" if request.shared else "frame.html"
