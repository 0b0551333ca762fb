"""Bring in a list of people in four screens: hand it over, look at its columns, look at its rows, saved."""

from __future__ import annotations

from dataclasses import replace
from time import monotonic
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from skillmark.desks import words
from skillmark.desks.importers import fixing, people_lists, roster, sample, saving
from skillmark.desks.people_table import FORMATS, people_table
from skillmark.edges.web import access, imports
from skillmark.edges.web.forms.imports import ACCEPTED, ListForm, mended, numbered
from skillmark.edges.web.views import outcome
from skillmark.errors import DomainError
from skillmark.rooms.imports import operations, queries, rules
from skillmark.rooms.imports.rules import State

SECONDS = 20.0
"""For so long one request saves; what is left is gone on with by a press of a button."""


@access.signed_in(action="import.make")
def start(request: access.Request) -> HttpResponse:
    """Hand over a file or cells, or try the sample."""
    form = ListForm(access.posted(request), request.FILES or None)
    if request.method == "POST":
        if "sample" in request.POST:
            cells = sample.text(on=request.today)
            return _open(request, _("Sample sheet"), roster.paste(cells), cells.encode())
        if form.is_valid():
            try:
                return _handed_over(request, form)
            except DomainError as error:
                outcome.put(error=error, form=form, field="file" if form.cleaned_data["file"] else "cells")
    context = {"form": form, "accepted": ACCEPTED, "imports": _past(request)}
    return render(request, "imports/start.html", context, status=400 if form.errors else 200)


def _handed_over(request: access.Request, form: ListForm) -> HttpResponse:
    file = form.cleaned_data["file"]
    if file is not None:
        data = file.read()
        return _open(request, file.name or "", roster.read(file.name or "", data), data)
    cells = form.cleaned_data["cells"]
    return _open(request, _("Pasted cells"), roster.paste(cells), cells.encode())


def _open(request: access.Request, name: str, tables: list[roster.Table], data: bytes) -> HttpResponse:
    run = people_lists.open_list(
        actor=request.actor, name=name, tables=tables, data=data, now=request.now, on=request.today
    )  # fmt: skip
    return redirect("import-one", run.id)


def _past(request: access.Request) -> list[dict[str, Any]]:
    return [
        {"run": run, "can_undo": rules.can_undo(state=run.state, saved_at=run.saved_at, now=request.now)}
        for run in queries.imports(actor=request.actor)
    ]


@access.signed_in(action="import.make")
def one(request: access.Request, import_id: UUID) -> HttpResponse:
    """The columns of a list that is open; else how far it is, or what it has done."""
    run = queries.one(actor=request.actor, import_id=import_id)
    if run.state != State.OPEN:
        return _done(request, run)
    if request.method == "POST":
        return _columns_chosen(request, import_id)
    looked = _look(request, import_id)
    context = {
        "looked": looked,
        "run": looked.run,
        "columns": imports.column_lines(looked),
        "asks": imports.asks(looked),
        "needs": imports.need_lines(looked),
        "error": words.sentence(looked.plan.errors[0], {}) if looked.plan.errors else "",
        "left_out": imports.left_out(looked),
        "may_add": people_lists.may_add(request.actor),
    }
    return render(request, "imports/columns.html", context)


def _columns_chosen(request: access.Request, import_id: UUID) -> HttpResponse:
    looked = _look(request, import_id)
    sheet = request.POST.get("sheet", "")
    if sheet.isdecimal() and len(sheet) < 3 and int(sheet) != looked.sheet and int(sheet) < len(looked.sheets):
        people_lists.decide(
            actor=request.actor, import_id=import_id, answers=roster.Answers(), needs={}, sheet=int(sheet), now=request.now
        )  # fmt: skip
        return redirect("import-one", import_id)
    answers = _with_questions(request, replace(looked.answers, columns=numbered(request.POST, "c")))
    names = list(looked.needs)
    needs = {names[at]: who for at, who in numbered(request.POST, "n").items() if at < len(names)}
    people_lists.decide(
        actor=request.actor, import_id=import_id, answers=answers, needs=needs, sheet=looked.sheet, now=request.now
    )  # fmt: skip
    if _look(request, import_id).plan.errors:
        return redirect("import-one", import_id)
    return redirect("import-look", import_id)


def _with_questions(request: access.Request, answers: roster.Answers) -> roster.Answers:
    """The answers with those to the questions on the page; what was not on it stays."""
    return replace(
        answers,
        date_order=request.POST.get("date_order", answers.date_order),
        count_from=request.POST.get("count_from", answers.count_from),
        mark=request.POST.get("mark", answers.mark),
    )


