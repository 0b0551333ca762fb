"""Give a class: bring the list, look at every row, give, print slips. Nothing is signed before somebody presses Give."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from time import monotonic
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from skillmark.desks import classes, previews, words
from skillmark.desks.people_table import FORMATS
from skillmark.edges.web import access, addresses, kinds, runs, wording
from skillmark.edges.web.forms.runs import ACCEPTED, RunForm, changes
from skillmark.edges.web.views import outcome
from skillmark.errors import DomainError
from skillmark.rooms.credentials import operations, queries
from skillmark.rooms.people import rules as people

PAGE, MENDED_AT_ONCE, LATEST = 100, 50, 100
SECONDS = 3.0
"""For so long the press of Give gives by itself: a class of thirty is done at once. The rest is done in the background."""


@require_safe
@access.signed_in(action="proof.give")
def every(request: access.Request) -> HttpResponse:
    """The firm's classes, newest first."""
    found = [(one, runs.progress(run=one)) for one in queries.runs(actor=request.actor)[:LATEST]]
    return render(request, "runs/runs.html", {"runs": found})


@access.signed_in(action="proof.give")
def new(request: access.Request) -> HttpResponse:
    """Bring a list: what for, who, and when it was seen."""
    initial = {"template": request.GET.get("template", ""), "observed_on": request.today}
    posted = access.posted(request)
    if posted is not None:
        posted = posted.copy()  # a ready-made kind that has become the firm's own since the page was shown
        posted["template"] = _own(request).get(posted.get("template", ""), posted.get("template", ""))
    form = RunForm(
        posted, request.FILES or None, kinds=runs.kind_choices(actor=request.actor, giver=request.firm.name),
        today=request.today, spoken=kinds.spoken(), initial=initial,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("run", _planned(request, form).id)
        except DomainError as error:
            brought = "file" if form.cleaned_data["file"] else "cells"
            outcome.put(error=error, form=form, field="note" if error.code.startswith("text.") else brought)
    return render(request, "runs/new.html", {"form": form, "accepted": ACCEPTED}, status=400 if form.errors else 200)


def _planned(request: access.Request, form: RunForm) -> Any:
    data, order = form.cleaned_data, request.site.date_order
    file = data["file"]
    if file is not None:
        found = classes.from_file(file.name or "", file.read(), on=request.today, order=order)
    else:
        found = classes.from_text(data["cells"], on=request.today, order=order)
    rows = [replace(one, level=data["level"]) if one.level is None and "level" not in one.said else one for one in found.rows]
    template_id = _template(request, data["template"])
    usual = _("Class of %(day)s") % {"day": wording.day(day=data["observed_on"])}
    run = operations.plan_run(
        actor=request.actor, template_id=template_id, name=data["name"] or (file.name if file else "") or usual,
        rows=rows, observed_on=data["observed_on"], note=data["note"],
        request_key=classes.request_key(template_id=template_id, rows=found.rows), now=request.now,
    )  # fmt: skip
    if run.state != "planned":
        messages.info(request, _("This list was brought already. Nobody gets a second proof; to give them anew, use Renew."))
    return run


def _own(request: access.Request) -> dict[str, str]:
    """The firm's own kinds by the key of the ready-made one that they came from."""
    return {one.ready_key: str(one.id) for one in queries.templates(actor=request.actor) if one.ready_key}


def _template(request: access.Request, key: str) -> UUID:
    try:
        return UUID(key)
    except ValueError:
        made: UUID = operations.add_ready_template(actor=request.actor, key=key, now=request.now).id
        return made


@access.signed_in(action="proof.give")
def run(request: access.Request, run_id: UUID) -> HttpResponse:
    """The rows to look at, how far it is, or what was given. `part=progress` is the bar alone."""
    found = queries.run(actor=request.actor, run_id=run_id)
    if found.state == "planned":
        return _look(request, found)
    context = {"run": found, "words": runs.progress(run=found), "running": found.state == "running"}
    if request.GET.get("part") == "progress":
        return render(request, "runs/_progress.html", context)
    lines = runs.lines(actor=request.actor, run_id=run_id)
    start = _number(request.GET.get("from", ""))
    to_keep = [line.row.number for line in lines if line.state == "due"]
    context |= {
        "lines": lines[start : start + PAGE],
        "following": start + PAGE if start + PAGE < len(lines) else 0,
        "slips": _slip_parts(to_keep),
        "unclaimed": len(to_keep),
        "halted": words.problem(found.problem),
        "today": request.today,
        "may_renew": found.done and found.version.template.state == "live",
    }
    return render(request, "runs/run.html", context)


def _look(request: access.Request, found: Any) -> HttpResponse:
    wrong = queries.run_rows(actor=request.actor, run_id=found.id, problems=True, most=MENDED_AT_ONCE)
    ready = queries.run_rows(actor=request.actor, run_id=found.id, states=["waiting"], most=PAGE)
    first = next((row for row in ready if not row.problem), None)
    context = {
        "run": found,
        "title": kinds.own(template=found.version.template, language=kinds.spoken(), giver=request.firm.name).name,
        "mends": runs.mends(actor=request.actor, rows=wrong),
        "ready": [row for row in ready if not row.problem],
        "proof": _preview(request, found, first) if first else None,
        "language": _language(request, first) if first else "",
    }
    return render(request, "runs/look.html", context)


def _language(request: access.Request, row: Any) -> str:
    return str(row.person.language if row.person else row.language or request.firm.language)


def _preview(request: access.Request, found: Any, row: Any) -> Any:
    answer = previews.preview(
        actor=request.actor, key=found.version.template_id, language=_language(request, row),
        person_name=row.person.name if row.person else row.name, level=row.level if found.version.level_asked else None,
        observed_on=row.observed_on or found.observed_on, note=found.note, now=request.now,
    )  # fmt: skip
    return answer.proof


@require_POST
@access.signed_in(action="proof.give")
def mend(request: access.Request, run_id: UUID) -> HttpResponse:
    """Keep what was typed, leave rows out, or take them in again; then look again."""
    if "leave_out" in request.POST or "back" in request.POST:
        operations.leave_out_rows(actor=request.actor, run_id=run_id, back="back" in request.POST, now=request.now)
    else:
        operations.mend_rows(actor=request.actor, run_id=run_id, changes=changes(request.POST), now=request.now)
    return redirect("run", run_id)


@require_POST
@access.signed_in(action="proof.give")
def start(request: access.Request, run_id: UUID) -> HttpResponse:
    """Give: as many as the button said."""
    count = _number(request.POST.get("count", ""))
    try:
        operations.start_run(actor=request.actor, run_id=run_id, count=count, now=request.now)
    except DomainError as error:
        if error.code == "not_found":
            raise
        messages.error(request, words.sentence(error.code, error.facts))
        return redirect("run", run_id)
    until = monotonic() + SECONDS
    while monotonic() < until and operations.do_rows(run_id=run_id, now=request.now):
        pass
    return redirect("run", run_id)


@require_POST
@access.signed_in(action="proof.give")
def turn(request: access.Request, run_id: UUID) -> HttpResponse:
    """Stop, or go on where it stopped."""
    if request.POST.get("turn") == "on":
        operations.resume_run(actor=request.actor, run_id=run_id, now=request.now)
        messages.success(request, _("It goes on."))
    else:
        operations.stop_run(actor=request.actor, run_id=run_id, now=request.now)
        messages.success(request, _("Stopped. What was given stays."))
    return redirect("run", run_id)


@access.signed_in(action="proof.give")
def slips(request: access.Request, run_id: UUID) -> HttpResponse:
    """Slips with new codes, and the PINs on sheets of their own at the end, for those who have not kept theirs."""
    found = queries.run(actor=request.actor, run_id=run_id)
    if request.method != "POST":
        return redirect("run", run_id)
    after = _number(request.POST.get("after", ""))
    made = operations.make_slips(actor=request.actor, run_id=run_id, after=after, now=request.now)
    if not made:
        messages.info(request, _("Everybody has kept their proof already."))
        return redirect("run", run_id)
    address = {"request": request, "base_url": request.firm.base_url}
    body = classes.slips_pdf(
        slips=made, giver=request.firm.name, language=kinds.spoken(), title=found.name,
        typed=addresses.full(path="/k", **address),
        link=lambda code: addresses.full(path=f"/k/{people.plain_code(code)}", **address),
    )  # fmt: skip
    disposition = f'attachment; filename="slips-{request.today:%Y-%m-%d}.pdf"'
    return HttpResponse(body, content_type="application/pdf", headers={"Content-Disposition": disposition})


@require_safe
@access.signed_in(action="proof.give")
def table(request: access.Request, run_id: UUID) -> HttpResponse:
    """The class as an Excel file, with where each proof stands."""
    body = classes.class_table(
        actor=request.actor, run_id=run_id,
        link=lambda one: addresses.full(request=request, base_url=request.firm.base_url, path=f"/verify/{one}"),
    )  # fmt: skip
    disposition = f'attachment; filename="class-{request.today:%Y-%m-%d}.xlsx"'
    return HttpResponse(body, content_type=FORMATS["xlsx"], headers={"Content-Disposition": disposition})


@require_POST
@access.signed_in(action="proof.give")
def renew(request: access.Request, run_id: UUID) -> HttpResponse:
    """The same people anew: a list to look at first."""
    try:
        day = date.fromisoformat(request.POST.get("observed_on", ""))
    except ValueError:
        messages.error(request, _("Say on which day you saw it."))
        queries.run(actor=request.actor, run_id=run_id)
        return redirect("run", run_id)
    made = operations.renew_run(actor=request.actor, run_id=run_id, observed_on=day, now=request.now)
    return redirect("run", made.id)


def _slip_parts(numbers: list[int]) -> list[tuple[int, int, int]]:
    """(after which row, first, last) of each file of slips."""
    most = operations.MOST_SLIPS
    return [(numbers[at] - 1, at + 1, min(at + most, len(numbers))) for at in range(0, len(numbers), most)]


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0
