"""The rest of a kind of proof: its picture, its versions, and the same skill in other lists."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from skillmark.edges.web import access
from skillmark.edges.web.forms.kind_details import CodeForms, PictureForm, options, typed
from skillmark.edges.web.kinds import own, spoken
from skillmark.edges.web.versions import told
from skillmark.edges.web.views import outcome
from skillmark.errors import DomainError
from skillmark.rooms.credentials import operations, queries, rules


@access.signed_in(action="template.change")
def picture(request: access.Request, template_id: UUID) -> HttpResponse:
    """Design the picture: shape, colour, icon and words. “Show it” draws it and keeps nothing."""
    template = queries.template(actor=request.actor, template_id=template_id)
    shown = own(template=template, language=spoken(), giver=request.firm.name)
    form = PictureForm(request.POST if request.method == "POST" else None, initial=_drawn(template.current))
    if request.method == "POST" and form.is_valid() and "show" not in request.POST:
        try:
            operations.change_picture(
                actor=request.actor, template_id=template_id, language=spoken(), now=request.now, **form.cleaned_data
            )
        except DomainError as error:
            outcome.put(error=error, form=form, field="words")
        else:
            messages.success(request, _("Saved. New proofs get this picture."))
            return redirect("template", template_id)
    look = form.cleaned_data if form.is_bound and form.is_valid() else _drawn(template.current)
    context = {
        "kind": shown, "form": form, "options": options(form),
        "picture": rules.svg(title=shown.name, giver=request.firm.name, **look),
    }  # fmt: skip
    return render(request, "kinds/picture.html", context, status=400 if form.errors else 200)


def _drawn(version: Any) -> dict[str, str]:
    words = rules.said(texts=version.picture_words, language=spoken())[0]
    return {"shape": version.shape, "colour": version.colour, "icon": version.icon, "words": words}


@access.signed_in
def versions(request: access.Request, template_id: UUID) -> HttpResponse:
    """What a kind said at each time, what changed, and how many proofs were given in those words."""
    template = queries.template(actor=request.actor, template_id=template_id)
    found = queries.versions(actor=request.actor, template_id=template_id)
    context = {
        "kind": own(template=template, language=spoken(), giver=request.firm.name),
        "versions": told(versions=found, language=spoken(), giver=request.firm.name),
    }
    return render(request, "kinds/versions.html", context)


@access.signed_in(action="template.change")
def lists(request: access.Request, template_id: UUID) -> HttpResponse:
    """Name the same skill in other lists. Of a kind that follows an item they are changed at the item."""
    template = queries.template(actor=request.actor, template_id=template_id)
    if template.item_id is not None or template.current is None:
        return redirect("template", template_id)
    forms = CodeForms(request.POST if request.method == "POST" else None, initial=template.current.codes)
    if request.method == "POST" and forms.is_valid():
        try:
            operations.change_codes(actor=request.actor, template_id=template_id, codes=typed(forms), now=request.now)
        except DomainError as error:
            outcome.put(error=error, form=forms.forms[0])
        else:
            messages.success(request, _("Saved."))
            return redirect("template", template_id)
    context = {
        "kind": own(template=template, language=spoken(), giver=request.firm.name), "forms": forms,
        "wrong": next((form for form in forms if form.errors), None),
    }  # fmt: skip
    return render(request, "kinds/lists.html", context, status=400 if forms.is_bound else 200)
