"""What can be done about a proof that was given: pause and go on, renew, correct, cancel. Each has a small page of its own.

Proofs are checked by the real clock, so they are changed by it, too, in a made-up firm as well.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from skillmark.desks import words
from skillmark.edges.web import access, kinds
from skillmark.edges.web.forms.proofs import CancelForm, CorrectForm, PauseForm, RenewForm, RenewManyForm
from skillmark.edges.web.views import outcome
from skillmark.errors import DomainError
from skillmark.rooms.credentials import operations, queries, rules
from skillmark.rooms.people import queries as people

MOST = 50  # at once on a page; more go as a class or a list


@access.signed_in(action="proof.cancel")
def cancel(request: access.Request, proof_id: UUID) -> HttpResponse:
    """Cancel a proof, for good, with a reason."""
    done = _("Cancelled. Whoever checks it from now on is told.")
    return _stop(request, proof_id, form_class=CancelForm, change=operations.cancel, page="proofs/cancel.html", done=done)


@access.signed_in(action="proof.cancel")
def pause(request: access.Request, proof_id: UUID) -> HttpResponse:
    """Pause a proof, with a reason, until somebody lets it go on."""
    done = _("Paused. It does not count until you let it go on.")
    return _stop(request, proof_id, form_class=PauseForm, change=operations.pause, page="proofs/pause.html", done=done)


def _stop(
    request: access.Request,
    proof_id: UUID,
    *,
    form_class: type[CancelForm | PauseForm],
    change: Callable[..., Any],
    page: str,
    done: str,
) -> HttpResponse:
    issued = queries.proof(actor=request.actor, issued_id=proof_id)
    if issued.cancelled_at is not None:
        return redirect("proof", issued.id)
    form = form_class(access.posted(request))
    if form.is_bound and form.is_valid():
        said = {"reason": form.said(), "is_public": form.cleaned_data["is_public"]}
        try:
            change(actor=request.actor, issued_id=issued.id, now=timezone.now(), **said)
        except DomainError as error:
            outcome.put(error=error, form=form, field="words" if error.code.startswith("text.") else "reason")
        else:
            messages.success(request, done)
            return redirect("proof", issued.id)
    context = {"form": form, "issued": issued, "can_be_paused": rules.can_be_paused(issued.payload)}
    return render(request, page, context, status=400 if form.errors else 200)


@access.signed_in(action="proof.cancel")
def resume(request: access.Request, proof_id: UUID) -> HttpResponse:
    """Let it go on. A mere visit changes nothing."""
    issued = queries.proof(actor=request.actor, issued_id=proof_id)
    if request.method == "POST":
        operations.resume(actor=request.actor, issued_id=issued.id, now=timezone.now())
        messages.success(request, _("It counts again."))
    return redirect("proof", issued.id)


@access.signed_in(action="proof.give")
def renew(request: access.Request, proof_id: UUID) -> HttpResponse:
    """Seen again: a newer proof; the old one counts until its own end."""
    issued = queries.proof(actor=request.actor, issued_id=proof_id)
    today = _today(request)
    initial = {"level": issued.level, "observed_on": today, "request_key": uuid.uuid4()}
    form = RenewForm(
        access.posted(request), initial=initial, today=today, level_asked=issued.version.level_asked, spoken=kinds.spoken()
    )
    if form.is_bound and form.is_valid():
        try:
            new = _replace(request, issued, form, why=rules.RENEWED)
        except DomainError as error:
            outcome.put(error=error, form=form, field=_blame(error))
        else:
            messages.success(request, _("Renewed. Hand the new one over."))
            return redirect("proof", new.id)
    return render(request, "proofs/renew.html", {"form": form, "issued": issued}, status=400 if form.errors else 200)


@access.signed_in(action="proof.give")
def correct(request: access.Request, proof_id: UUID) -> HttpResponse:
    """Put right what it says wrong: a new proof takes its place at once."""
    issued = queries.proof(actor=request.actor, issued_id=proof_id)
    if issued.cancelled_at is not None:
        return redirect("proof", issued.id)
    said = next(iter(queries.disputes_of(actor=request.actor, issued_id=issued.id)), None)
    said = said if said is not None and said.answered_at is None else None
    initial = {
        "person_name": issued.person_name, "level": issued.level, "observed_on": issued.observed_on, "note": issued.note,
        "request_key": uuid.uuid4(),
    }  # fmt: skip
    form = CorrectForm(
        access.posted(request), initial=initial, today=_today(request), level_asked=issued.version.level_asked,
        several=len(issued.evidence) > 1, asked_for=said is not None, spoken=kinds.spoken(),
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        try:
            new = _replace(request, issued, form, why=rules.CORRECTED)
        except DomainError as error:
            outcome.put(error=error, form=form, field=_blame(error))
        else:
            messages.success(request, _("Corrected. The old one is cancelled: hand the new one over again."))
            _tell_of_the_list(request, new)
            return redirect("proof", new.id)
    context = {"form": form, "issued": issued, "said": said}
    return render(request, "proofs/correct.html", context, status=400 if form.errors else 200)


@access.signed_in(action="proof.give")
def renew_many(request: access.Request) -> HttpResponse:
    """Several that end soon: look at them, say when they were seen again, renew. One that cannot be is named with why."""
    chosen = _chosen(request)
    if len(chosen) > MOST:
        messages.error(request, _("At most %(most)s at once here. Give more of them as a class.") % {"most": MOST})
        return redirect("proofs")
    if not chosen:
        messages.error(request, _("Tick the proofs to renew first."))
        return redirect("proofs")
    found = [queries.proof(actor=request.actor, issued_id=one) for one in chosen]
    data = request.POST if request.method == "POST" and "request_key" in request.POST else None
    today = _today(request)
    form = RenewManyForm(data, initial={"observed_on": today, "request_key": uuid.uuid4()}, today=today)
    if form.is_bound and form.is_valid():
        return _renewed(request, found, form)
    context = {"form": form, "found": found, "heading": _many(len(found))}
    return render(request, "proofs/renew_many.html", context, status=400 if form.errors else 200)


def _tell_of_the_list(request: access.Request, new: Any) -> None:
    """A name is put right on the proof only; the next one takes it from the list again."""
    listed = people.person(actor=request.actor, person_id=new.person_id).name
    if new.person_name != listed:
        messages.warning(
            request, _("On your list the name is still “%(name)s”. Change it there, too, so that the next proof has it right.")
            % {"name": listed},
        )  # fmt: skip


def _blame(error: DomainError) -> str:
    """The field that an error is about: what stands in the note, or its code ends in `<field>_missing`, `<field>_too_long`…"""
    return "note" if error.code.startswith("text.") else error.code.rsplit(".", 1)[-1].split("_", 1)[0]


def _renewed(request: access.Request, found: list[Any], form: forms.Form) -> HttpResponse:
    made, refused = [], []
    for issued in found:
        try:
            made.append(_replace(request, issued, form, why=rules.RENEWED, key=f":{issued.id}"))
        except DomainError as error:
            refused.append((issued, words.sentence(error.code, error.facts)))
    return render(request, "proofs/renewed.html", {"made": made, "refused": refused, "heading": _many_done(len(made))})


def _replace(request: access.Request, issued: Any, form: forms.Form, *, why: str, key: str = "") -> Any:
    """Every field of the form that was shown is a change that may be one."""
    data = {name: value for name, value in form.cleaned_data.items() if name != "request_key"}
    return operations.replace(
        actor=request.actor, issued_id=issued.id, why=why, request_key=f"page:{form.cleaned_data['request_key']}{key}"[:80],
        now=timezone.now(), **data,
    )  # fmt: skip


def _chosen(request: access.Request) -> list[UUID]:
    found = []
    for text in (request.POST if request.method == "POST" else request.GET).getlist("proof"):
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return list(dict.fromkeys(found))


def _today(request: access.Request) -> date:
    """The real day at the site: a proof is given on it."""
    return timezone.localdate()


def _many(number: int) -> str:
    return ngettext("Renew %(count)s proof", "Renew %(count)s proofs", number) % {"count": number}


def _many_done(number: int) -> str:
    return ngettext("%(count)s proof renewed", "%(count)s proofs renewed", number) % {"count": number}
