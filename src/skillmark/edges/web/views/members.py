"""Who has access: invite a supervisor or an auditor by QR code and PIN, say for which sites and days, take it away."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from skillmark.desks import pictures
from skillmark.edges.web import access, addresses, persons
from skillmark.edges.web.forms.members import AccessForm, InviteForm
from skillmark.edges.web.views import outcome
from skillmark.errors import DomainError, NotFound
from skillmark.rooms.people import operations, queries, rules


@access.signed_in(action="member.invite")
def members(request: access.Request) -> HttpResponse:
    """Everyone with access, open invitations, and the form for a new one. Code and PIN are shown once, in this answer."""
    now = timezone.now()
    form = InviteForm(access.posted(request), sites=persons.choices(actor=request.actor)["site_id"])
    if request.method == "POST" and form.is_valid():
        try:
            invitation, code, pin = operations.invite(actor=request.actor, now=now, **form.said())
        except DomainError as error:
            outcome.put(error=error, form=form, field=_field(error))
        else:
            link = addresses.full(
                request=request, base_url=request.firm.base_url, path=f"{reverse('join')}?{urlencode({'code': code})}"
            )
            shown = {
                "invitation": invitation,
                "code": rules.shown_code(code),
                "pin": pin,
                "link": link,
                "only_here": addresses.only_here(url=link),
                "qr": pictures.qr_svg(text=link),
            }
            return render(request, "settings/invited.html", shown)
    shown = {
        "form": form,
        "members": queries.members(actor=request.actor),
        "invitations": queries.invitations(actor=request.actor, now=now),
    }
    return render(request, "settings/members.html", shown, status=400 if form.errors else 200)


@access.signed_in(action="member.invite")
def member(request: access.Request, member_id: UUID) -> HttpResponse:
    """Change for which sites and days a supervisor or an auditor has access."""
    found = _one(request, member_id)
    if found.role == rules.Role.OWNER:
        return redirect("members")
    initial = {name: getattr(found, name) for name in ("until", "read_from", "read_until")}
    form = AccessForm(
        access.posted(request), sites=persons.choices(actor=request.actor)["site_id"],
        role=found.role, initial=initial | {"sites": [str(one.id) for one in found.sites.all()]},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            operations.change_member(actor=request.actor, member_id=found.id, now=timezone.now(), **form.said())
        except DomainError as error:
            outcome.put(error=error, form=form, field=_field(error))
        else:
            messages.success(request, _("Saved. It holds from their next page on."))
            return redirect("members")
    return render(request, "settings/member.html", {"form": form, "member": found}, status=400 if form.errors else 200)


@access.signed_in(action="member.invite")
def remove(request: access.Request, member_id: UUID) -> HttpResponse:
    """Take somebody's access away: asked on GET, done on POST."""
    found = _one(request, member_id)
    if found.user_id == request.actor.user_id:
        return redirect("members")
    if request.method == "POST":
        operations.remove_member(actor=request.actor, member_id=member_id, now=timezone.now())
        messages.success(request, _("%(name)s can no longer sign in here.") % {"name": found.user.name})
        return redirect("members")
    return render(request, "settings/member_remove.html", {"member": found})


def _one(request: access.Request, member_id: UUID) -> Any:
    for one in queries.members(actor=request.actor):
        if one.id == member_id:
            return one
    raise NotFound


def _field(error: DomainError) -> str:
    if error.code == "member.days":
        return "read_until"
    return "until" if error.code.startswith("member.until") else "name"
