"""The guarded fetcher: the only way out. See docs/reference/errors.md for the codes of the family `fetch.…`.

One address check is worth nothing if the connection then asks the resolver again and gets another answer. So a name
is resolved once, every address of the answer must be public, and the connection goes to exactly those addresses,
while TLS still proves the name. No proxies, cookies, credentials or environment are looked at.
"""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from time import monotonic
from urllib.parse import urljoin

import certifi
import httpcore

from credcore.errors import UnavailableError
from credcore.net import addresses
from credcore.net.pinned import Deadline, Resolver, backend_for, resolve, system_resolver
from credcore.ports import Fetch, Fetched, FetchKind

STEP_SECONDS = 3.0
TOTAL_SECONDS = 10.0
MAX_FETCHES = 8
_CAPS = {FetchKind.DID: 262_144, FetchKind.STATUS: 262_144, FetchKind.ITEM: 2_000_000}
_HOPS = {FetchKind.DID: 0, FetchKind.STATUS: 0, FetchKind.ITEM: 3}
_ACCEPT = {
    FetchKind.DID: "application/did+json, application/did+ld+json, application/json;q=0.9, */*;q=0.1",
    FetchKind.STATUS: "application/statuslist+jwt, application/vc+jwt, application/vc, application/json;q=0.9, */*;q=0.1",
    FetchKind.ITEM: "application/vc, application/ld+json, application/json, */*;q=0.5",
}
_MOVED = frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({404, 410})


class GuardedFetcher:
    """Implements `credcore.ports.Fetch` over https. Safe to share between threads.

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
                raise UnavailableError("fetch.redirect", "keys and lists must not move", permanent=True)
            try:
                url = urljoin(place.url, answer)
            except ValueError as error:
                raise UnavailableError("fetch.redirect", "moved to no address", permanent=True) from error
        raise UnavailableError("fetch.redirect", "moved too often", permanent=True)

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
        found = resolve(place, resolver=self._resolver, deadline=deadline, allow_private=self._allow_private)
        backend = backend_for(found, deadline=deadline)
        authority = f"[{place.host}]" if ":" in place.host else place.host
        connection = httpcore.HTTPConnection(
            httpcore.Origin(b"https", authority.strip("[]").encode(), place.port),
            ssl_context=self._tls,
            network_backend=backend,
        )
        address = httpcore.URL(scheme=b"https", host=authority.encode(), port=place.port, target=place.target.encode("ascii"))
        host = authority if place.port == 443 else f"{authority}:{place.port}"
        headers = [
            ("Host", host),
            ("User-Agent", "skillmark"),
            ("Accept", _ACCEPT[kind]),
            ("Accept-Encoding", "identity"),
            ("Connection", "close"),
        ]
        extensions = {"timeout": dict.fromkeys(("connect", "read", "write", "pool"), self._step)}
        request = httpcore.Request("GET", address, headers=headers, extensions=extensions | {"sni_hostname": place.host})
        try:
            response = connection.handle_request(request)
            try:
                return self._answer(place, response, kind=kind)
            finally:
                response.close()
        except httpcore.TimeoutException as error:
            raise UnavailableError("fetch.timeout", place.host) from error
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, OSError) as error:
            code = "fetch.tls" if isinstance(error.__cause__ or error, ssl.SSLError) else "fetch.unreachable"
            raise UnavailableError(code, f"{place.host}: {error}"[:200]) from error
        finally:
            connection.close()

    def _answer(self, place: addresses.Place, response: httpcore.Response, *, kind: FetchKind) -> Fetched | str:
        headers = {name.lower(): value.decode("latin-1").strip() for name, value in response.headers}
        if response.status in _MOVED and b"location" in headers:
            return headers[b"location"]
        if response.status != 200:
            raise UnavailableError("fetch.status", str(response.status), permanent=response.status in _GONE)
        if headers.get(b"content-encoding", "identity").lower() not in ("", "identity"):
            raise UnavailableError("fetch.refused", "a packed answer, although we asked for a plain one")
        media_type = headers.get(b"content-type", "").partition(";")[0].strip().lower()
        if kind is not FetchKind.ITEM and media_type in ("text/html", "application/xhtml+xml"):
            raise UnavailableError("fetch.refused", "a web page where data should be")
        body = bytearray()
        for part in response.iter_stream():
            body += part
            if len(body) > _CAPS[kind]:
                raise UnavailableError("fetch.too_large", f"over {_CAPS[kind]} bytes")
        return Fetched(place.url, bytes(body), media_type, self._clock())


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
        with self._lock:
            self._left -= 1
            if self._left < 0:
                raise UnavailableError("fetch.too_many", "this document asks for too many addresses")
        if monotonic() >= self._until:
            raise UnavailableError("fetch.timeout", "the time for this check is used up")
        return self._fetch(url, kind=kind)

    def __enter__(self) -> Counted:
        return self

    def __exit__(self, *_: object) -> None:
        self._left = 0
