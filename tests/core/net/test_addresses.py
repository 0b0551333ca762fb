"""Where we do not connect to, however it is spelled."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credcore.errors import UnavailableError
from credcore.net.addresses import check_url, is_public

INNER_ADDRESSES = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.127.255.255",
    "127.0.0.1",
    "127.1.2.3",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.0.1",
    "192.168.255.255",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::8.8.8.8",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:8.8.8.8",
    "::ffff:0:8.8.8.8",
    "64:ff9b::127.0.0.1",
    "64:ff9b::10.0.0.1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::8.8.8.8",
    "100::1",
    "2001::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:2::1",
    "2001:10::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:c0a8:1::",
    "2002:808:808::1",
    "3fff::1",
    "3ffe::1",
    "4000::1",
    "5f00::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
    "2606:4700::5efe:10.0.0.1",
    "2606:4700::200:5efe:192.168.0.1",
    "2606:4700::1111%1",
    "localhost",
    "1",
    "0x7f.1",
    "127.1",
    "010.0.0.1",
]

OUTER_ADDRESSES = [
    "1.1.1.1",
    "8.8.8.8",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.1",
    "172.15.255.255",
    "172.32.0.0",
    "192.0.1.1",
    "192.167.255.255",
    "192.169.0.0",
    "198.17.255.255",
    "198.20.0.0",
    "223.255.255.255",
    "2606:4700:4700::1111",
    "2a00:1450:4001::200e",
    "64:ff9b::8.8.8.8",
    "2606:4700::5efe:8.8.8.8",
]


@pytest.mark.parametrize("address", INNER_ADDRESSES)
def test_inner_addresses(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", OUTER_ADDRESSES)
def test_outer_addresses(address: str) -> None:
    assert is_public(address)
    assert is_public(ipaddress.ip_address(address))


@given(number=st.integers(0, 2**32 - 1))
def test_never_laxer_than_the_standard_library(number: int) -> None:
    address = ipaddress.IPv4Address(number)
    if is_public(address):
        assert address.is_global
        assert not address.is_multicast
    assert not is_public(ipaddress.IPv6Address(f"::ffff:{address}"))
    assert is_public(ipaddress.IPv6Address(f"64:ff9b::{address}")) == is_public(address)


BAD_URLS = [
    "",
    "http://proofs.example.com/",
    "ftp://proofs.example.com/",
    "file:///etc/hostname",
    "gopher://proofs.example.com/",
    "javascript:alert(1)",
    "//proofs.example.com/",
    "proofs.example.com",
    "https:proofs.example.com",
    "https://",
    "https:///path",
    "https://?x",
    "https://user@proofs.example.com/",
    "https://user:word@proofs.example.com/",
    "https://@proofs.example.com/",
    "https://proofs.example.com:80/",
    "https://proofs.example.com:8443/",
    "https://proofs.example.com:0/",
    "https://proofs.example.com:/",
    "https://proofs.example.com:443x/",
    "https://proofs.example.com:99999/",
    "https://proofs.example.com:-1/",
    "https://proofs.example.com\\@10.0.0.1/",
    "https:\\\\proofs.example.com/",
    "https://proofs.example.com/a b",
    " https://proofs.example.com/",
    "https://proofs.example.com/\n",
    "https://proofs.exa\tmple.com/",
    "https://proofs.example.com/\x00",
    "https://proofs.example.com/\u2028",
    "https://proofs.example.com/\udcff",
    "https://2130706433/",
    "https://0177.0.0.1/",
    "https://0x7f.0.0.1/",
    "https://0x7f000001/",
    "https://127.1/",
    "https://127.0.1/",
    "https://0/",
    "https://0x/",
    "https://1.2.3.4.5/",
    "https://256.1.1.1/",
    "https://8.8.8.010/",
    "https://foo.0x7f/",
    "https://foo.1/",
    "https://１２７.０.０.１/",
    "https://①②⑦.0.0.1/",
    "https://%31%32%37.0.0.1/",
    "https://proofs%2eexample.com/",
    "https://proofs_.example.com/",
    "https://-proofs.example.com/",
    "https://proofs-.example.com/",
    "https://proofs..example.com/",
    "https://.example.com/",
    "https://proofs.example.com../",
    "https://" + "a" * 64 + ".example.com/",
    "https://" + "a." * 130 + "com/",
    "https://straße.example.com/",
    "https://a\u200db.example.com/",
    "https://ⓖoogle.com/",
    "https://proofs。example。com。。/",
    "https://[proofs.example.com]/",
    "https://[::1/",
    "https://[v1.x]/",
    "https://[2606:4700::1111]x/",
    "https://[2606:4700::1111].example.com/",
    "https://x[2606:4700::1111]/",
    "https://2606:4700::1111/",
    "https://*.example.com/",
    "https://proofs.test/",
    "https://proofs.invalid/",
    "https://abcdef.onion/",
    "https://proofs.example/",
    "https://proofs.example.com/" + "a" * 2_048,
]

INNER_URLS = [
    "https://localhost/",
    "https://LOCALHOST./",
    "https://a.localhost/",
    "https://printer/",
    "https://printer.local/",
    "https://hr.corp/",
    "https://nas.lan/",
    "https://router.home.arpa/",
    "https://metadata.google.internal/",
    *(
        f"https://{address}/"
        for address in INNER_ADDRESSES
        if address.count(".") == 3 and ":" not in address and address[0] != "0"
    ),
    *(f"https://[{address}]/" for address in INNER_ADDRESSES if ":" in address),
    "https://0.0.0.0/",
    "https://127.0.0.1./",
    "https://127。0。0。1/",
]


@pytest.mark.parametrize("url", BAD_URLS)
def test_bad_urls(url: str) -> None:
    with pytest.raises(UnavailableError) as caught:
        check_url(url)
    assert caught.value.code == "fetch.bad_url"
    assert caught.value.permanent


@pytest.mark.parametrize("url", INNER_URLS)
def test_inner_urls(url: str) -> None:
    with pytest.raises(UnavailableError) as caught:
        check_url(url)
    assert caught.value.code == "fetch.private_address"
    assert caught.value.permanent


@pytest.mark.parametrize(
    ("url", "host", "target"),
    [
        ("https://Proofs.Example.COM", "proofs.example.com", "/"),
        ("https://proofs.example.com.:443/a/b?c=d#e", "proofs.example.com", "/a/b?c=d"),
        ("HTTPS://xn--bcher-kva.example.com/ü?ü", "xn--bcher-kva.example.com", "/%C3%BC?%C3%BC"),
        ("https://bücher.example.com/%20%zz", "xn--bcher-kva.example.com", "/%20%zz"),
        ("https://8.8.8.8/", "8.8.8.8", "/"),
        ("https://[2606:4700:4700:0::1111]/x", "2606:4700:4700::1111", "/x"),
    ],
)
def test_good_urls(url: str, host: str, target: str) -> None:
    place = check_url(url)
    assert (place.host, place.port, place.target) == (host, 443, target)
    assert check_url(place.url) == place


def test_allow_private_opens_addresses_and_ports_and_nothing_else() -> None:
    assert check_url("https://127.0.0.1:8443/x", allow_private=True).port == 8443
    assert check_url("https://localhost:1/", allow_private=True).host == "localhost"
    for url in ("http://127.0.0.1/", "https://a@127.0.0.1/", "https://0x7f.1/", "https://127.1/"):
        with pytest.raises(UnavailableError, match=r"fetch\.bad_url"):
            check_url(url, allow_private=True)


@given(text=st.text(max_size=60), start=st.sampled_from(["", "https://", "https://[", "https://a.com:", "https://a.com/"]))
def test_any_text(text: str, start: str) -> None:
    try:
        place = check_url(start + text)
    except UnavailableError as error:
        assert error.code in ("fetch.bad_url", "fetch.private_address")
    else:
        assert place.url.isascii()
        assert place.port == 443
        assert check_url(place.url) == place
