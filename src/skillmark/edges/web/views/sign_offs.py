"""All sign-offs: what waits for a second signature, what was signed and became of it; and those that come from paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from skillmark.desks import papers, words
from skillmark.edges.web import access, persons, signing
from skillmark.edges.web.forms.sign_off import PaperForm
from skillmark.edges.web.views import outcome
from skillmark.errors import DomainError, NotFound
from skillmark.rooms.holdings import operations, queries
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor, Role
from skillmark.rooms.skills import queries as skills
from skillmark.rooms.skills.rules import label

MOST = 200
"""Lines of the list; a filter by person or skill shows the older ones."""


@dataclass(frozen=True)
class Line:
    """One sign-off as the list shows it."""

    one: Any
    name: str
    steps: list[str]
    sign: str
    says: str
    may_co_sign: bool
    may_undo: bool


@access.signed_in(action="sign_off.make", shared=True)
@require_safe
def sign_offs(request: access.Request) -> HttpResponse:
    """Newest first; those that wait for a second signature stand above the rest."""
    person_id, item_id = _id(request.GET.get("person")), _id(request.GET.get("item"))
    found = queries.sign_offs(actor=request.actor, person_id=person_id, item_id=item_id)
    lines = [_line(request, one) for one in found[:MOST]]
    shown = {
        "waiting": [one for one in lines if one.may_co_sign], "lines": [one for one in lines if not one.may_co_sign],
        "person": people.person(actor=request.actor, person_id=person_id) if person_id else None,
        "item": label(skills.item(actor=request.actor, item_id=item_id).names, language=persons.language()) if item_id else "",
        "more": max(0, len(found) - MOST), "frame": "solo.html" if request.shared else "frame.html",
    }  # fmt: skip
    return render(request, "sign_off/sign_offs.html", shown)


@access.signed_in(action="sign_off.make", shared=True)
@require_POST
def undo(request: access.Request, sign_off_id: UUID) -> HttpResponse:
    """Take one back while it is not signed yet."""
    to_done = request.POST.get("next") == "done"
    try:
        operations.undo_sign_off(actor=request.actor, sign_off_id=sign_off_id, now=request.now)
    except operations.CannotSignOff as error:
        messages.error(request, words.sentence(error.code, error.facts))
    else:
        if not to_done:
            messages.success(request, _("Taken back. Nothing was signed."))
    return redirect("sign-off-done", sign_off_id) if to_done else redirect("sign-offs")


@access.signed_in(action="sign_off.make", shared=True)
@require_POST
def co_sign(request: access.Request, sign_off_id: UUID) -> HttpResponse:
    """The second signature."""
    try:
        operations.co_sign(actor=request.actor, sign_off_id=sign_off_id, now=request.now)
    except operations.CannotSignOff as error:
        messages.error(request, words.sentence(error.code, error.facts))
    else:
        messages.success(request, _("Signed by you, too."))
    return redirect("sign-offs")


@access.signed_in(action="sign_off.make")
def paper(request: access.Request) -> HttpResponse:
    """Type in what stands on a sheet: one line at a time, marked as entered later."""
    items = [one for one in skills.items(actor=request.actor) if one.method]
    chosen = next((one for one in items if str(one.id) == (request.POST.get("item") or request.GET.get("item"))), None)
    if chosen is None:
        names = [(one, label(one.names, language=persons.language())) for one in items]
        return render(request, "sign_off/paper_pick.html", {"items": names})
    form = PaperForm(
        access.posted(request), request.FILES or None, item=chosen, steps=signing.steps_of(item=chosen),
        phrase=signing.phrase(item=chosen), today=request.today,
        people=[(str(one.id), one.name) for one in people.people(actor=request.actor, here_on=request.today)],
        observers=_observers(request),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            operations.sign_off(
                actor=_observer(request, form.cleaned_data["observer"]), item_id=chosen.id, now=request.now,
                entered="paper", entered_by=request.actor.name, **form.said(),
            )  # fmt: skip
        except DomainError as error:
            outcome.put(error=error, form=form, field="seen" if error.code.startswith("text.") else "person")
        else:
            messages.success(request, _("Kept, marked as entered later. Next line?"))
            return redirect(f"{request.path}?item={chosen.id}")
    shown = {"form": form, "item": chosen, "name": label(chosen.names, language=persons.language())}
    return render(request, "sign_off/paper.html", shown, status=400 if form.errors else 200)


@access.signed_in(action="sign_off.make", shared=True)
@require_safe
def sheet(request: access.Request, item_id: UUID) -> HttpResponse:
    """An empty sheet for one skill, with today's people, to fill in by hand."""
    item = skills.item(actor=request.actor, item_id=item_id)
    if not item.method:
        raise NotFound
    language = translation.get_language() or "en"
    document, revision = queries.revision_in_force(actor=request.actor, item_id=item.id, on=request.today)
    team = signing.team(actor=request.actor, on=request.today, now=request.now, everyone=True)
    made = papers.sign_off_sheet(
        firm=request.firm.name, item=label(item.names, language=persons.language()), how=label(item.how, language=language),
        instruction=" ".join(part for part in (document, revision) if part), steps=signing.steps_of(item=item),
        leveled=item.leveled, people=[one.person.name for one in team], on=request.today, language=language,
    )  # fmt: skip
    headers = {"Content-Disposition": 'inline; filename="sign-off-sheet.pdf"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def _observers(request: access.Request) -> list[tuple[str, str]]:
    """Whose sheet it may be: one's own; for an owner that of anybody who signs."""
    own = [(str(request.actor.user_id), request.actor.name)]
    if request.actor.role is not Role.OWNER:
        return own
    signers = [one for one in people.members(actor=request.actor) if one.role in {Role.OWNER, Role.SUPERVISOR}]
    return own + [(str(one.user_id), one.user.name) for one in signers if one.user_id != request.actor.user_id]


def _observer(request: access.Request, chosen: str) -> Actor:
    """Whoever saw it, with what they may see and sign."""
    if chosen == str(request.actor.user_id):
        return request.actor
    return people.actor_for(user_id=int(chosen), now=request.now, org_id=request.actor.org_id)


@access.signed_in(action="sign_off.make", shared=True)
@require_safe
def photo(request: access.Request, sign_off_id: UUID) -> HttpResponse:
    """The photo that goes with a sign-off, for those who may see it."""
    found = queries.sign_off(actor=request.actor, sign_off_id=sign_off_id)
    if found.photo is None:
        raise NotFound
    headers = {"Content-Security-Policy": "default-src 'none'; sandbox", "Cache-Control": "private, max-age=300"}
    return HttpResponse(bytes(found.photo.body), content_type="image/jpeg", headers=headers)


def _line(request: access.Request, one: Any) -> Line:
    lacks_second = one.state in {"waiting", "counted"} and one.co_signed_at is None and one.item.co_sign
    theirs = one.observer_key == request.actor.key
    sign, says = _state(one, lacks_second)
    may_undo = one.state == "waiting" and request.now < one.sign_at and theirs
    may_co = lacks_second and not theirs and queries.may_sign(actor=request.actor, item_id=one.item_id)
    name = label(one.item.names, language=persons.language())
    return Line(one, name, signing.steps_in_words(numbers=one.steps, item=one.item), sign, says, may_co, may_undo)


def _state(one: Any, lacks_second: bool) -> tuple[str, str]:
    if one.state == "undone":
        return "unk", _("Taken back")
    if one.state == "refused":
        return "warn", _("Could not be signed")
    if one.state == "signed":
        return "ok", _("Part of a proof")
    if lacks_second:
        return "due", _("Waits for a second signature")
    return "due", _("Counts toward a proof")


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise NotFound from None
