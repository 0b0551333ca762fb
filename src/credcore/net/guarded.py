"""The guarded fetcher: the only way out. See docs/reference/errors.md for the codes of the family `fetch.…`.

One address check is worth nothing if the connection then asks the resolver again and gets another answer. So a name
is resolved once, every address of the answer must be public, and the connection goes to exactly those addresses,
while TLS still proves the name. No proxies, cookies, credentials or environment are looked at.
"""

from __future__ import annotations

import re
import ssl
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from time import monotonic
from typing import TypeVar
from urllib.parse import urljoin

import certifi
import httpcore

from credcore.errors import UnavailableError
from credcore.net import addresses
from credcore.net.pinned import Deadline, Resolver, backend_for, resolve, system_resolver
from credcore.ports import Fetch, Fetched, FetchKind, Posted

T = TypeVar("T")

STEP_SECONDS = 3.0
TOTAL_SECONDS = 10.0
MAX_FETCHES = 8
MAX_MESSAGE = 262_144
_CAPS = {FetchKind.DID: 262_144, FetchKind.STATUS: 262_144, FetchKind.ITEM: 2_000_000, FetchKind.MESSAGE: MAX_MESSAGE}
_HOPS = {FetchKind.DID: 0, FetchKind.STATUS: 0, FetchKind.ITEM: 3, FetchKind.MESSAGE: 0}
_ACCEPT = {
    FetchKind.DID: "application/did+json, application/did+ld+json, application/json;q=0.9, */*;q=0.1",
    FetchKind.STATUS: "application/statuslist+jwt, application/vc+jwt, application/vc, application/json;q=0.9, */*;q=0.1",
    FetchKind.ITEM: "application/vc, application/ld+json, application/json, */*;q=0.5",
    FetchKind.MESSAGE: "application/json, application/oauth-authz-req+jwt;q=0.9",
}
_MOVED = frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({404, 410})
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_TOKEN = re.compile(r"[A-Za-z0-9._~+/-]+=*")  # RFC 6750, section 2.1: nothing that could begin another header


class GuardedFetcher:
    """Implements `credcore.ports.Fetch`, and `Post` by its method `post`, over https. Safe to share between threads.

    `clock`: a callable that returns an aware datetime. `allow_private`: only for tests and for a site's own servers.
    `resolver(host)`: addresses as text. `roots`: a PEM file of further certificate roots, for a site's own.
    `step_seconds`, `total_seconds`: limits of one step (connect, handshake, read) and of one fetch with its redirects.
    """

    def __init__(
        self,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        allow_private: bool = False,
        resolver: Resolver = system_resolver,
        roots: Path | None = None,
        step_seconds: float = STEP_SECONDS,
        total_seconds: float = TOTAL_SECONDS,
    ) -> None:
        self._clock = clock
        self._allow_private = allow_private
        self._resolver = resolver
        self._roots = roots
        self._step = step_seconds
        self._total = total_seconds

    def __call__(self, url: str, *, kind: FetchKind) -> Fetched:
        """The answer of `url`; `Fetched.url` is the address after redirects, `fetched_at` when the answer was whole.

        Raises UnavailableError: `fetch.bad_url`, `fetch.private_address`, `fetch.refused`, `fetch.timeout`,
        `fetch.unreachable`, `fetch.tls`, `fetch.too_large`, `fetch.redirect`, `fetch.status`.
        """
        deadline = Deadline(monotonic() + self._total, self._step)
        for _ in range(_HOPS[kind] + 1):
            place = addresses.check_url(url, allow_private=self._allow_private)
            answer = self._get(place, kind=kind, deadline=deadline)
            if isinstance(answer, Fetched):
                return answer
            if not _HOPS[kind]:
                raise UnavailableError("fetch.redirect", "keys, lists and messages must not move", permanent=True)
            try:
                url = urljoin(place.url, answer)
            except ValueError as error:
                raise UnavailableError("fetch.redirect", "moved to no address", permanent=True) from error
        raise UnavailableError("fetch.redirect", "moved too often", permanent=True)

    def post(self, url: str, *, body: bytes, media_type: str, bearer: str = "", accept: str = "application/json") -> Posted:
        """What `url` answers to a message: 256 KiB at most, and never from another address than the one that was asked.

        Raises UnavailableError as fetching does: `fetch.redirect` for every 3xx, `fetch.status` for 1xx and 5xx,
        `fetch.refused` for a web page where data should be, and for a `bearer` that is no token.
        """
        if bearer and not _TOKEN.fullmatch(bearer):
            raise UnavailableError("fetch.refused", "a token with other signs than a token has", permanent=True)
        place = addresses.check_url(url, allow_private=self._allow_private)
        headers = [("Accept", accept), ("Content-Type", media_type), ("Content-Length", str(len(body)))]
        headers += [("Authorization", f"Bearer {bearer}")] if bearer else []
        deadline = Deadline(monotonic() + self._total, self._step)
        return self._exchange(place, "POST", headers=headers, body=body, deadline=deadline, read=_posted)

    def session(self, *, limit: int = MAX_FETCHES, seconds: float = TOTAL_SECONDS) -> Counted:
        """This fetcher for one check: at most `limit` fetches, none begun after `seconds`."""
        return Counted(self, limit=limit, seconds=seconds)

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        context = ssl.create_default_context()  # the system's roots; certificate and name are checked
        context.load_verify_locations(cafile=certifi.where())
        if self._roots is not None:
            context.load_verify_locations(cafile=str(self._roots))
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        return context

    def _get(self, place: addresses.Place, *, kind: FetchKind, deadline: Deadline) -> Fetched | str:
        """The answer, or the address that it moved to."""

        def read(response: httpcore.Response) -> Fetched | str:
            where = _header(response, b"location")
            if response.status in _MOVED and where:
                return where
            if response.status != 200:
                raise UnavailableError("fetch.status", str(response.status), permanent=response.status in _GONE)
            media_type = _media_type(response)
            if kind is not FetchKind.ITEM and media_type in _PAGES:
                raise UnavailableError("fetch.refused", "a web page where data should be")
            return Fetched(place.url, _body(response, most=_CAPS[kind]), media_type, self._clock())

        return self._exchange(place, "GET", headers=[("Accept", _ACCEPT[kind])], body=b"", deadline=deadline, read=read)

    def _exchange(
        self,
        place: addresses.Place,
        method: str,
        *,
        headers: Sequence[tuple[str, str]],
        body: bytes,
        deadline: Deadline,
        read: Callable[[httpcore.Response], T],
    ) -> T:
        """One request on a connection of its own, to the addresses that were checked and to no other."""
        found = resolve(place, resolver=self._resolver, deadline=deadline, allow_private=self._allow_private)
        authority = f"[{place.host}]" if ":" in place.host else place.host
        connection = httpcore.HTTPConnection(
            httpcore.Origin(b"https", authority.strip("[]").encode(), place.port),
            ssl_context=self._tls,
            network_backend=backend_for(found, deadline=deadline),
        )
        address = httpcore.URL(scheme=b"https", host=authority.encode(), port=place.port, target=place.target.encode("ascii"))
        host = authority if place.port == 443 else f"{authority}:{place.port}"
        common = [("Host", host), ("User-Agent", "skillmark"), ("Accept-Encoding", "identity"), ("Connection", "close")]
        timeouts = dict.fromkeys(("connect", "read", "write", "pool"), self._step)
        extensions = {"timeout": timeouts, "sni_hostname": place.host}
        request = httpcore.Request(method, address, headers=[*common, *headers], content=body, extensions=extensions)
        try:
            response = connection.handle_request(request)
            try:
                return read(response)
            finally:
                response.close()
        except httpcore.TimeoutException as error:
            raise UnavailableError("fetch.timeout", place.host) from error
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, OSError) as error:
            code = "fetch.tls" if isinstance(error.__cause__ or error, ssl.SSLError) else "fetch.unreachable"
            raise UnavailableError(code, f"{place.host}: {error}"[:200]) from error
        finally:
            connection.close()


