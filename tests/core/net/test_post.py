"""Messages to other programs, against a real TLS server: what is sent, what is read, and everything that is refused."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from credcore.errors import UnavailableError
from credcore.net.cached import CachedFetch
from credcore.net.guarded import MAX_MESSAGE, GuardedFetcher
from credcore.ports import FetchKind, Posted

from .server import NAME, Server, moved, reply
from .test_guarded import dripping, silent

FORM = "application/x-www-form-urlencoded"


def refused(fetcher: GuardedFetcher, url: str, code: str, *, bearer: str = "") -> UnavailableError:
    with pytest.raises(UnavailableError) as caught:
        fetcher.post(url, body=b"{}", media_type="application/json", bearer=bearer)
    assert caught.value.code == code, str(caught.value)
    return caught.value


def test_a_form_and_json(server: Server, fetcher: GuardedFetcher) -> None:
    server.answers["/token"] = reply(body=b'{"a":1}', media_type="application/json; charset=utf-8")
    url = server.url("/token", host=NAME)
    assert fetcher.post(url, body=b"grant_type=x", media_type=FORM) == Posted(200, b'{"a":1}', "application/json")
    assert fetcher.post(url, body=b"{}", media_type="application/json", bearer="abc.DEF-_~+/1==").status == 200
    assert fetcher.post(url, body=b"", media_type=FORM, accept="application/oauth-authz-req+jwt").status == 200
    form, json, request = (one.decode() for one in server.requests)
    assert "Accept: application/json\r\n" in form
    assert "Accept: application/oauth-authz-req+jwt\r\n" in request
    assert form.startswith("POST /token HTTP/1.1\r\n")
    assert form.endswith("\r\n\r\ngrant_type=x")
    assert f"Content-Type: {FORM}\r\n" in form
    assert "authorization" not in form.lower()
    assert "Authorization: Bearer abc.DEF-_~+/1==\r\n" in json
    assert json.endswith("\r\n\r\n{}")


def test_a_refusal_is_an_answer_and_a_breakdown_is_not(server: Server, fetcher: GuardedFetcher) -> None:
    server.answers |= {
        "/no": reply(status="400 Bad Request", body=b'{"error":"invalid_grant"}'),
        "/page": reply(status="404 Not Found", body=b"<p>", media_type="text/html"),
        "/broken": reply(status="503 Oh"),
    }
    assert fetcher.post(server.url("/no"), body=b"", media_type=FORM).status == 400
    assert fetcher.post(server.url("/page"), body=b"", media_type=FORM) == Posted(404, b"<p>", "text/html")
    refused(fetcher, server.url("/broken"), "fetch.status")


@pytest.mark.parametrize("status", ["301 M", "302 F", "303 S", "307 T", "308 P", "300 Many"])
def test_a_message_is_never_sent_on(server: Server, fetcher: GuardedFetcher, status: str) -> None:
    server.answers |= {"/": moved("/other", status=status), "/other": reply()}
    assert refused(fetcher, server.url("/"), "fetch.redirect").permanent
    assert len(server.requests) == 1


def test_what_is_not_data(server: Server, fetcher: GuardedFetcher) -> None:
    server.answers |= {
        "/page": reply(media_type="text/html"),
        "/gzip": reply(more="Content-Encoding: gzip\r\n"),
        "/cap": reply(body=b"x" * MAX_MESSAGE),
        "/over": reply(body=b"x" * (MAX_MESSAGE + 1)),
        "/over-no": reply(status="400 No", body=b"x" * (MAX_MESSAGE + 1)),
    }
    refused(fetcher, server.url("/page"), "fetch.refused")
    refused(fetcher, server.url("/gzip"), "fetch.refused")
    refused(fetcher, server.url("/over"), "fetch.too_large")
    refused(fetcher, server.url("/over-no"), "fetch.too_large")
    assert len(fetcher.post(server.url("/cap"), body=b"", media_type=FORM).body) == MAX_MESSAGE


@pytest.mark.parametrize("slow", [silent, dripping])
def test_slow_servers(server: Server, fetcher: GuardedFetcher, slow: object) -> None:
    server.answers["/"] = slow  # type: ignore[assignment]
    refused(fetcher, server.url("/"), "fetch.timeout")


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://proofs.example.com/", "fetch.bad_url"),
        ("https://proofs.example.com:8443/", "fetch.bad_url"),
        ("https://127.0.0.1/", "fetch.private_address"),
        ("https://[::ffff:10.0.0.1]/", "fetch.private_address"),
        ("https://localhost/token", "fetch.private_address"),
        ("https://inner.example.com/", "fetch.private_address"),
    ],
)
def test_addresses_are_judged_as_when_fetching(url: str, code: str) -> None:
    def inner(host: str) -> Sequence[str]:
        return ["8.8.8.8", "10.0.0.7"]

    refused(GuardedFetcher(resolver=inner), url, code)


@pytest.mark.parametrize("bearer", ["a b", "a\r\nHost: x", "a\n", "ü", "=", "a,b"])
def test_a_token_brings_no_header_with_it(server: Server, fetcher: GuardedFetcher, bearer: str) -> None:
    server.answers["/"] = reply()
    refused(fetcher, server.url("/"), "fetch.refused", bearer=bearer)
    assert server.requests == []


def test_the_certificate_is_checked(server: Server, authority: Path) -> None:
    refused(GuardedFetcher(allow_private=True), server.url("/"), "fetch.tls")


def test_what_programs_say_is_asked_anew_each_time(server: Server, fetcher: GuardedFetcher) -> None:
    server.answers |= {"/": reply(), "/moved": moved("/"), "/page": reply(media_type="text/html")}
    cached = CachedFetch(fetcher)
    for _ in range(2):
        assert cached(server.url("/"), kind=FetchKind.MESSAGE).body == b"{}"
    assert len(server.requests) == 2
    for path, code in (("/moved", "fetch.redirect"), ("/page", "fetch.refused")):
        with pytest.raises(UnavailableError) as caught:
            cached(server.url(path), kind=FetchKind.MESSAGE)
        assert caught.value.code == code
