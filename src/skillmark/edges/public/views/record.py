"""A worker's own page: what they keep, how they show it, and how they open it next time."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from skillmark.desks import disputes, pictures, words
from skillmark.edges.public import addresses, door, kept, session
from skillmark.edges.public.forms.record import ChangeForm, ChooseForm, OpenForm
from skillmark.rooms.credentials import queries as credentials
from skillmark.rooms.credentials.rules import day_there
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records import operations as records
from skillmark.rooms.records import queries

P = ParamSpec("P")
Own = Callable[Concatenate[HttpRequest, Actor, P], HttpResponse]


def own(view: Own[P]) -> door.View[P]:
    """Only with the page open in this browser; otherwise to the page that opens it."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        actor = session.current(request, now=timezone.now())
        if actor is None:
            return redirect("my-open")
        return view(request, actor, *args, **kwargs)

    return guarded


@require_safe
@door.private
@own
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Everything that this person keeps, newest first, each with what a check says at this moment."""
    mine = [kept.look(held=held, now=timezone.now()) for held in queries.mine(actor=actor)]
    return render(request, "public/my_page.html", {"actor": actor, "mine": mine, "slip": queries.has_slip(actor=actor)})


@require_safe
@door.private
@own
def proof(request: HttpRequest, actor: Actor, held_id: uuid.UUID) -> HttpResponse:
    """One proof: show its QR, save it, print it."""
    mine = kept.look(held=credentials.held_one(actor=actor, held_id=held_id), now=timezone.now())
    link = ""
    if mine.issued_id is not None:
        link = addresses.check_page(request=request, issued_id=mine.issued_id, document=mine.document)
    now = timezone.now()  # the days to answer end where the giver works, whatever day it is here
    said = [
        disputes.said(dispute=one, today=day_there(moment=now, time_zone=one.issued.time_zone))
        for one in credentials.my_disputes(actor=actor, held_id=held_id)
    ]
    may_say = mine.may_say and not any(one.waiting for one in said)
    qr = kept.as_image(pictures.qr_svg(text=link)) if link else ""
    context = {"mine": mine, "said": said, "may_say": may_say, "link": link, "qr": qr}
    return render(request, "public/my_proof.html", context)


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
            session.enter(request, actor=actor, now=now)
            return redirect("my-page")
    return render(request, "public/my_open.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@door.private
@own
def pin(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Choose a PIN, or another one; the slip code that goes with it is shown this once, to print or to write down."""
    there = queries.has_slip(actor=actor)
    kind = ChangeForm if there else ChooseForm
    form = kind(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        now, pins = timezone.now(), form.cleaned_data
        try:
            if there:
                slip = records.change_pin(actor=actor, old_pin=pins["old"], new_pin=pins["pin"], now=now)
            else:
                slip = records.choose_pin(actor=actor, pin=pins["pin"], now=now)
        except records.CannotOpen as problem:
            field = "old" if there and problem.code.startswith("record.") else "pin"
            form.add_error(field, words.sentence(problem.code, problem.facts))
        else:
            return _slip(request, actor, slip)
    context = {"form": form, "there": there}
    return render(request, "public/my_pin.html", context, status=422 if form.is_bound else 200)


def _slip(request: HttpRequest, actor: Actor, slip: str) -> HttpResponse:
    address = addresses.full(request=request, path=reverse("my-open"))
    context = {"slip": slip, "actor": actor, "address": address, "qr": kept.as_image(pictures.qr_svg(text=address))}
    return render(request, "public/my_slip.html", context)


@require_POST
@door.private
def close(request: HttpRequest) -> HttpResponse:
    """Not my phone: nothing of the page stays open here."""
    session.leave(request)
    messages.success(request, _("Your page is closed here. Nothing of it stays on this device."))
    return redirect("my-open")
