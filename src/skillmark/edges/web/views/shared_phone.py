"""A phone that several people sign on: make it one, take it over by PIN, hand it over; and the PIN itself."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from skillmark.desks import pictures, shared_phone
from skillmark.edges.web import access, addresses
from skillmark.edges.web.forms.sign_pins import ChoosePinForm, TakeOverForm
from skillmark.edges.web.views import outcome
from skillmark.errors import DomainError, NotFound
from skillmark.rooms.people import operations, queries


@access.signed_in(action="sign_off.make")
def settings(request: access.Request) -> HttpResponse:
    """What it means, and the button. Pressed, whoever pressed it is signed out: nobody is signed in on a shared phone."""
    holders = queries.pin_holders(actor=request.actor)
    if request.method == "POST" and request.user.is_authenticated:
        operations.start_shared_phone(actor=request.actor, now=timezone.now())
        user_id, org_id = request.user.pk, request.actor.org_id
        logout(request)
        shared_phone.start(request.session, by=user_id, org_id=org_id)
        return redirect("shared-phone-who")
    own = any(one.user_id == request.actor.user_id for one in holders)
    return render(request, "sign_off/shared_phone.html", {"holders": holders, "own": own})


@never_cache
def who(request: HttpRequest) -> HttpResponse:
    """Who is signing? A name and its PIN, on a phone that is shared; nowhere else."""
    now = timezone.now()
    host = shared_phone.host(request.session, now=now)
    if host is None or request.user.is_authenticated:
        return redirect("sign-off")
    holders = queries.pin_holders(actor=host)
    form = TakeOverForm(access.posted(request), members=[(str(one.id), one.user.name) for one in holders])
    firm = queries.organisation(actor=host)
    if request.method == "POST" and form.is_valid():
        member_id = UUID(form.cleaned_data["member"])
        try:
            user_id = operations.take_over(actor=host, member_id=member_id, pin=form.cleaned_data["pin"], now=now)
        except NotFound:
            return redirect("shared-phone-who")
        except DomainError as error:
            outcome.put(error=error, form=form, field="pin")
        else:
            request.session.cycle_key()
            shared_phone.take(request.session, user_id=user_id, now=now)
            return redirect(_next(request))
    shown = {"form": form, "holders": holders, "firm_name": firm.name, "next": _next(request)}
    return render(request, "sign_off/who.html", shown, status=400 if form.errors else 200)


@require_POST
def hand_over(request: HttpRequest) -> HttpResponse:
    """The phone goes to the next one. Nothing of this one stays on the screen."""
    if shared_phone.host(request.session, now=timezone.now()) is not None:  # told twice, the second time finds nothing to do
        shared_phone.lock(request.session)
        request.session.pop(access.DRAFT, None)
    return redirect("shared-phone-who")


@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    """It is no shared phone any more; whoever wants in signs in."""
    if not request.user.is_authenticated:
        request.session.flush()
    return redirect("sign-in")


@never_cache
@access.signed_in(action="sign_off.make")
def own_pin(request: access.Request) -> HttpResponse:
    """Choose one's own PIN, or another one."""
    form = ChoosePinForm(access.posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            operations.set_sign_pin(actor=request.actor, pin=form.cleaned_data["pin"], now=timezone.now())
        except DomainError as error:
            outcome.put(error=error, form=form, field="pin")
        else:
            messages.success(request, _("Your PIN is kept. Use it on a shared phone."))
            return redirect("shared-phone")
    there = any(one.user_id == request.actor.user_id for one in queries.pin_holders(actor=request.actor))
    shown = {"form": form, "there": there}
    return render(request, "sign_off/own_pin.html", shown, status=400 if form.errors else 200)


@never_cache
@access.signed_in(action="member.invite")
def pin_link(request: access.Request, member_id: UUID) -> HttpResponse:
    """For somebody without an account of their own on a phone: a link by which they choose their PIN, shown once."""
    found = next((one for one in queries.members(actor=request.actor) if one.id == member_id), None)
    if found is None:
        raise NotFound
    shown: dict[str, object] = {"member": found}
    if request.method == "POST":
        token = operations.make_pin_link(actor=request.actor, member_id=member_id, now=timezone.now())
        path = reverse("sign-pin-link", args=[token])
        link = addresses.full(request=request, base_url=request.firm.base_url, path=path)
        shown |= {"link": link, "qr": pictures.qr_svg(text=link), "only_here": addresses.only_here(url=link)}
    return render(request, "sign_off/pin_link.html", shown)


@never_cache
def pin_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Choose the PIN that the link is for. Opening the link changes nothing."""
    now = timezone.now()
    form = ChoosePinForm(access.posted(request))
    try:
        member = operations.open_pin_link(token=token, now=now)
        if request.method == "POST" and form.is_valid():
            operations.set_pin_by_link(token=token, pin=form.cleaned_data["pin"], now=now)
            return render(request, "sign_off/pin_set.html", {"member": member})
    except DomainError as error:
        if error.code == "sign_pin.link":
            return render(request, "sign_off/pin_set.html", {"member": None}, status=410)
        outcome.put(error=error, form=form, field="pin")
    shown = {"form": form, "member": member}
    return render(request, "sign_off/pin_by_link.html", shown, status=400 if form.errors else 200)


def _next(request: HttpRequest) -> str:
    """Back to the page of signing that asked for the PIN, and to no other."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith(reverse("sign-off"))
    return wanted if ours else reverse("sign-off")
