"""Errors as problem details (RFC 9457): one shape for everything that goes wrong, translated once, here."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from skillmark.desks import words
from skillmark.errors import DomainError, NotFound
from skillmark.rooms.people.operations import CannotDo, CannotTry

TITLES = {
    400: "The request cannot be read",
    401: "A token is needed",
    403: "This token may not do that",
    404: "Not found",
    409: "The rules say no",
    413: "Too large",
    422: "Something in the request is missing or wrong",
    429: "Too many requests",
}


class Problem(Schema):
    """What every answer outside 2xx looks like (`application/problem+json`)."""

    type: str
    title: str
    status: int
    code: str
    detail: str = ""
    facts: dict[str, str] = {}
    errors: list[dict[str, str]] = []


def answer(
    *,
    status: int,
    code: str,
    detail: str = "",
    facts: dict[str, str] | None = None,
    errors: list[dict[str, str]] | None = None,
) -> HttpResponse:
    """A problem. `code` is stable and documented; `detail` is a sentence in the language of the request."""
    body: dict[str, Any] = {
        "type": f"urn:skillmark:problem:{code}",
        "title": TITLES[status],
        "status": status,
        "code": code,
        "detail": detail,
    }
    if facts:
        body["facts"] = facts
    if errors:
        body["errors"] = errors
    response = JsonResponse(body, status=status, content_type="application/problem+json")
    if status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="Skillmark"'
    return response


def install(api: NinjaAPI) -> None:
    """Give the API its one translation from errors to answers."""
    api.add_exception_handler(DomainError, _domain)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(AuthenticationError, _no_token)
    api.add_exception_handler(HttpError, _unreadable)
    api.add_exception_handler(Http404, _absent)
    api.add_exception_handler(RequestDataTooBig, _too_large)


def _domain(request: HttpRequest, error: DomainError | type[DomainError]) -> HttpResponse:
    assert isinstance(error, DomainError)
    if isinstance(error, NotFound):
        return answer(status=404, code="not_found")
    status = 403 if isinstance(error, CannotDo) and error.code == "role.not_allowed" else 409
    if isinstance(error, CannotTry):
        status = 429
    detail = words.sentence(error.code, error.facts)
    response = answer(status=status, code=error.code, detail=detail, facts=error.facts)
    if status == 429 and error.facts.get("minutes", "").isdecimal():
        response["Retry-After"] = str(60 * int(error.facts["minutes"]))
    return response


def _invalid(request: HttpRequest, error: ValidationError | type[ValidationError]) -> HttpResponse:
    assert isinstance(error, ValidationError)
    errors = [{"where": ".".join(str(part) for part in one["loc"]), "what": str(one["msg"])} for one in error.errors]
    return answer(status=422, code="request.invalid", errors=errors)


def _no_token(request: HttpRequest, error: AuthenticationError | type[AuthenticationError]) -> HttpResponse:
    return answer(status=401, code="token.needed")


def _unreadable(request: HttpRequest, error: HttpError | type[HttpError]) -> HttpResponse:
    assert isinstance(error, HttpError)
    return answer(status=400, code="request.unreadable", detail=error.message)


def _absent(request: HttpRequest, error: Http404 | type[Http404]) -> HttpResponse:
    return answer(status=404, code="not_found")


def _too_large(request: HttpRequest, error: RequestDataTooBig | type[RequestDataTooBig]) -> HttpResponse:
    return answer(status=413, code="request.too_large")
