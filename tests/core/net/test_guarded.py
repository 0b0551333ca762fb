"""The guarded fetcher against a real TLS server: what it fetches, and everything it refuses."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Sequence
from datetime import UTC
from pathlib import Path
from time import perf_counter, sleep

import pytest

from credcore.errors import UnavailableError
from credcore.net import pinned
from credcore.net.guarded import Counted, GuardedFetcher
from credcore.ports import Fetched, FetchKind
from tests.patience import BUSY

from .conftest import NOW
from .server import NAME, Server, make_authority, moved, reply

DID, STATUS, ITEM = FetchKind.DID, FetchKind.STATUS, FetchKind.ITEM


def refused(fetch: GuardedFetcher | Counted, url: str, code: str, *, kind: FetchKind = DID) -> UnavailableError:
    begun = perf_counter()
    with pytest.raises(UnavailableError) as caught:
        fetch(url, kind=kind)
    assert caught.value.code == code, str(caught.value)
    assert perf_counter() - begun < 0.5 * BUSY
    return caught.value


def test_an_answer(server: Server, fetcher: GuardedFetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    server.answers["/did.json?x=1"] = reply(body=b'{"id": 1}', media_type="application/DID+json; charset=utf-8")
    url = server.url("/did.json?x=1", host=NAME)
    answer = fetcher(url + "#key", kind=DID)
    assert answer == Fetched(url, b'{"id": 1}', "application/did+json", NOW)
    assert server.names == [NAME], "the name is in the handshake although we connect to an address"
    request = server.requests[0].decode().lower()
    assert f"host: {NAME}:{server.port}\r\n" in request
    assert "accept-encoding: identity\r\n" in request
    assert request.count("host:") == 1
    assert "cookie" not in request
    assert "authorization" not in request


def test_the_clock_is_aware_unless_told_otherwise(server: Server, authority: Path) -> None:
    server.answers["/"] = reply()
    answer = GuardedFetcher(allow_private=True, roots=authority / "ca.pem")(server.url("/"), kind=DID)
    assert answer.fetched_at.tzinfo is UTC


def test_answers_in_pieces(server: Server, fetcher: GuardedFetcher) -> None:
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"
    server.answers["/chunked"] = lambda sock, _: sock.sendall(chunked)
    server.answers["/closed"] = lambda sock, _: sock.sendall(b"HTTP/1.1 200 OK\r\n\r\n{}")
    assert fetcher(server.url("/chunked"), kind=DID).body == b"{}"
    assert fetcher(server.url("/closed"), kind=DID).body == b"{}"


@pytest.mark.parametrize(("status", "permanent"), [("404 No", True), ("410 Gone", True), ("500 Oh", False), ("204 No", False)])
def test_other_answers_than_200(server: Server, fetcher: GuardedFetcher, status: str, permanent: bool) -> None:
    server.answers["/"] = reply(status=status, body=b"")
    assert refused(fetcher, server.url("/"), "fetch.status").permanent is permanent


def test_size(server: Server, fetcher: GuardedFetcher) -> None:
    server.answers["/cap"] = reply(body=b"x" * 262_144)
    server.answers["/over"] = reply(body=b"x" * 262_145)
    server.answers["/item"] = reply(body=b"x" * 2_000_000)
    server.answers["/large"] = reply(body=b"x" * 2_000_001)
    server.answers["/endless"] = endless
    assert len(fetcher(server.url("/cap"), kind=STATUS).body) == 262_144
    assert len(fetcher(server.url("/item"), kind=ITEM).body) == 2_000_000
    refused(fetcher, server.url("/over"), "fetch.too_large", kind=STATUS)
    refused(fetcher, server.url("/large"), "fetch.too_large", kind=ITEM)
    refused(fetcher, server.url("/endless"), "fetch.too_large", kind=ITEM)


def endless(sock: ssl.SSLSocket, done: threading.Event) -> None:
    sock.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while not done.is_set():
        sock.sendall(b"x" * 65_536)


def test_redirects(server: Server, fetcher: GuardedFetcher) -> None:
    server.answers |= {"/0": reply(), "/1": moved("/0"), "/2": moved(server.url("/1")), "/3": moved("2"), "/4": moved("/3")}
    assert fetcher(server.url("/3"), kind=ITEM).url == server.url("/0")
    refused(fetcher, server.url("/4"), "fetch.redirect", kind=ITEM)
    for kind in (DID, STATUS):
        assert refused(fetcher, server.url("/1"), "fetch.redirect", kind=kind).permanent


@pytest.mark.parametrize(
    ("where", "code"),
    [
        ("http://127.0.0.1/", "fetch.bad_url"),
        ("file:///etc/hostname", "fetch.bad_url"),
        ("https://user@127.0.0.1/", "fetch.bad_url"),
        ("https://[/", "fetch.redirect"),
        ("https://0x7f.1/", "fetch.bad_url"),
    ],
)
def test_redirects_to_bad_places(server: Server, fetcher: GuardedFetcher, where: str, code: str) -> None:
    server.answers["/"] = moved(where)
    refused(fetcher, server.url("/"), code, kind=ITEM)


def test_a_redirect_is_checked_as_strictly_as_the_first_address(
    server: Server, authority: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the first hop may be private here: the rule is lifted for it, and must be back for the second."""
    server.answers["/"] = moved("https://169.254.169.254/latest/meta-data")
    fetcher = GuardedFetcher(allow_private=True, roots=authority / "ca.pem", step_seconds=0.5)
    first_get = fetcher._get

    def then_strict(*args: object, **options: object) -> object:
        answer = first_get(*args, **options)  # type: ignore[arg-type]
        fetcher._allow_private = False
        return answer

    monkeypatch.setattr(fetcher, "_get", then_strict)
    refused(fetcher, server.url("/"), "fetch.private_address", kind=ITEM)


