"""Check something that was handed over. Reads it, answers, keeps nothing."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from credcore.verify.report import Report
from skillmark.desks import checking
from skillmark.edges.public import answers, door, metrics, samples, zones
from skillmark.edges.public.forms import check as forms
from skillmark.errors import NotFound
from skillmark.rooms.people import queries as people

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


# Checking changes nothing, so there is nothing to forge; without the token a program can ask, too, and the size of the
# request is looked at before the body is read.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@door.page
def check(request: HttpRequest) -> HttpResponse:
    """The box, and the answer to what was put into it. A body that is no form is taken as the item itself."""
    if request.method != "POST":
        return render(request, "public/check.html", {"form": forms.CheckForm(), "accepted": forms.ACCEPTED})
    door.count(request, what="check")
    if int(request.META.get("CONTENT_LENGTH") or 0) > forms.MOST_BYTES + 64 * 1024:
        return _again(request, problem=forms.too_large(), status=413)
    org_id = _firm(request)
    now = timezone.now()
    if request.content_type not in FORMS:
        return _answer(request, checking.check_bytes(data=request.body, name="", now=now, org_id=org_id))
    form = forms.CheckForm(request.POST, request.FILES)
    if not form.is_valid():
        return _again(request, form=form, status=422)
    file, text = form.cleaned_data["file"], form.cleaned_data["text"]
    if file is not None:
        reports = checking.check_bytes(data=file.read(), name=file.name or "", now=now, org_id=org_id)
    elif _is_link(text):
        reports = checking.check_link(url=text, now=now, org_id=org_id)
    else:
        reports = checking.check_text(text=text, now=now, org_id=org_id)
    return _answer(request, reports)


@require_safe
@door.page
def sample(request: HttpRequest, kind: str) -> HttpResponse:
    """A made-up proof of a made-up firm, really checked, against a list that holds only that firm."""
    if kind not in samples.KINDS:
        raise Http404
    return _answer(request, [samples.check(kind=kind, now=timezone.now())], sample=kind)


def _is_link(text: str) -> bool:
    return text.lower().startswith(("http://", "https://")) and not any(character.isspace() for character in text)


def _firm(request: HttpRequest) -> uuid.UUID | None:
    """Whose list of givers counts: the firm of whoever is signed in."""
    if not request.user.is_authenticated:
        return None
    try:
        return people.actor_for(user_id=request.user.pk).org_id
    except NotFound:
        return None


def _wants_data(request: HttpRequest) -> bool:
    return request.accepts("application/json") and not request.accepts("text/html")


def _answer(request: HttpRequest, reports: Sequence[Report], *, sample: str = "") -> HttpResponse:
    found = answers.answers(reports=reports)
    for one in found:
        metrics.CHECKS.labels(verdict=one.report.verdict.value).inc()
    if _wants_data(request):
        return JsonResponse({"results": [answers.as_data(found=one) for one in found]})
    context = {"answers": found, "sample": sample, "several": len(found) > 1, "checked_at": timezone.now()}
    with timezone.override(zones.of(report=reports[0])):
        return render(request, "public/answer.html", context)


def _again(request: HttpRequest, *, form: forms.CheckForm | None = None, problem: str = "", status: int) -> HttpResponse:
    """The box once more, with what to put right."""
    if form is None:
        form = forms.CheckForm(data={})
        form.is_valid()
        form.errors.clear()
        form.add_error("file", problem)
    if _wants_data(request):
        sentences = [sentence for messages in form.errors.values() for sentence in messages]
        return JsonResponse({"errors": sentences}, status=status)
    return render(request, "public/check.html", {"form": form, "accepted": forms.ACCEPTED}, status=status)
