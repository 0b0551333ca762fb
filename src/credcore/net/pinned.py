"""From a name to a connection, with one answer of the resolver in between: the checked addresses are the used ones."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from time import monotonic

import httpcore

from credcore.errors import UnavailableError
from credcore.net import addresses

Resolver = Callable[[str], Sequence[str]]

_MAX_TRIED = 3
_MAX_ANSWER = 64


@dataclass(frozen=True, slots=True)
class Deadline:
    """`until`: the end on the monotonic clock. `step`: seconds for one step at most."""

    until: float
    step: float

    def left(self, step: float | None = None) -> float:
        """Seconds for the next step. Raises httpcore.ReadTimeout when the time is over."""
        left = min(self.until - monotonic(), self.step if step is None else min(step, self.step))
        if left <= 0:
            raise httpcore.ReadTimeout("the time is over")
        return left


def system_resolver(host: str) -> Sequence[str]:
    """The A and AAAA records of a name, as text, as the operating system answers. Raises OSError."""
    return [str(info[4][0]) for info in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)]


def resolve(place: addresses.Place, *, resolver: Resolver, deadline: Deadline, allow_private: bool) -> tuple[str, ...]:
    """The addresses of a host, every one of them public.

    One private address spoils the answer: a name with both is set up to be asked until the wrong one comes.
    Raises UnavailableError: `fetch.private_address`, `fetch.unreachable`, `fetch.timeout`.
    """
    found = tuple(dict.fromkeys(_ask(place, resolver=resolver, deadline=deadline)))
    if not found or len(found) > _MAX_ANSWER:
        raise UnavailableError("fetch.unreachable", f"{place.host} has no address, or too many")
    for address in found:
        if not allow_private and not addresses.is_public(address):
            raise UnavailableError("fetch.private_address", f"{place.host} is {address}", permanent=True)
    return found[:_MAX_TRIED]


def _ask(place: addresses.Place, *, resolver: Resolver, deadline: Deadline) -> Sequence[str]:
    """Ask in a thread of its own, because the system's resolver knows no time limit."""
    answers: list[Sequence[str]] = []
    problems: list[OSError | UnicodeError] = []

    def ask() -> None:
        try:
            answers.append(resolver(place.host))
        except (OSError, UnicodeError) as error:  # gaierror is an OSError
            problems.append(error)

    thread = threading.Thread(target=ask, name="skillmark-resolver", daemon=True)
    thread.start()
    try:
        thread.join(deadline.left())
    except httpcore.TimeoutException as error:
        raise UnavailableError("fetch.timeout", place.host) from error
    if problems:
        raise UnavailableError("fetch.unreachable", f"{place.host}: {problems[0]}"[:200]) from problems[0]
    if not answers:
        raise UnavailableError("fetch.timeout", f"{place.host}: no answer from the resolver")
    return answers[0]


def backend_for(found: Sequence[str], *, deadline: Deadline) -> httpcore.NetworkBackend:
    """A backend that connects to the `found` addresses only, in their order, and ends with the deadline."""
    return _PinnedBackend(found, deadline)


class _PinnedBackend(httpcore.NetworkBackend):
    """Connects to the given addresses, whatever host it is asked for, and keeps the deadline in each step."""

    def __init__(self, found: Sequence[str], deadline: Deadline) -> None:
        self._found = found
        self._deadline = deadline
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        for last, address in enumerate(self._found, start=1 - len(self._found)):
            try:
                left = self._deadline.left(timeout)
                return _TimedStream(self._backend.connect_tcp(address, port, timeout=left), self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if not last:
                    raise
        raise httpcore.ConnectError("no address")

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        raise httpcore.ConnectError("no local sockets")


class _TimedStream(httpcore.NetworkStream):
    """A stream whose every step ends with the deadline: a server that drips one byte a second is cut off."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, timeout=self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout=self._deadline.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = self._deadline.left(timeout)
        return _TimedStream(self._stream.start_tls(ssl_context, server_hostname, timeout=left), self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)