def test_what_is_not_data(server: Server, fetcher: GuardedFetcher) -> None:
    server.answers["/gzip"] = reply(more="Content-Encoding: gzip\r\n")
    server.answers["/page"] = reply(media_type="text/html; charset=utf-8")
    refused(fetcher, server.url("/gzip"), "fetch.refused", kind=ITEM)
    refused(fetcher, server.url("/page"), "fetch.refused", kind=STATUS)
    assert fetcher(server.url("/page"), kind=ITEM).media_type == "text/html"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"hello\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 30_000 + b"\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n",
        b"\x00\xff" * 100,
    ],
)
def test_broken_answers(server: Server, fetcher: GuardedFetcher, raw: bytes) -> None:
    server.answers["/"] = lambda sock, _: sock.sendall(raw)
    with pytest.raises(UnavailableError) as caught:
        fetcher(server.url("/"), kind=DID)
    assert caught.value.code in ("fetch.unreachable", "fetch.status")


def silent(_: ssl.SSLSocket, done: threading.Event) -> None:
    done.wait(4)


def dripping(sock: ssl.SSLSocket, done: threading.Event) -> None:
    sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n")
    while not done.wait(0.05):
        sock.sendall(b"x")


def dripping_head(sock: ssl.SSLSocket, done: threading.Event) -> None:
    sock.sendall(b"HTTP/1.1 200 OK\r\n")
    while not done.wait(0.05):
        sock.sendall(b"X: y\r\n")


@pytest.mark.parametrize("slow", [silent, dripping, dripping_head])
def test_slow_servers(server: Server, fetcher: GuardedFetcher, slow: object) -> None:
    server.answers["/"] = slow  # type: ignore[assignment]
    refused(fetcher, server.url("/"), "fetch.timeout")


def test_a_server_that_never_shakes_hands(fetcher: GuardedFetcher) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        refused(fetcher, f"https://127.0.0.1:{listener.getsockname()[1]}/", "fetch.timeout")


def test_nobody_there(fetcher: GuardedFetcher) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    refused(fetcher, f"https://127.0.0.1:{port}/", "fetch.unreachable")