@access.signed_in(action="import.make")
def look(request: access.Request, import_id: UUID) -> HttpResponse:
    """What would be saved, row by row, and what has to be mended first. Looking again or saving keeps what was typed."""
    run = queries.one(actor=request.actor, import_id=import_id)
    if run.state != State.OPEN:
        return redirect("import-one", import_id)
    if request.method == "POST":
        before = _look(request, import_id)
        after = _mended(request, before)
        if "save" in request.POST and not _still_wrong(before, after):
            return _save(request, import_id)
        return redirect("import-look", import_id)
    looked = _look(request, import_id)
    if looked.plan.errors:
        return redirect("import-one", import_id)
    count = looked.plan.count
    context = {
        "looked": looked,
        "run": looked.run,
        "rows": len(looked.plan.rows),
        "new": count(roster.State.NEW),
        "changed": count(roster.State.CHANGED),
        "problem": count(roster.State.PROBLEM),
        "twice": sum(row.state is roster.State.TWICE for row in looked.plan.rows),
        "same": count(roster.State.SAME),
        "asks": imports.asks(looked, open_only=True),
        "problems": imports.problem_lines(looked),
        "new_lines": imports.new_lines(looked),
        "changed_lines": imports.changed_lines(looked),
        "notes": imports.notes(looked),
        "made": [*looked.plan.new_items, *(name for names in looked.plan.new_places.values() for name in names)],
        "may_add": people_lists.may_add(request.actor),
    }
    return render(request, "imports/look.html", context)


def _mended(request: access.Request, looked: people_lists.Looked) -> people_lists.Looked:
    """Keep what was typed on the page, and look again."""
    choices = {row: key for row, key in numbered(request.POST, "r").items() if key}
    answers = replace(
        _with_questions(request, looked.answers),
        cells={**looked.answers.cells, **mended(request.POST)},
        rows={**looked.answers.rows, **choices},
        update=request.POST.get("update", "yes" if looked.answers.update else "no") == "yes",
    )
    people_lists.decide(
        actor=request.actor, import_id=looked.run.id, answers=answers, needs=looked.needs, sheet=looked.sheet, now=request.now
    )  # fmt: skip
    return _look(request, looked.run.id)


def _still_wrong(before: people_lists.Looked, after: people_lists.Looked) -> bool:
    """Whether something was typed on this page that does not help, or that asks something new: then nobody wants it saved."""
    touched = {
        int(name.partition(":")[0]) for name, text in after.answers.cells.items() if before.answers.cells.get(name) != text
    }
    wrong = {row.number for row in after.plan.rows if row.state is roster.State.PROBLEM}
    already = {row.number for row in before.plan.rows if row.state is roster.State.PROBLEM}
    changed = {
        number for number in touched & wrong if _problems(before, number) != _problems(after, number)
    }  # fmt: skip
    return bool(changed or wrong - already)


def _problems(looked: people_lists.Looked, number: int) -> list[tuple[str, str]]:
    return [(one.code, one.text) for row in looked.plan.rows if row.number == number for one in row.problems]


@require_POST
@access.signed_in(action="import.make")
def go_on(request: access.Request, import_id: UUID) -> HttpResponse:
    """Save what is left of a list that stopped midway."""
    return _save(request, import_id)


def _save(request: access.Request, import_id: UUID) -> HttpResponse:
    until = monotonic() + SECONDS
    try:
        saving.save(
            actor=request.actor,
            import_id=import_id,
            now=request.now,
            on=request.today,
            tell=lambda _done, _total: monotonic() < until,
        )
    except DomainError as error:
        messages.error(request, words.sentence(error.code, error.facts))
        state = queries.one(actor=request.actor, import_id=import_id).state
        return redirect("import-look" if state == State.OPEN else "import-one", import_id)
    return redirect("import-one", import_id)


def _done(request: access.Request, run: Any) -> HttpResponse:
    context = {
        "run": run,
        "can_undo": rules.can_undo(state=run.state, saved_at=run.saved_at, now=request.now),
        "until": run.saved_at + rules.UNDO if run.saved_at else None,
        "kept": bool(run.sheets),
    }
    return render(request, "imports/done.html", context)


@require_safe
@access.signed_in(action="import.make")
def to_fix(request: access.Request, import_id: UUID) -> HttpResponse:
    """The rows that need a look, as an Excel file."""
    body = fixing.rows_to_fix(_look(request, import_id))
    disposition = 'attachment; filename="to-fix.xlsx"'
    return HttpResponse(body, content_type=FORMATS["xlsx"], headers={"Content-Disposition": disposition})


@require_safe
@access.signed_in(action="people.change")
def people_file(request: access.Request, format: str) -> HttpResponse:
    """Everyone as an Excel or CSV file, as this importer reads it back."""
    if format not in FORMATS:
        raise Http404
    body = people_table(actor=request.actor, format=format, now=request.now, on=request.today)
    disposition = f'attachment; filename="people-{request.today:%Y-%m-%d}.{format}"'
    return HttpResponse(body, content_type=FORMATS[format], headers={"Content-Disposition": disposition})


@require_POST
@access.signed_in(action="import.make")
def undo(request: access.Request, import_id: UUID) -> HttpResponse:
    """Take an import back."""
    run = operations.undo(actor=request.actor, import_id=import_id, now=request.now, today=request.today)
    messages.success(request, _("Undone. What was changed since is left alone.") if run.left_alone else _("Undone."))
    return redirect("import-one", import_id)


@require_POST
@access.signed_in(action="import.make")
def forget(request: access.Request, import_id: UUID) -> HttpResponse:
    """Throw away a list that was not saved."""
    operations.forget(actor=request.actor, import_id=import_id, now=request.now)
    messages.success(request, _("Thrown away. Nothing was saved."))
    return redirect("import")


def _look(request: access.Request, import_id: UUID) -> people_lists.Looked:
    return people_lists.look(actor=request.actor, import_id=import_id, now=request.now, on=request.today)
