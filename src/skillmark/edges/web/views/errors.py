"""Pages for what went wrong: each says in plain words what to do next."""

from secrets import token_hex

import structlog
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.views.decorators.csrf import requires_csrf_token

log = structlog.get_logger(__name__)


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return render(request, "errors/400.html", status=400)


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: only owners can see this."""
    return render(request, "errors/403.html", status=403)


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of a form that was open too long or whose cookie is gone."""
    return render(request, "errors/form.html", status=403)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: absent, or not yours – the same answer."""
    return render(request, "errors/404.html", status=404)


@requires_csrf_token
def broken(request: HttpRequest) -> HttpResponse:
    """500, with a short code that the log has too."""
    code = token_hex(2).upper()
    log.error("page.broken", code=code, path=request.path)
    # Without the request: its session and messages may be the very thing that broke.
    return HttpResponse(get_template("errors/500.html").render({"code": code}), status=500)
