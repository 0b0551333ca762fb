"""Kinds of proof: the firm's own list, one of them, a new one, a change of its words."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from skillmark.desks import previews
from skillmark.desks import words as sentences
from skillmark.edges.web import access
from skillmark.edges.web.forms.kinds import KindForm
from skillmark.edges.web.kinds import own, spoken
from skillmark.edges.web.views import outcome
from skillmark.errors import DomainError
from skillmark.rooms.credentials import operations, queries
from skillmark.rooms.people import rules as people
from skillmark.rooms.skills.rules import label


@access.signed_in
def kinds(request: access.Request) -> HttpResponse:
    """What this firm gives proofs for."""
    found = queries.templates(actor=request.actor)
    mine = [own(template=template, language=spoken(), giver=request.firm.name) for template in found]
    return render(request, "kinds/kinds.html", {"kinds": mine, "may_change": people.may(request.actor, "template.change")})


@access.signed_in
def kind(request: access.Request, template_id: UUID) -> HttpResponse:
    """One kind: its picture, and what the next employer will see of a proof of it."""
    template = queries.template(actor=request.actor, template_id=template_id)
    shown = own(template=template, language=spoken(), giver=request.firm.name)
    sample = previews.sample(actor=request.actor, key=template_id, language=spoken(), on=request.today, now=request.now)
    context = {
        "kind": shown, "answer": sample, "checked_at": request.now, "item": template.item,
        "renewal": label(template.item.explained.get("renewal", {}), language=spoken()) if template.item else "",
        "may_change": people.may(request.actor, "template.change"), "may_give": people.may(request.actor, "proof.give"),
    }  # fmt: skip
    return render(request, "kinds/kind.html", context)


@require_POST
@access.signed_in(action="proof.give")
def of_item(request: access.Request, item_id: UUID) -> HttpResponse:
    """Go to the kind of proof of an item, made with its present words if it is not there yet."""
    try:
        found = operations.template_of_item(actor=request.actor, item_id=item_id, now=request.now)
    except operations.CannotMakeTemplate as error:
        messages.error(request, sentences.sentence(error.code, error.facts))
        return redirect("item", item_id)
    return redirect("template", found.id)


@access.signed_in(action="template.change")
def new(request: access.Request) -> HttpResponse:
    """Make a kind of one's own. From the giving page it goes on to giving."""
    form = KindForm(request.POST if request.method == "POST" else None, initial={"language": spoken()})
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.make_template(actor=request.actor, now=request.now, **form.cleaned_data)
        except DomainError as error:
            outcome.put(error=error, form=form, field=blame(error, form))
        else:
            if request.POST.get("next") == "give":
                return redirect("give-who", str(made.id))
            messages.success(request, _("“%(name)s” is ready to be given.") % {"name": form.cleaned_data["name"]})
            return redirect("template", made.id)
    asked = request.POST.get("next") or request.GET.get("next")
    context = {"form": form, "next": "give" if asked == "give" else ""}
    return render(request, "kinds/new.html", context, status=400 if form.errors else 200)


@access.signed_in(action="template.change")
def words(request: access.Request, template_id: UUID) -> HttpResponse:
    """Change what a kind says. Proofs already given keep the words that they were given with."""
    template = queries.template(actor=request.actor, template_id=template_id)
    if template.item_id is not None:
        return redirect("template", template_id)
    language = _written(template, wanted=request.firm.language)
    form = KindForm(request.POST if request.method == "POST" else None, initial=_typed(template, language=language))
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_template(actor=request.actor, template_id=template_id, now=request.now, **form.cleaned_data)
        except DomainError as error:
            outcome.put(error=error, form=form, field=blame(error, form))
        else:
            messages.success(request, _("Saved."))
            return redirect("template", template_id)
    context = {"form": form, "kind": own(template=template, language=spoken(), giver=request.firm.name)}
    return render(request, "kinds/words.html", context, status=400 if form.errors else 200)


def _written(template: Any, *, wanted: str) -> str:
    """The language in which a kind is shown for changing: the firm's own if it has words in it."""
    names: dict[str, str] = template.current.name
    return wanted if wanted in names else next(iter(names))


def _typed(template: Any, *, language: str) -> dict[str, Any]:
    before = own(template=template, language=language, giver="")
    return {
        "name": before.name, "did": before.did, "how": before.how, "method": before.method, "months": before.months or "",
        "level_asked": before.level_asked, "steps": "\n".join(before.steps), "language": language,
    }  # fmt: skip


@access.signed_in(action="template.change")
def retire(request: access.Request, template_id: UUID) -> HttpResponse:
    """Take a kind off the list. Proofs already given stay as they are."""
    template = queries.template(actor=request.actor, template_id=template_id)
    if template.item_id is not None:
        return redirect("template", template_id)
    if request.method == "POST":
        operations.archive_template(actor=request.actor, template_id=template_id, now=request.now)
        messages.success(request, _("Taken off your list. Proofs already given stay as they are."))
        return redirect("templates")
    context = {"kind": own(template=template, language=spoken(), giver=request.firm.name)}
    return render(request, "kinds/retire.html", context)


def blame(error: DomainError, form: KindForm) -> str | None:
    """The field that an error of the room is about: the one with the words that it quotes, or its code ends in
    `<field>_missing`, `<field>_too_long`…"""
    if error.code.startswith("text."):
        typed = (name for name in ("name", "did", "how", "steps") if error.facts["words"] in str(form[name].value()))
        return next(typed, None)
    word = error.code.rsplit(".", 1)[-1].split("_", 1)[0]
    return {"step": "steps"}.get(word, word) if word in ("name", "did", "how", "step", "steps") else None
