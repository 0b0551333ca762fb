"""Let one person do without one item for a while, and take it back."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from skillmark.edges.web import access
from skillmark.edges.web.forms.items import ExemptionForm
from skillmark.edges.web.views import outcome
from skillmark.errors import DomainError
from skillmark.rooms.people import queries as people
from skillmark.rooms.skills import queries as skills
from skillmark.rooms.skills.rules import label
from skillmark.rooms.talent import operations


@access.signed_in(action="evidence.change")
def exempt(request: access.Request, person_id: UUID, item_id: UUID) -> HttpResponse:
    """Ask for the reason and the last day."""
    person = people.person(actor=request.actor, person_id=person_id)
    item = skills.item(actor=request.actor, item_id=item_id)
    language = "es" if (translation.get_language() or "en").startswith("es") else "en"
    form = ExemptionForm(access.posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            operations.exempt(
                actor=request.actor, person_id=person.id, item_id=item.id, starts=request.today, now=request.now,
                **form.cleaned_data,
            )  # fmt: skip
        except DomainError as error:
            outcome.put(error=error, form=form)
        else:
            messages.success(request, _("Saved. They do not count towards a head-count meanwhile."))
            return redirect("person", person.id)
    shown = {"form": form, "person": person, "name": label(item.names, language=language)}
    return render(request, "items/exempt.html", shown, status=400 if form.errors else 200)


@access.signed_in(action="evidence.change")
@require_POST
def end(request: access.Request, exemption_id: UUID) -> HttpResponse:
    """From today on it is asked for again; the days before keep the exemption."""
    last = request.today - timedelta(days=1)
    operations.end_exemption(actor=request.actor, exemption_id=exemption_id, last=last, now=request.now)
    messages.success(request, _("Saved."))
    return redirect("home")
