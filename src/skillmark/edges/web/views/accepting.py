"""The switch "accept for this position": one card counts as another, from today on. The board follows at once."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from skillmark.desks import answers
from skillmark.edges.web import access, explained
from skillmark.edges.web.views import outcome
from skillmark.errors import DomainError, NotFound
from skillmark.rooms.skills import operations, queries
from skillmark.rooms.skills.rules import LinkKind, label


@access.signed_in(action="item.change")
def accept(request: access.Request, item_id: UUID) -> HttpResponse:
    """Accept an item in place of another, for one position or for all."""
    item = queries.item(actor=request.actor, item_id=item_id)
    form = explained.accept_form(request=request, item=item, data=request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.link(
                actor=request.actor, kind=LinkKind.SATISFIES, first_id=item_id, second_id=form.other_id(),
                position_id=form.position_id(), starts=request.today, now=request.now,
            )  # fmt: skip
        except DomainError as error:
            outcome.put(error=error, form=form, field="other")
        else:
            messages.success(request, _("Accepted. The board follows from today on."))
            return redirect("item", item_id)
    context = {"form": form, "item": item, "name": label(item.names, language=answers.spoken())}
    return render(request, "evidence/accept.html", context, status=400 if form.errors else 200)


@require_POST
@access.signed_in(action="item.change")
def stop(request: access.Request, item_id: UUID, link_id: UUID) -> HttpResponse:
    """Accept it no longer."""
    links = queries.links(actor=request.actor, on=request.today, known_at=request.now)
    if not any(one.id == link_id and one.first_id == item_id and one.kind == LinkKind.SATISFIES for one in links):
        raise NotFound
    operations.unlink(actor=request.actor, link_id=link_id, now=request.now)
    messages.success(request, _("No longer accepted there."))
    return redirect("item", item_id)
