"""Check something that was handed over. For a stranger it reads, answers and keeps nothing; a firm's checks are kept."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from credcore.verify.report import Report
from skillmark.desks import answers, checking
from skillmark.edges.public import data, door, member, metrics, samples
from skillmark.edges.public.forms import check as forms
from skillmark.rooms.people.rules import Actor

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


# A stranger's check changes nothing, so there is nothing to forge; without the token a program can ask, too, and the size of
# the request is looked at before the body is read. What is kept for a firm goes through `_keep`, which asks for the token.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@door.page
def check(request: HttpRequest) -> HttpResponse:
    """The box, and the answer to what was put into it. A body that is no form is taken as the item itself."""
    actor = member.of(request)
    if request.method != "POST":
        return _box(request, form=forms.CheckForm(), status=200)
    door.count(request, what="check")
    if int(request.META.get("CONTENT_LENGTH") or 0) > forms.MOST_BYTES + 64 * 1024:
        return _again(request, form=forms.with_problem(forms.too_large()), status=413)
    if request.content_type not in FORMS:
        found = checking.check_bytes(data=request.body, name="", now=timezone.now(), org_id=actor.org_id if actor else None)
        return _answer(request, found)
    if actor is not None:
        return _keep(request, actor)
    form = forms.CheckForm(request.POST, request.FILES)
    if not form.is_valid():
        return _again(request, form=form, status=422)
    return _answer(request, _look(form.handed()))


@csrf_protect
def _keep(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Check for a firm: the answers become evidence, and are shown where they are kept."""
    form = forms.CheckForm(request.POST, request.FILES)
    if not form.is_valid():
        return _again(request, form=form, status=422)
    handed = form.handed()
    made = checking.check_and_keep(actor=actor, kind=handed.kind, name=handed.name, body=handed.body, now=timezone.now())
    for one in made:
        metrics.CHECKS.labels(verdict=one.verdict).inc()
    if _wants_data(request):
        return JsonResponse({"results": [data.of(found=answers.kept(check=one)) for one in made]})
    return redirect(reverse("kept-check", args=[made[0].id]))


def _look(handed: forms.Handed) -> Sequence[Report]:
    if handed.kind == "link":
        return checking.check_link(url=handed.body.decode(), now=timezone.now(), org_id=None)
    return checking.check_bytes(data=handed.body, name=handed.name, now=timezone.now(), org_id=None)


@require_safe
@door.page
def sample(request: HttpRequest, kind: str) -> HttpResponse:
    """A made-up proof of a made-up firm, really checked, against a list that holds only that firm."""
    if kind not in samples.KINDS:
        raise Http404
    member.of(request)
    return _answer(request, [samples.check(kind=kind, now=timezone.now())], sample=kind)


def _wants_data(request: HttpRequest) -> bool:
    return request.accepts("application/json") and not request.accepts("text/html")


def _answer(request: HttpRequest, reports: Sequence[Report], *, sample: str = "") -> HttpResponse:
    found = answers.answers(reports=reports)
    for one in found:
        metrics.CHECKS.labels(verdict=one.report.verdict.value).inc()
    if _wants_data(request):
        return JsonResponse({"results": [data.of(found=one) for one in found]})
    context = {"answers": found, "sample": sample, "several": len(found) > 1, "checked_at": timezone.now()}
    with timezone.override(answers.zone_of(report=reports[0])):
        return render(request, "public/answer.html", context | _frame(request))


def _again(request: HttpRequest, *, form: forms.CheckForm, status: int) -> HttpResponse:
    """The box once more, with what to put right."""
    if _wants_data(request):
        sentences = [sentence for messages in form.errors.values() for sentence in messages]
        return JsonResponse({"errors": sentences}, status=status)
    return _box(request, form=form, status=status)


def _box(request: HttpRequest, *, form: forms.CheckForm, status: int) -> HttpResponse:
    context = {"form": form, "accepted": forms.ACCEPTED}
    return render(request, "public/check.html", context | _frame(request), status=status)


def _frame(request: HttpRequest) -> dict[str, str]:
    """Members of a firm keep their menu; strangers see one column."""
    return {"frame": "frame.html" if hasattr(request, "actor") else "solo.html"}
