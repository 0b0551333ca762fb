"""The page for a mistake of ours. The other error pages are templates that Django finds by name (400, 403, 404)."""

from secrets import token_hex

import structlog
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template

log = structlog.get_logger(__name__)


def broken(request: HttpRequest) -> HttpResponse:
    """500, with a short code that the log has too. Made without the request: it may be the very thing that broke."""
    code = token_hex(2).upper()
    log.error("page.broken", code=code, path=request.path)
    return HttpResponse(get_template("500.html").render({"code": code}), status=500)
