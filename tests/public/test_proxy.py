"""Behind a proxy each visitor's tries are their own, and nobody is whom they say they are."""

from __future__ import annotations

from ipaddress import ip_network
from typing import Any

import pytest

from skillmark.configuration import Configuration
from skillmark.wsgi import behind

PROXIES = [ip_network("127.0.0.1"), ip_network("::1"), ip_network("10.0.0.0/24")]


def asked_by(peer: str, said: str | None) -> str:
    seen: dict[str, Any] = {}

    def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        seen.update(environ)
        return []

    environ = {"REMOTE_ADDR": peer} | ({} if said is None else {"HTTP_X_FORWARDED_FOR": said})
    behind(application, proxies=PROXIES)(environ, None)
    return str(seen["REMOTE_ADDR"])


@pytest.mark.parametrize(
    ("peer", "said", "who"),
    [
        ("127.0.0.1", "203.0.113.7", "203.0.113.7"),
        ("::1", "2001:db8::7", "2001:db8::7"),
        ("::1", "[2001:db8::7]", "2001:db8::7"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.7", "203.0.113.7"),  # what a visitor says of himself counts for nothing
        ("127.0.0.1", "203.0.113.7, 10.0.0.3", "203.0.113.7"),  # two proxies, one behind the other
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),  # no proxy of ours
        ("127.0.0.1", "203.0.113.7, unknown", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", None, "127.0.0.1"),
        ("127.0.0.1", "10.0.0.9", "10.0.0.9"),  # the proxy itself asks
        ("", "203.0.113.7", ""),
    ],
)
def test_it_is_the_one_whom_the_last_proxy_heard(peer: str, said: str | None, who: str) -> None:
    assert asked_by(peer, said) == who


def test_proxies_are_addresses_or_networks() -> None:
    assert [str(one) for one in Configuration(proxies="127.0.0.1, 10.0.0.0/24").networks] == ["127.0.0.1/32", "10.0.0.0/24"]
    assert Configuration(proxies="").networks == []
    with pytest.raises(ValueError, match="proxies"):
        Configuration(proxies="the one in the cellar")
