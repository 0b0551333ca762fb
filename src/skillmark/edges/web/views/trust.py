"""Whom the firm trusts: givers on its own list, and lists of others that it follows. The owner changes, supervisors read."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from skillmark.desks import checking
from skillmark.edges.web import access, trusted
from skillmark.edges.web.forms.trust import FollowForm, GiverForm
from skillmark.edges.web.views import outcome
from skillmark.errors import DomainError
from skillmark.rooms.credentials import operations, queries
from skillmark.rooms.people import rules as people

# Which field is to blame when a rule says no.
_FIELDS = {
    "giver.issuer_unknown": "issuer",
    "giver.name_missing": "name",
    "giver.reason_missing": "words",
    "list.bad_address": "url",
    "list.keeper_missing": "keeper",
    "list.kind_unknown": "kind",
    "list.unreachable": "url",
}


@require_safe
@access.signed_in(action="check.read")
def trust(request: access.Request) -> HttpResponse:
    """Givers and lists that count for the firm, each with who put it there, when and why."""
    context = {
        "givers": queries.givers(actor=request.actor),
        "lists": [trusted.line(followed=one) for one in queries.followed(actor=request.actor)],
        "owner": people.may(request.actor, "trust.change"),
    }
    return render(request, "trust/trust.html", context)


@access.signed_in(action="trust.change")
def add(request: access.Request) -> HttpResponse:
    """Trust a giver by name and identifier."""
    form = GiverForm(access.posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.trust_giver(
                actor=request.actor,
                issuer=form.cleaned_data["issuer"],
                name=form.cleaned_data["name"],
                reason=form.said(),
                now=timezone.now(),
            )
        except DomainError as error:
            outcome.put(error=error, form=form, field=_FIELDS.get(error.code))
        else:
            messages.success(request, _("%(giver)s is on your list now.") % {"giver": made.name})
            return redirect("trust")
    return render(request, "trust/add.html", {"form": form}, status=400 if form.errors else 200)


@access.signed_in(action="trust.change")
def tell(request: access.Request, giver_id: UUID) -> HttpResponse:
    """Let a giver know, and show, that the firm accepts its proofs, or take that back: explained on GET, done on POST."""
    found = queries.giver(actor=request.actor, giver_id=giver_id)
    if request.method == "POST":
        told = request.POST.get("told") == "yes"
        operations.tell_giver(actor=request.actor, giver_id=giver_id, told=told, now=timezone.now())
        said = _("%(giver)s can see now that you accept their proofs.") if told else _("This is no longer shown.")
        messages.success(request, said % {"giver": found.name})
        return redirect("trust")
    return render(request, "trust/tell.html", {"giver": found})


@require_safe
@access.signed_in(action="check.read")
def accepted(request: access.Request) -> HttpResponse:
    """Which firms accept the proofs of this one, of those who have chosen to show it."""
    shown = {"firms": queries.accepted_by(org_id=request.actor.org_id), "public": not request.actor.sample}
    return render(request, "trust/accepted.html", shown)


@access.signed_in(action="trust.change")
def stop(request: access.Request, giver_id: UUID) -> HttpResponse:
    """Trust a giver no longer: asked on GET, done on POST."""
    found = queries.giver(actor=request.actor, giver_id=giver_id)
    if request.method == "POST":
        operations.stop_trusting(actor=request.actor, giver_id=giver_id, now=timezone.now())
        messages.success(request, _("%(giver)s is no longer on your list.") % {"giver": found.name})
        return redirect("trust")
    return render(request, "trust/stop.html", {"giver": found})


@access.signed_in(action="trust.change")
def follow(request: access.Request) -> HttpResponse:
    """Follow a list: it is read first, and its signature checked where it has one."""
    posted = request.method == "POST"
    form = FollowForm(request.POST, request.FILES) if posted else FollowForm()
    if posted and form.is_valid():
        data = form.cleaned_data
        try:
            made = checking.follow(
                actor=request.actor,
                kind=data["kind"],
                url=data["url"].strip(),
                keeper=data["keeper"].strip(),
                reason=data["reason"],
                body=data["file"].read() if data["file"] else b"",
                now=timezone.now(),
            )
        except DomainError as error:
            outcome.put(error=error, form=form, field=_FIELDS.get(error.code))
        else:
            said = ngettext("%(count)d giver is on this list.", "%(count)d givers are on this list.", made.entries)
            messages.success(request, said % {"count": made.entries})
            return redirect("trust")
    return render(request, "trust/follow.html", {"form": form}, status=400 if form.errors else 200)


@access.signed_in(action="trust.change")
def unfollow(request: access.Request, follow_id: UUID) -> HttpResponse:
    """Follow a list no longer: asked on GET, done on POST."""
    found = queries.followed_one(actor=request.actor, list_id=follow_id)
    if request.method == "POST":
        operations.stop_following(actor=request.actor, list_id=follow_id, now=timezone.now())
        messages.success(request, _("The list no longer counts for you."))
        return redirect("trust")
    return render(request, "trust/unfollow.html", {"line": trusted.line(followed=found)})
