"""Our own addresses for other programs, asked by ourselves: the same code answers as over the network, without a socket.

A person of this server may take up an offer of a firm of this server. Over the network that would be a request that waits
for another one, for ever where there is one thread.
"""

from __future__ import annotations

import functools
from io import BytesIO
from urllib.parse import unquote_to_bytes, urlsplit

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpResponse
from django.utils import timezone, translation

from credcore.errors import UnavailableError
from credcore.ports import Posted

# What is meant for programs. None of it asks further addresses of ours by this way, so it always comes to an end.
_FOR_PROGRAMS = ("/.well-known/", "/oid4vci/", "/oid4vp/", "/interactions/")
_MOST = 262_144


def answer(
    *, method: str, url: str, body: bytes = b"", media_type: str = "", bearer: str = "", accept: str = "application/json"
) -> Posted:
    """What our own server says at `url` (scheme and host are known to be ours). Call it outside any transaction.

    Raises UnavailableError `fetch.own` for pages and files, `fetch.redirect`, `fetch.status` (5xx), `fetch.too_large`.
    """
    parts = urlsplit(url)
    if not parts.path.startswith(_FOR_PROGRAMS):
        raise UnavailableError("fetch.own", parts.path, permanent=True)
    environ = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(parts.path).decode("latin-1"),  # PEP 3333: bytes as text
        "QUERY_STRING": parts.query,
        "SERVER_NAME": parts.hostname or "",
        "SERVER_PORT": str(parts.port or (443 if parts.scheme == "https" else 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "inside",
        "HTTP_HOST": parts.netloc,
        "HTTP_ACCEPT": accept,
        "HTTP_X_FORWARDED_PROTO": parts.scheme,
        "wsgi.url_scheme": parts.scheme,
        "wsgi.input": BytesIO(body),
        "CONTENT_LENGTH": str(len(body)),
        "CONTENT_TYPE": media_type,
    }
    if bearer:
        environ["HTTP_AUTHORIZATION"] = f"Bearer {bearer}"
    # The inner request picks a language and a time zone of its own; the outer one goes on in its own.
    with translation.override(translation.get_language()), timezone.override(timezone.get_current_timezone()):
        response = _handler().get_response(WSGIRequest(environ))
    if 300 <= response.status_code < 400:
        raise UnavailableError("fetch.redirect", parts.path, permanent=True)
    if response.status_code >= 500:
        raise UnavailableError("fetch.status", str(response.status_code))
    if not isinstance(response, HttpResponse) or len(response.content) > _MOST:
        raise UnavailableError("fetch.too_large", parts.path)
    media_type = response.get("Content-Type", "").partition(";")[0].strip().lower()
    return Posted(response.status_code, response.content, media_type)


@functools.cache
def _handler() -> WSGIHandler:
    return WSGIHandler()
