"""Open my page with what I have in hand, choose how to open it next time, and close it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from skillmark.desks import pictures, words
from skillmark.edges.public import addresses, door, passkeys, session, unfinished
from skillmark.edges.public.forms.record import ChangeForm, ChooseForm, OpenForm
from skillmark.edges.public.views import moving
from skillmark.edges.public.views.record import go_on, own
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records import operations as records
from skillmark.rooms.records import queries


@require_http_methods(["GET", "HEAD", "POST"])
@door.private
def open_page(request: HttpRequest) -> HttpResponse:
    """Open my page with the slip and the PIN that I chose."""
    form = OpenForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        door.count(request, what="open")
        now = timezone.now()
        try:
            actor = records.open(slip_code=form.cleaned_data["code"], pin=form.cleaned_data["pin"], now=now)
        except records.CannotOpen as problem:
            form.add_error(None, words.sentence(problem.code, problem.facts))
        else:
            session.enter(request, actor=actor, way="slip", now=now)
            return go_on(request, actor)
    may_move_in = moving.may_move_in(actor=session.current(request, now=timezone.now()))
    context = {
        "form": form, "may_passkey": passkeys.possible(request), "may_move_in": may_move_in,
        "unfinished": request.POST.get(unfinished.FIELD, ""),
    }  # fmt: skip
    return render(request, "public/my_open.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@door.private
@own
def pin(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Choose a PIN, or another one; the slip code that goes with it is shown this once, to print or to write down."""
    now = timezone.now()
    there, fresh = queries.has_slip(actor=actor), session.is_fresh(request, now=now)
    first = not queries.has_way_in(actor=actor)
    kind = ChangeForm if there else ChooseForm
    form = kind(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and (there or first or fresh):
        pins = form.cleaned_data
        try:
            if there:
                stay = [one for one in (session.opening(request), session.copy_number(request)) if one is not None]
                slip = records.change_pin(actor=actor, old_pin=pins["old"], new_pin=pins["pin"], stay=stay, now=now)
            else:
                slip = records.choose_pin(actor=actor, pin=pins["pin"], now=now)
        except records.CannotOpen as problem:
            field = "old" if there and problem.code.startswith("record.") else "pin"
            form.add_error(field, words.sentence(problem.code, problem.facts))
        else:
            return show_slip(request, actor, slip)
    options = passkeys.ask_to_make(request, actor=actor) if first and passkeys.possible(request) else None
    context = {"form": form, "there": there, "may": there or first or fresh, "options": options}
    return render(request, "public/my_pin.html", context, status=422 if form.is_bound else 200)


def show_slip(request: HttpRequest, actor: Actor, slip: str) -> HttpResponse:
    """The slip, this once."""
    address = addresses.full(request=request, path=reverse("my-open"))
    context = {"slip": slip, "actor": actor, "address": address, "qr": pictures.qr_svg(text=address)}
    return render(request, "public/my_slip.html", context)


@require_POST
@door.private
def close(request: HttpRequest) -> HttpResponse:
    """Not my phone: nothing of the page stays open here, and no copy of it stays either."""
    now, copy = timezone.now(), session.copy_number(request)
    session.close(request, now=now)
    response = redirect("my-open")
    if copy is not None:
        records.end_copy(opening_id=copy, now=now)
        session.forget_copy(response)
    messages.success(request, _("Your page is closed here. Nothing of it stays on this device."))
    return response
