"""What one person holds: write it down, look at it, put it right. Nothing that was written before is lost."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from skillmark.desks import answers, states
from skillmark.edges.web import access, evidence
from skillmark.edges.web.forms.evidence import CorrectForm, HoldForm, LateForm, LookUpForm, MoveForm, PictureForm, ReasonForm
from skillmark.edges.web.views import outcome
from skillmark.errors import DomainError, NotFound
from skillmark.rooms.holdings import operations, queries
from skillmark.rooms.people import queries as people
from skillmark.rooms.people import rules as roles
from skillmark.rooms.skills import queries as skills
from skillmark.rooms.skills.rules import label
from skillmark.rooms.talent import queries as talent


@access.signed_in(action="evidence.change")
def pick(request: access.Request, person_id: UUID) -> HttpResponse:
    """Which card is it? Every item of the firm, as links."""
    person = people.person(actor=request.actor, person_id=person_id)
    return render(request, "evidence/pick.html", {"person": person, "items": _items(request)})


@access.signed_in(action="evidence.change")
def hold(request: access.Request, person_id: UUID, item_id: UUID) -> HttpResponse:
    """Write down that somebody holds an item, with its photo if there is one."""
    person = people.person(actor=request.actor, person_id=person_id)
    item = skills.item(actor=request.actor, item_id=item_id)
    form = HoldForm(
        access.posted(request), request.FILES or None, item=item, rule=_rule(request, item_id), today=request.today
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.record(
                actor=request.actor, person_id=person_id, item_id=item_id, facts=form.facts(), now=request.now
            )
        except DomainError as error:
            outcome.put(error=error, form=form, field="ends")
        else:
            add_photo(request, made.id, form.cleaned_data["photo"])
            messages.success(request, _("Saved."))
            return redirect("holding", made.id)
    context = {"form": form, "person": person, "item": item, "name": _name(item), **_exemption(request, person.id, item_id)}
    return render(request, "evidence/hold.html", context, status=400 if form.errors else 200)


@access.signed_in(action="board.read")
def holding(request: access.Request, holding_id: UUID) -> HttpResponse:
    """One of them: photos, look-ups, digital proofs, notes, and everything that was written before."""
    held = queries.holding(actor=request.actor, holding_id=holding_id)
    rows = queries.history(actor=request.actor, holding_id=holding_id)
    cell = talent.worth_of_each(actor=request.actor, person_id=held.person_id, on=request.today).get(held.id)
    names = people.names_of(actor=request.actor, person_ids={one.person_id for one in rows})
    context = {
        "held": held,
        "person": people.person(actor=request.actor, person_id=held.person_id),
        "name": _name(held.item),
        "said": states.said(cell=cell, on=request.today) if cell else None,
        "mark": evidence.mark_of(cell=cell, held=held, on=request.today) if cell else None,
        "until": evidence.dates_of(held=held, cell=cell),
        "photos": [one for one in held.photos.all() if one.removed_at is None],
        "signatures": evidence.signature_lines(held=held),
        "newest": rows[0] if rows[0].id != held.id else None,
        "before": [(one, names.get(one.person_id, "")) for one in rows if one.superseded_at is not None],
        "late": bool(cell and cell.late) or _is_late(request, held),
        "open": held.superseded_at is None,
        "in_dispute": held.disputed_at is not None and held.dispute_ended_at is None,
        "may_change": roles.may(request.actor, "evidence.change") and held.superseded_at is None,
        "picture": PictureForm(),
        "level": states.LEVELS.get(held.level or 0, ""),
        **_exemption(request, held.person_id, held.item_id),
    }
    return render(request, "evidence/holding.html", context)


def _exemption(request: access.Request, person_id: UUID, item_id: UUID) -> dict[str, Any]:
    """Whether the person may do without the item today, for the panel that says so."""
    found = talent.exemptions(actor=request.actor, on=request.today)
    mine = next((one for one in found if (one.person_id, one.item_id) == (person_id, item_id)), None)
    return {"item_id": item_id, "exemption": mine, "may_exempt": roles.may(request.actor, "evidence.change")}


@access.signed_in(action="evidence.change")
def correct(request: access.Request, holding_id: UUID) -> HttpResponse:
    """Change what is said of it; the old row stays as what was known until now."""
    held = standing(request, holding_id)
    facts = operations.facts_in(held=held)
    form = CorrectForm(
        access.posted(request), item=held.item, rule=_rule(request, held.item_id), today=request.today, photo=False,
        initial={name: getattr(facts, name) for name in facts.__dataclass_fields__},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            because = form.cleaned_data["because"]
            made = operations.correct(
                actor=request.actor, holding_id=holding_id, facts=form.facts(), because=because, now=request.now
            )
        except DomainError as error:
            outcome.put(error=error, form=form, field="ends")
        else:
            messages.success(request, _("Changed. What was written before is kept."))
            return redirect("holding", made.id)
    return _form(request, held, form, "evidence/correct.html")


@access.signed_in(action="evidence.change")
def withdraw(request: access.Request, holding_id: UUID) -> HttpResponse:
    """Take out a record that was made by mistake, with a reason."""
    held = standing(request, holding_id)
    form = ReasonForm(access.posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            because = form.cleaned_data["because"]
            operations.withdraw(actor=request.actor, holding_id=holding_id, because=because, now=request.now)
        except DomainError as error:
            outcome.put(error=error, form=form, field="because")
        else:
            messages.success(request, _("Taken out. The history keeps it, with your reason."))
            return redirect("person", held.person_id)
    return _form(request, held, form, "evidence/withdraw.html")


@access.signed_in(action="evidence.change")
def move(request: access.Request, holding_id: UUID) -> HttpResponse:
    """Put it under the person whose it really is."""
    held = standing(request, holding_id)
    others = [one for one in people.people(actor=request.actor) if one.id != held.person_id]
    form = MoveForm(access.posted(request), people=others)
    if request.method == "POST" and form.is_valid():
        made = operations.move(actor=request.actor, holding_id=holding_id, person_id=form.chosen(), now=request.now)
        messages.success(request, _("It is under %(name)s now.") % {"name": made.person.name})
        return redirect("holding", made.id)
    return _form(request, held, form, "evidence/move.html")


@access.signed_in(action="evidence.change")
def look_up(request: access.Request, holding_id: UUID) -> HttpResponse:
    """Note that it was looked up at its source: that raises the level until the look-up grows old."""
    held = standing(request, holding_id)
    initial = {"link": held.item.look_up, "looked_on": request.today}
    form = LookUpForm(access.posted(request), request.FILES or None, today=request.today, initial=initial)
    if request.method == "POST" and form.is_valid():
        data, shot = form.cleaned_data, form.cleaned_data["screenshot"]
        try:
            operations.log_look_up(
                actor=request.actor, holding_id=holding_id, link=data["link"], looked_on=data["looked_on"] or request.today,
                confirmed=data["confirmed"] == "yes", note=data["note"], now=request.now, today=request.today,
                screenshot=shot.body if shot else b"", media_type=shot.media_type if shot else "",
            )  # fmt: skip
        except DomainError as error:
            field = {"look_up.link": "link", "look_up.future": "looked_on"}.get(error.code, "note")
            outcome.put(error=error, form=form, field=field)
        else:
            messages.success(request, _("Noted: where, when, and that it was you."))
            return redirect("holding", holding_id)
    return _form(request, held, form, "evidence/look_up.html")


@access.signed_in(action="evidence.change")
def late(request: access.Request, holding_id: UUID) -> HttpResponse:
    """Say what was done about something that came late. It stays late."""
    held = standing(request, holding_id)
    form = LateForm(access.posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            operations.note_late(actor=request.actor, holding_id=holding_id, text=form.cleaned_data["text"], now=request.now)
        except DomainError as error:
            outcome.put(error=error, form=form, field="text")
        else:
            messages.success(request, _("Saved."))
            return redirect("holding", holding_id)
    return _form(request, held, form, "evidence/late.html")


@require_POST
@access.signed_in(action="evidence.change")
def dispute(request: access.Request, holding_id: UUID) -> HttpResponse:
    """Somebody says that it is wrong: it does not count until that is settled. The same button settles it."""
    if request.POST.get("settled"):
        operations.end_dispute(actor=request.actor, holding_id=holding_id, now=request.now)
        messages.success(request, _("Settled. It counts again as it stands."))
    else:
        operations.dispute(actor=request.actor, holding_id=holding_id, now=request.now)
        messages.success(request, _("Marked. It does not count until this is settled."))
    return redirect("holding", queries.history(actor=request.actor, holding_id=holding_id)[0].id)


def standing(request: access.Request, holding_id: UUID) -> Any:
    """One that is in force: what was corrected or taken out takes nothing more. Raises NotFound."""
    held = queries.holding(actor=request.actor, holding_id=holding_id)
    if held.superseded_at is not None:
        raise NotFound
    return held


def add_photo(request: access.Request, holding_id: UUID, taken: Any) -> None:
    """Put what the intake left on a holding, if there is anything."""
    if taken is not None:
        operations.add_photo(
            actor=request.actor, holding_id=holding_id, body=taken.body, media_type=taken.media_type, name=taken.name,
            original=taken.original, original_type=taken.original_type, digital=taken.digital, doubt=taken.doubt,
            now=request.now,
        )  # fmt: skip


def _form(request: access.Request, held: Any, form: Any, template: str) -> HttpResponse:
    context = {"form": form, "held": held, "person": held.person, "name": _name(held.item)}
    return render(request, template, context, status=400 if form.errors else 200)


def _is_late(request: access.Request, held: Any) -> bool:
    """Late by its own day, whichever card of the item counts today."""
    cell = talent.row_of(actor=request.actor, person_id=held.person_id, on=request.today).cells.get(held.item_id)
    return cell is not None and any(one.holding_id == held.id for one in cell.lates)


def _items(request: access.Request) -> list[tuple[UUID, str]]:
    named = [(one.id, _name(one)) for one in skills.items(actor=request.actor)]
    return sorted(named, key=lambda one: one[1].casefold())


def _rule(request: access.Request, item_id: UUID) -> Any:
    return skills.rule(actor=request.actor, item_id=item_id, on=request.today, known_at=request.now)


def _name(item: Any) -> str:
    return label(item.names, language=answers.spoken())
