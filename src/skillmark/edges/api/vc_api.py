"""The VC-API beside the interface for programs: to try things out, with keys of its own and never with a firm's."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.csrf import csrf_exempt

from credcore.ports import Fetched, FetchKind
from credcore.vcapi import Instance, make_issuers
from skillmark.desks.checking import fetching
from skillmark.edges.api import problems
from skillmark.edges.api.access import BearerToken


def _fetch(url: str, *, kind: FetchKind) -> Fetched:
    return fetching.for_check(now=timezone.now(), remember=False)(url, kind=kind)


@cache
def instance() -> Instance:
    """The one instance of this installation. Its keys are the same in every process, and no firm has them."""
    seed = salted_hmac("skillmark.edges.api.vc_api", "keys", algorithm="sha256").hexdigest()
    return Instance(issuers=make_issuers(seed=seed), clock=timezone.now, base_url=f"{settings.BASE_URL}/vc-api", fetch=_fetch)


@csrf_exempt  # no cookie counts here: who asks shows a token
def vc_api(request: HttpRequest, rest: str) -> HttpResponse:
    """Answer one request; with a token, but for the status lists, which verifiers elsewhere have to read."""
    if not rest.startswith("status/") and BearerToken()(request) is None:
        return problems.answer(status=401, code="token.needed")
    answer = instance().handle(request.method or "", path=f"/{rest}", body=request.body)
    return HttpResponse(answer.body, status=answer.status, headers=answer.headers)


urlpatterns: list[URLPattern] = [path("<path:rest>", vc_api)]
