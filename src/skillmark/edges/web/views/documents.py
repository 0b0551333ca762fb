"""Work instructions: which revision holds, who was signed off on an older one, and how long they have."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from skillmark.desks import states
from skillmark.edges.web import access
from skillmark.edges.web.forms.items import DocumentForm, RevisionForm
from skillmark.edges.web.views import outcome
from skillmark.errors import DomainError
from skillmark.rooms.people import rules as roles
from skillmark.rooms.skills import operations, queries
from skillmark.rooms.skills.rules import label
from skillmark.rooms.talent import queries as talent
from skillmark.rooms.talent.rules import State


@access.signed_in(action="board.read")
def documents(request: access.Request) -> HttpResponse:
    """Every instruction with its revision in force."""
    revisions = queries.revisions(actor=request.actor, known_at=request.now)
    lines = []
    for one in queries.documents(actor=request.actor):
        found = revisions.get(one.id, [])
        in_force = [revision for revision in found if revision.effective_from <= request.today]
        coming = [revision for revision in found if revision.effective_from > request.today]
        lines.append((one, in_force[-1] if in_force else None, coming[0] if coming else None))
    may = roles.may(request.actor, "item.change")
    return render(request, "documents/documents.html", {"lines": lines, "may_change": may})


@access.signed_in(action="board.read")
def document(request: access.Request, document_id: UUID) -> HttpResponse:
    """One instruction: its revisions, and who must sign again."""
    language = "es" if (translation.get_language() or "en").startswith("es") else "en"
    found = queries.document(actor=request.actor, document_id=document_id)
    revisions = queries.revisions(actor=request.actor, known_at=request.now).get(found.id, [])
    initial = {"effective_from": request.today, "grace_days": 14, "severity": "sign"}
    form = RevisionForm(access.posted(request), initial=initial)
    may = roles.may(request.actor, "item.change")
    if request.method == "POST" and may and form.is_valid():
        try:
            operations.raise_revision(actor=request.actor, document_id=found.id, now=request.now, **form.cleaned_data)
        except DomainError as error:
            outcome.put(error=error, form=form, field="code")
        else:
            messages.success(request, _("Saved. Those signed off on an older revision are on the list below."))
            return redirect("document", found.id)
    shown = {
        "document": found, "revisions": list(reversed(revisions)), "again": _again(request, found.id, language),
        "form": form, "may_change": may, "yesterday": request.today - timedelta(days=1),
    }  # fmt: skip
    return render(request, "documents/document.html", shown, status=400 if form.errors else 200)


@access.signed_in(action="item.change")
def new(request: access.Request) -> HttpResponse:
    """Add an instruction by its code, from the items page."""
    language = "es" if (translation.get_language() or "en").startswith("es") else "en"
    items = [(str(one.id), label(one.names, language=language)) for one in queries.items(actor=request.actor)]
    form = DocumentForm(access.posted(request), items=items)
    if request.method == "POST" and form.is_valid():
        found = operations.add_document(actor=request.actor, code=form.cleaned_data["code"], now=request.now)
        if form.cleaned_data["item"]:
            operations.change_rule(
                actor=request.actor, item_id=UUID(form.cleaned_data["item"]), starts=request.today, document_id=found.id,
                now=request.now,
            )  # fmt: skip
        return redirect("document", found.id)
    return render(request, "documents/new.html", {"form": form}, status=400 if form.errors else 200)


def _again(request: access.Request, document_id: UUID, language: str) -> list[tuple[object, str, states.Said]]:
    """Who must sign again, for which item, and by when: the printable list."""
    rules = queries.rules_of(actor=request.actor, on=request.today, known_at=request.now)
    board = talent.board(actor=request.actor, on=request.today)
    found: list[tuple[object, str, states.Said]] = []
    for column in board.columns:
        if rules[column.id].document_id != document_id:
            continue
        for person in board.people:
            cell = board.rows[person.id].cells.get(column.id)
            if cell is not None and cell.state in {State.REVISION_GRACE, State.REVISION_OLD}:
                name = label(column.names, language=language)
                found.append((person, name, states.said(cell=cell, on=board.on)))
    return found
