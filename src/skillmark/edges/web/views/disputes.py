"""What people said is wrong on their proofs: the list, and the answer to one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from skillmark.desks import disputes as telling
from skillmark.edges.web import access
from skillmark.edges.web.forms.proofs import AnswerForm
from skillmark.edges.web.views import outcome
from skillmark.errors import DomainError
from skillmark.rooms.credentials import operations, queries
from skillmark.rooms.people import rules as people


@access.signed_in(action="proof.give")
def disputes(request: access.Request) -> HttpResponse:
    """Those to answer, the most urgent first; below them what was answered."""
    today = timezone.localdate()
    every = [(one.issued, telling.said(dispute=one, today=today)) for one in queries.disputes(actor=request.actor)]
    context = {
        "waiting": [(issued, said) for issued, said in every if said.waiting],
        "answered": [(issued, said) for issued, said in every if not said.waiting],
    }
    return render(request, "disputes/disputes.html", context)


@access.signed_in(action="proof.give")
def answer(request: access.Request, proof_id: UUID) -> HttpResponse:
    """What is said, and the two answers: put it right, or it stays as it is."""
    issued = queries.proof(actor=request.actor, issued_id=proof_id)
    found = queries.disputes_of(actor=request.actor, issued_id=issued.id)
    if not found or found[0].answered_at is not None:
        return redirect("proof", issued.id)
    form = AnswerForm(access.posted(request))
    if form.is_bound and form.is_valid():
        said = form.cleaned_data["answer"]
        try:
            operations.answer_dispute(actor=request.actor, dispute_id=found[0].id, answer=said, now=timezone.now())
        except DomainError as error:
            outcome.put(error=error, form=form, field="answer")
        else:
            messages.success(request, _("Answered. The person reads it on their page."))
            return redirect("proof", issued.id)
    context = {
        "form": form,
        "issued": issued,
        "said": telling.said(dispute=found[0], today=timezone.localdate()),
        "may_cancel": people.may(request.actor, "proof.cancel"),
    }
    return render(request, "disputes/answer.html", context, status=400 if form.errors else 200)
