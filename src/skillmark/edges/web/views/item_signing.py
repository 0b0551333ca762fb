"""How a firm signs an item off itself: its method, steps, levels, and who may sign."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from skillmark.edges.web import access, persons
from skillmark.edges.web.forms.item_signing import SigningForm, initial
from skillmark.edges.web.views import outcome
from skillmark.errors import DomainError
from skillmark.rooms.holdings import operations as holdings
from skillmark.rooms.holdings import queries
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Role
from skillmark.rooms.skills import operations
from skillmark.rooms.skills import queries as skills
from skillmark.rooms.skills.rules import label

_FIELD = {"item.how_missing": "how_en", "item.steps_many": "steps_en", "item.code_wrong": "framework_0"}


@access.signed_in(action="item.change")
def signing(request: access.Request, item_id: UUID) -> HttpResponse:
    """Say it anew. What was signed before stays as it was signed, by the words of then."""
    found = skills.item(actor=request.actor, item_id=item_id)
    signers = [one for one in people.members(actor=request.actor) if one.role in {Role.OWNER, Role.SUPERVISOR}]
    form = SigningForm(
        access.posted(request), members=[(str(one.user_id), one.user.name) for one in signers],
        initial=initial(item=found, signers=queries.signers(actor=request.actor, item_id=item_id)),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                operations.change_signing(actor=request.actor, item_id=item_id, now=request.now, **form.said())
                user_ids = form.user_ids()
                holdings.set_signers(actor=request.actor, item_id=item_id, user_ids=user_ids, now=request.now)
        except DomainError as error:
            outcome.put(error=error, form=form, field=_FIELD.get(error.code, "steps_en"))
        else:
            messages.success(request, _("Saved. It holds for what is signed from now on."))
            return redirect("item", item_id)
    shown = {"form": form, "item": found, "name": label(found.names, language=persons.language())}
    return render(request, "items/signing.html", shown, status=400 if form.errors else 200)
