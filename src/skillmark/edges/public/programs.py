"""What every address for other people's programs has in common: JSON, also for what goes wrong, and no copies on the way."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from skillmark.edges.public import door
from skillmark.errors import NotFound
from skillmark.rooms.people import operations as people

P = ParamSpec("P")
Program = Callable[Concatenate[HttpRequest, P], HttpResponse]

MOST_BYTES = 262_144


def program(method: str) -> Callable[[Program[P]], door.View[P]]:
    """An address that answers `method` (GET also HEAD) to programs, also in browsers of other sites. Nobody is signed in."""
    allowed = ("GET", "HEAD") if method == "GET" else (method,)

    def decorate(view: Program[P]) -> door.View[P]:
        @csrf_exempt
        @functools.wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method == "OPTIONS":
                response = HttpResponse(status=204)
                response["Access-Control-Allow-Methods"] = ", ".join((*allowed, "OPTIONS"))
                response["Access-Control-Allow-Headers"] = "Authorization, Content-Type"
                response["Access-Control-Max-Age"] = "3600"
            elif request.method not in allowed:
                response = said({"error": "method_not_allowed"}, status=405)
                response["Allow"] = ", ".join((*allowed, "OPTIONS"))
            elif _too_large(request):
                response = refusal("invalid_request", "too large", status=413)
            else:
                response = _answered(view, request, *args, **kwargs)
            response["Cache-Control"] = "no-store"
            # No cookie counts here, so whatever site the program runs in may read the answer.
            response["Access-Control-Allow-Origin"] = "*"
            response["Access-Control-Expose-Headers"] = "WWW-Authenticate, Retry-After"
            response["X-Robots-Tag"] = "noindex, nofollow"
            return response

        return guarded

    return decorate


def _answered(view: Program[P], request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
    try:
        door.count(request, what="program")
        return view(request, *args, **kwargs)
    except NotFound:
        return said({"error": "not_found"}, status=404)
    except people.CannotTry:
        response = refusal("temporarily_unavailable", "too many requests", status=429)
        response["Retry-After"] = str(door.SECONDS)
        return response


def said(value: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """An answer as JSON."""
    return HttpResponse(json.dumps(value, ensure_ascii=False), content_type="application/json", status=status)


def refusal(error: str, why: str = "", *, status: int = 400) -> HttpResponse:
    """An error as OAuth writes it; `why` is for whoever reads the program's log. (RFC 6749, section 5.2: its signs)"""
    plain = "".join(one if " " <= one <= "~" and one not in '"\\' else "?" for one in why)
    return said({"error": error} | ({"error_description": plain} if plain else {}), status=status)


def media_type(request: HttpRequest) -> str:
    """What the body of a request is said to be, without its parameters."""
    return (request.content_type or "").strip().lower()


def bearer(request: HttpRequest) -> str:
    """The token that a program shows; empty: none. (RFC 6750, section 2.1)"""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


def _too_large(request: HttpRequest) -> bool:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return not length.isdecimal() or int(length) > MOST_BYTES