def test_certificates(server: Server, fetcher: GuardedFetcher, authority: Path, tmp_path: Path) -> None:
    server.answers["/"] = reply()
    wrong_name = GuardedFetcher(allow_private=True, roots=authority / "ca.pem", resolver=lambda _: ["127.0.0.1"])
    refused(wrong_name, server.url("/", host="other.example.com"), "fetch.tls")
    refused(GuardedFetcher(allow_private=True), server.url("/"), "fetch.tls")
    other = make_authority(tmp_path)
    refused(GuardedFetcher(allow_private=True, roots=other / "ca.pem"), server.url("/"), "fetch.tls")


def test_no_tls_at_all(fetcher: GuardedFetcher) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        refused(fetcher, f"https://127.0.0.1:{listener.getsockname()[1]}/", "fetch.tls")
        thread.join(5)


@pytest.mark.parametrize(
    "found",
    [["127.0.0.1"], ["10.0.0.1"], ["8.8.8.8", "192.168.1.1"], ["2606:4700::1111", "::1"], ["fe80::1%eth0"], ["x"]],
)
def test_every_address_of_a_name_must_be_public(found: list[str]) -> None:
    asked: list[str] = []
    fetcher = GuardedFetcher(resolver=lambda host: asked.append(host) or found)  # type: ignore[func-returns-value]
    refused(fetcher, "https://proofs.example.com/", "fetch.private_address")
    assert asked == ["proofs.example.com"]


def test_rebinding(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that answers well once and badly ever after: we ask once, and connect to what was checked."""
    asked: list[str] = []
    connected: list[object] = []

    def rebinding(host: str) -> Sequence[str]:
        asked.append(host)
        return ["8.8.8.8", "2606:4700::1111"] if len(asked) == 1 else ["127.0.0.1"]

    def connect(address: object, *_: object, **__: object) -> socket.socket:
        connected.append(address)
        raise ConnectionRefusedError("not in a test")

    monkeypatch.setattr(socket, "create_connection", connect)
    refused(GuardedFetcher(resolver=rebinding), "https://proofs.example.com/", "fetch.unreachable")
    assert asked == ["proofs.example.com"]
    assert connected == [("8.8.8.8", 443), ("2606:4700::1111", 443)]


def test_the_next_address_is_tried(server: Server, authority: Path) -> None:
    server.answers["/"] = reply()
    roots = authority / "ca.pem"
    fetcher = GuardedFetcher(allow_private=True, roots=roots, resolver=lambda _: ["::1", "127.0.0.1"])
    assert fetcher(server.url("/", host=NAME), kind=DID).body == b"{}"


def test_resolvers_that_fail() -> None:
    def broken(_: str) -> Sequence[str]:
        raise socket.gaierror(-2, "Name or service not known")

    def odd(_: str) -> Sequence[str]:
        raise UnicodeError("label too long")

    for resolver in (broken, odd, lambda _: [], lambda _: [f"8.8.{n}.8" for n in range(65)]):
        refused(GuardedFetcher(resolver=resolver), "https://proofs.example.com/", "fetch.unreachable")
    slow = GuardedFetcher(resolver=lambda _: sleep(1) or [], step_seconds=0.1)  # type: ignore[func-returns-value]
    refused(slow, "https://proofs.example.com/", "fetch.timeout")


def test_the_systems_resolver() -> None:
    assert set(pinned.system_resolver("localhost")) <= {"127.0.0.1", "::1"}


def test_at_most_eight_fetches_for_one_check(server: Server, fetcher: GuardedFetcher) -> None:
    server.answers["/"] = reply()
    with fetcher.session() as fetch:
        for _ in range(8):
            fetch(server.url("/"), kind=DID)
        refused(fetch, server.url("/"), "fetch.too_many")
    assert len(server.requests) == 8
    refused(fetcher.session(seconds=0), server.url("/"), "fetch.timeout")
    with fetcher.session() as fetch:
        pass
    refused(fetch, server.url("/"), "fetch.too_many")
