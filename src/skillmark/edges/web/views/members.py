"""Supervisors' phones: invite one by QR code and PIN, see who has access, take it away."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from skillmark.desks import pictures
from skillmark.edges.web import access, addresses
from skillmark.edges.web.forms.settings import InviteForm
from skillmark.edges.web.views import outcome
from skillmark.errors import DomainError, NotFound
from skillmark.rooms.people import operations, queries, rules


@access.signed_in(action="member.invite")
def members(request: access.Request) -> HttpResponse:
    """Everyone with access, open invitations, and the form for a new one. Code and PIN are shown once, in this answer."""
    now = timezone.now()
    form = InviteForm(access.posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            invitation, code, pin = operations.invite_supervisor(actor=request.actor, name=form.cleaned_data["name"], now=now)
        except DomainError as error:
            outcome.put(error=error, form=form, field="name")
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
def remove(request: access.Request, member_id: UUID) -> HttpResponse:
    """Take a supervisor's access away: asked on GET, done on POST."""
    found = next((member for member in queries.members(actor=request.actor) if member.id == member_id), None)
    if found is None:
        raise NotFound
    if found.user_id == request.actor.user_id:
        return redirect("members")
    if request.method == "POST":
        operations.remove_member(actor=request.actor, member_id=member_id, now=timezone.now())
        messages.success(request, _("%(name)s can no longer sign in here.") % {"name": found.user.name})
        return redirect("members")
    return render(request, "settings/member_remove.html", {"member": found})
