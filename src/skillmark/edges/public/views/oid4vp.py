"""What a person's app fetches when a firm asks for proofs, and where it sends the answer. (OpenID4VP 1.0, sections 5, 8)"""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from credcore.oid4vc import requests, responses
from skillmark.desks import asking
from skillmark.edges.public import door
from skillmark.errors import NotFound
from skillmark.rooms.credentials import operations
from skillmark.rooms.people import operations as people

_NONCE = 500  # characters of a number that an app wants back


# Programs of others come here, without any session: there is nothing to forge.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def request_object(request: HttpRequest, asking_id: uuid.UUID) -> HttpResponse:
    """The signed request; with POST the app's own number comes back in it. What the app says of itself is not looked at."""
    number = request.POST.get("wallet_nonce", "") if request.method == "POST" else ""

    def answer() -> HttpResponse:
        door.count(request, what="phone")
        if len(number) > _NONCE:
            return _error("invalid_request", status=400)
        body = operations.request_object(asking_id=asking_id, wallet_nonce=number, now=timezone.now())
        return HttpResponse(body, content_type=requests.MEDIA_TYPE)

    return _told(answer)


@csrf_exempt
@require_http_methods(["POST"])
def response(request: HttpRequest, asking_id: uuid.UUID) -> HttpResponse:
    """The answer, plain or encrypted. It counts once; what is none changes nothing, and the app may try again."""

    def answer() -> HttpResponse:
        door.count(request, what="phone")
        if request.content_type != responses.FORM:
            return _error("invalid_request", status=415)
        if len(request.body) > responses.MAX_ANSWER:
            return _error("invalid_request", status=413)
        if any(len(values) > 1 for _, values in request.POST.lists()):
            return _error("invalid_request", status=400)
        said = {name: str(value) for name, value in request.POST.items()}
        return JsonResponse({"redirect_uri": asking.take(asking_id=asking_id, form=said, now=timezone.now())})

    return _told(answer)


def _told(answer: Callable[[], HttpResponse]) -> HttpResponse:
    """The answer, or an error in the words of OAuth; an app learns no more than that."""
    try:
        made = answer()
    except NotFound:
        made = _error("not_found", status=404)
    except people.CannotTry:
        made = _error("temporarily_unavailable", status=429)
        made["Retry-After"] = str(door.SECONDS)
    except asking.CannotAsk as problem:
        made = _error("invalid_request", status=400, why=problem.facts.get("why", problem.code))
    made["Cache-Control"] = "no-store"
    return made


def _error(code: str, *, status: int, why: str = "") -> HttpResponse:
    return JsonResponse({"error": code, **({"error_description": why} if why else {})}, status=status)
