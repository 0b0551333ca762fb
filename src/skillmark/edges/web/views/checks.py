"""What the firm has checked: the list, one answer as it was said, checking again, watching, forgetting, the receipt."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from credcore.verify.record import load
from skillmark.desks import answers, checking, papers
from skillmark.edges.web import access, checks
from skillmark.edges.web.forms.trust import TrustForm
from skillmark.edges.web.views import outcome
from skillmark.errors import DomainError, NotFound
from skillmark.rooms.credentials import operations, queries
from skillmark.rooms.people import rules as people

PAGE = 50


@require_safe
@access.signed_in(action="check.read")
def kept_checks(request: access.Request) -> HttpResponse:
    """The last answer about each proof, newest first, narrowed by words and by answer. Each answer has its number."""
    search = request.GET.get("q", "").strip()
    verdict = checks.known(verdict=request.GET.get("answer", ""))
    counts = queries.check_counts(actor=request.actor)
    after = _cursor(request.GET.get("after", ""))
    found = queries.checks(actor=request.actor, verdict=verdict, text=search, after=after, most=PAGE + 1)
    context = {
        "lines": [checks.line(check=one) for one in found[:PAGE]],
        "following": found[PAGE - 1].id if len(found) > PAGE else None,
        "search": search,
        "verdict": verdict,
        "choices": checks.choices(counts=counts, chosen=verdict),
        "any": bool(counts),
    }
    return render(request, "checks/checks.html", context)


@require_safe
@access.signed_in(action="check.read")
def kept_check(request: access.Request, check_id: UUID) -> HttpResponse:
    """The answers about one item as they were said, with the other proofs of the same round and what came before."""
    check = queries.check(actor=request.actor, check_id=check_id)
    return _page(request, check=check)


@require_POST
@access.signed_in(action="check.make")
def again(request: access.Request, check_id: UUID) -> HttpResponse:
    """Check the same thing once more; the old answer stays."""
    check = queries.check(actor=request.actor, check_id=check_id)
    return _again(request, check=check)


@require_POST
@access.signed_in(action="check.make")
def watch(request: access.Request, check_id: UUID) -> HttpResponse:
    """Check it again every day and tell the owner when the answer changes, or no longer."""
    check = queries.check(actor=request.actor, check_id=check_id)
    on = request.POST.get("on") == "yes"
    operations.watch(actor=request.actor, item_id=check.item_id, on=on, now=timezone.now())
    if on:
        messages.success(request, _("We check it every day from now on, and tell you when the answer changes."))
    else:
        messages.success(request, _("We no longer check it by ourselves."))
    return redirect("kept-check", check.id)


@require_POST
@access.signed_in(action="trust.change")
def trust(request: access.Request, check_id: UUID) -> HttpResponse:
    """Trust the giver of this proof from now on, with a reason, and check the proof again."""
    check = queries.check(actor=request.actor, check_id=check_id)
    form = _form(check, data=request.POST)
    if not answers.kept(check=check).trustable:
        return redirect("kept-check", check.id)
    if form.is_valid():
        try:
            operations.trust_giver(
                actor=request.actor, issuer=check.giver_id, name=check.giver[:200], reason=form.said(), now=timezone.now()
            )
        except DomainError as error:
            outcome.put(error=error, form=form, field="words")
        else:
            messages.success(request, _("%(giver)s is on your list now.") % {"giver": check.giver})
            return _again(request, check=check)
    return _page(request, check=check, form=form)


@access.signed_in(action="trust.change")
def forget(request: access.Request, check_id: UUID) -> HttpResponse:
    """Delete what was checked and every answer about it: asked on GET, done on POST."""
    check = queries.check(actor=request.actor, check_id=check_id)
    if request.method == "POST":
        operations.forget_item(actor=request.actor, item_id=check.item_id, now=timezone.now())
        messages.success(request, _("Forgotten."))
        return redirect("kept-checks")
    rounds = queries.history_of(actor=request.actor, item_id=check.item_id)
    context = {"check": check, "name": checks.named(item=check.item), "count": len(rounds)}
    return render(request, "checks/forget.html", context)


@require_safe
@access.signed_in(action="check.read")
def receipt(request: access.Request, check_id: UUID) -> HttpResponse:
    """The answer on paper, with the signed document inside."""
    check = queries.check(actor=request.actor, check_id=check_id)
    body = papers.receipt(
        report=load(check.report),
        item=check.item,
        made_at=check.made_at,
        made_by=check.made_by,
        number=str(check.id),
        firm=request.firm.name,
        language=answers.spoken(),
        time_zone=request.site.time_zone,
    )
    return HttpResponse(
        body,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="check-{check.made_at:%Y-%m-%d}.pdf"'},
    )


def _again(request: access.Request, *, check: Any) -> HttpResponse:
    made = checking.recheck(actor=request.actor, item_id=check.item_id, now=timezone.now())
    newest = next((one for one in made if one.position == check.position), made[0])
    return redirect(_address(newest, several=len(made) > 1))


def _form(check: Any, *, data: QueryDict | None = None) -> TrustForm:
    """One for each proof on the page, told apart by its place."""
    return TrustForm(data, auto_id=f"id_{check.position}_%s")


def _page(request: access.Request, *, check: Any, form: TrustForm | None = None) -> HttpResponse:
    every = queries.history_of(actor=request.actor, item_id=check.item_id)
    found = sorted((one for one in every if one.round == check.round), key=lambda one: one.position)
    same = [one for one in every if one.position == check.position]
    newest = same[0]
    said = [answers.kept(check=one) for one in found]
    context = {
        "check": check,
        "item": check.item,
        "name": checks.named(item=check.item),
        "answers": said,
        "shown": [(one, form if form and one.kept.id == check.id else _form(one.kept)) for one in said],
        "several": len(found) > 1,
        "history": [line for line in checks.history(checks=same) if line.check.id != check.id],
        "newer": newest if newest.id != check.id else None,
        "owner": people.may(request.actor, "trust.change"),
        "may_check": people.may(request.actor, "check.make"),
        "form": form,
    }
    return render(request, "checks/check.html", context, status=400 if form and form.errors else 200)


def _address(check: Any, *, several: bool) -> str:
    return reverse("kept-check", args=[check.id]) + (f"#proof-{check.position}" if several else "")


def _cursor(text: str) -> UUID | None:
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None
