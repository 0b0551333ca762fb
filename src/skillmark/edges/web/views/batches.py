"""Check many at once: hand them over, watch them go, read the answers."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import TooManyFilesSent
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from skillmark.desks import importers
from skillmark.edges.web import access, batches, checks, wording
from skillmark.edges.web.forms.batches import ACCEPTED, BatchForm
from skillmark.edges.web.views import outcome
from skillmark.errors import DomainError
from skillmark.rooms.credentials import operations, queries
from skillmark.rooms.people import rules as people

PAGE = 100
LATEST = 100


# Exempt only so far that too many files can be told in words: what writes anything goes through `_start`, which asks.
@csrf_exempt
@access.signed_in(action="check.make")
def new(request: access.Request) -> HttpResponse:
    """Hand over many things. They are written down at once and checked in the background."""
    try:
        request.FILES  # noqa: B018 – read here for the first time
    except TooManyFilesSent:
        form = BatchForm({})
        form.full_clean()
        form.errors.clear()
        form.add_error("uploads", _("These are more than 100 files. Put them into ZIP files, at most 200 into each."))
        return _page(request, form)
    return _start(request)


@csrf_protect
def _start(request: access.Request) -> HttpResponse:
    posted = request.method == "POST"
    form = BatchForm(request.POST, request.FILES) if posted else BatchForm()
    if posted and form.is_valid():
        files = form.files_given()
        rows = [*importers.rows_from_upload((file.name or "", file.read()) for file in files), *form.pasted()]
        name = form.cleaned_data["name"] or (files[0].name if len(files) == 1 else "") or _today()
        try:
            made = operations.start_batch(actor=request.actor, name=name, rows=rows, now=timezone.now())
        except DomainError as error:
            outcome.put(error=error, form=form, field="uploads" if files else "links")
        else:
            return redirect("batch", made.id)
    return _page(request, form)


def _page(request: access.Request, form: BatchForm) -> HttpResponse:
    return render(request, "batches/new.html", {"form": form, "accepted": ACCEPTED}, status=400 if form.errors else 200)


@require_safe
@access.signed_in(action="check.read")
def every(request: access.Request) -> HttpResponse:
    """The firm's checks of many, newest first."""
    return render(request, "batches/batches.html", {"batches": queries.batches(actor=request.actor)[:LATEST]})


@require_safe
@access.signed_in(action="check.read")
def batch(request: access.Request, batch_id: UUID) -> HttpResponse:
    """How far it is, and every row with its answer and the reason. `part=progress` is the first half alone."""
    found = queries.batch(actor=request.actor, batch_id=batch_id)
    context = {
        "batch": found,
        "done": found.total - found.left,
        "running": found.state in batches.OPEN,
        "words": batches.progress(batch=found),
        "may_check": people.may(request.actor, "check.make"),
    }
    if request.GET.get("part") == "progress":
        return render(request, "batches/_progress.html", context)
    chosen = request.GET.get("answer", "")
    chosen = chosen if checks.known(verdict=chosen) or chosen in (batches.FAILED, batches.WAITING) else ""
    lines = batches.lines(actor=request.actor, batch_id=batch_id)
    shown = [line for line in lines if not chosen or batches.key(line=line) == chosen]
    start = _number(request.GET.get("from", ""))
    context |= {
        "lines": shown[start : start + PAGE],
        "following": start + PAGE if start + PAGE < len(shown) else 0,
        "choices": batches.choices(found=lines, chosen=chosen),
        "chosen": chosen,
    }
    return render(request, "batches/batch.html", context)


@require_POST
@access.signed_in(action="check.make")
def turn(request: access.Request, batch_id: UUID) -> HttpResponse:
    """Stop, or go on where it stopped."""
    if request.POST.get("turn") == "on":
        operations.resume_batch(actor=request.actor, batch_id=batch_id, now=timezone.now())
        messages.success(request, _("It goes on."))
    else:
        operations.stop_batch(actor=request.actor, batch_id=batch_id, now=timezone.now())
        messages.success(request, _("Stopped. What was checked stays."))
    return redirect("batch", batch_id)


@require_safe
@access.signed_in(action="check.read")
def table(request: access.Request, batch_id: UUID) -> HttpResponse:
    """All rows for a spreadsheet program."""
    found = queries.batch(actor=request.actor, batch_id=batch_id)
    body = batches.as_csv(found=batches.lines(actor=request.actor, batch_id=batch_id))
    disposition = f'attachment; filename="checks-{found.created_at:%Y-%m-%d}.csv"'
    return HttpResponse(body, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": disposition})


def _today() -> str:
    return _("Checks of %(day)s") % {"day": wording.day(day=timezone.localdate())}


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0