def _posted(response: httpcore.Response) -> Posted:
    if 300 <= response.status < 400:
        raise UnavailableError("fetch.redirect", "a message is sent where it is meant for, or nowhere", permanent=True)
    if not 200 <= response.status < 500:
        raise UnavailableError("fetch.status", str(response.status))
    media_type = _media_type(response)
    if response.status < 300 and media_type in _PAGES:
        raise UnavailableError("fetch.refused", "a web page where data should be")
    return Posted(response.status, _body(response, most=MAX_MESSAGE), media_type)


def _header(response: httpcore.Response, wanted: bytes) -> str:
    return next((value.decode("latin-1").strip() for name, value in response.headers if name.lower() == wanted), "")


def _media_type(response: httpcore.Response) -> str:
    return _header(response, b"content-type").partition(";")[0].strip().lower()


def _body(response: httpcore.Response, *, most: int) -> bytes:
    if _header(response, b"content-encoding").lower() not in ("", "identity"):
        raise UnavailableError("fetch.refused", "a packed answer, although we asked for a plain one")
    body = bytearray()
    for part in response.iter_stream():
        body += part
        if len(body) > most:
            raise UnavailableError("fetch.too_large", f"over {most} bytes")
    return bytes(body)


class Counted:
    """A Fetch for one check: `limit` fetches and no more, none begun after `seconds` (`fetch.too_many`, `fetch.timeout`).

    Make a new one for each check; it counts answers from a cache, too. May be used as `with … as fetch:`.
    """

    def __init__(self, fetch: Fetch, *, limit: int = MAX_FETCHES, seconds: float = TOTAL_SECONDS) -> None:
        self._fetch = fetch
        self._left = limit
        self._until = monotonic() + seconds
        self._lock = threading.Lock()

    def __call__(self, url: str, *, kind: FetchKind) -> Fetched:
        self.spend()
        return self._fetch(url, kind=kind)

    def spend(self) -> None:
        """Count one more; also for what is not fetched, such as a message that is sent."""
        with self._lock:
            self._left -= 1
            if self._left < 0:
                raise UnavailableError("fetch.too_many", "this document asks for too many addresses")
        if monotonic() >= self._until:
            raise UnavailableError("fetch.timeout", "the time for this check is used up")

    def __enter__(self) -> Counted:
        return self

    def __exit__(self, *_: object) -> None:
        self._left = 0
