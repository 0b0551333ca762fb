"""Where we are willing to connect to. Pure: no socket, no resolver.

The lists follow the IANA special-purpose registries (RFC 6890 and updates) and are written out, because what the
standard library calls private changes between its versions.
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import SplitResult, quote, urlsplit

from credcore.errors import UnavailableError

_V4_REFUSED = tuple(
    ipaddress.IPv4Network(net)
    for net in (
        "0.0.0.0/8",  # this network, unspecified
        "10.0.0.0/8",
        "100.64.0.0/10",  # shared by a provider's customers (CGNAT)
        "127.0.0.0/8",
        "169.254.0.0/16",  # link-local; the metadata services of clouds
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
_V6_GLOBAL = ipaddress.IPv6Network("2000::/3")
_V6_REFUSED = tuple(
    ipaddress.IPv6Network(net)
    for net in (
        "2001::/23",  # protocol assignments: Teredo, ORCHID, benchmarks
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: an IPv4 address inside
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
        "3ffe::/16",  # the old 6bone
    )
)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_ISATAP = (0x0000_5EFE, 0x0200_5EFE)

_MAX_URL = 2_048
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_BRACKETED = re.compile(r"\[[^\[\]]*\](?::[0-9]*)?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
# Names that mean this machine or this building (RFC 6761, 6762, 7686, 8375, 9476 and common use).
_INNER = ("localhost", "local", "internal", "intranet", "lan", "home", "corp", "private", "home.arpa", "localdomain")
_NOWHERE = ("test", "invalid", "onion", "alt", "example")
# IDNA 2003 and 2008 read these differently, or they join letters invisibly: two names for one look.
_DEVIATING = frozenset("ßς\u200c\u200d")


@dataclass(frozen=True, slots=True)
class Place:
    """A checked https URL. `host` is ASCII and lower case (IPv6 without brackets), `target` the path and query."""

    url: str
    host: str
    port: int
    target: str


def is_public(ip: str | IPv4Address | IPv6Address) -> bool:
    """Whether an address belongs to the public internet. Anything that is not plainly so is not.

    Mapped, compatible, 6to4 and Teredo forms are refused whatever they embed. A NAT64 address (RFC 6052, the
    well-known prefix) counts as the IPv4 address in it, because networks without IPv4 reach the world in that way.
    """
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return False
    if isinstance(address, IPv4Address):
        return not any(address in net for net in _V4_REFUSED)
    if address.scope_id is not None:
        return False
    embedded = IPv4Address(int(address) & 0xFFFF_FFFF)
    if address in _NAT64:
        return is_public(embedded)
    if address not in _V6_GLOBAL or any(address in net for net in _V6_REFUSED):
        return False
    return (int(address) >> 32) & 0xFFFF_FFFF not in _ISATAP or is_public(embedded)


def check_url(url: str, *, allow_private: bool = False) -> Place:
    """The parts of a URL that we may open: https, port 443, no user part, an honest host name.

    `allow_private` (tests, a site's own servers) also permits inner names, private addresses and other ports.
    Raises UnavailableError, permanent: `fetch.bad_url`, `fetch.private_address`.
    """
    parts = _split(url)
    if parts.scheme != "https":
        raise _bad("not https")
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        raise _bad("a user name in the address")
    try:
        port = 443 if parts.port is None else parts.port
    except ValueError as error:
        raise _bad("not a port") from error
    bracketed = "[" in parts.netloc or "]" in parts.netloc
    if bracketed and not _BRACKETED.fullmatch(parts.netloc):
        raise _bad("brackets in the wrong place")
    if parts.netloc.endswith(":") or port == 0 or (port != 443 and not allow_private):
        raise _bad("another port than 443")
    host = _host(parts.hostname or "", bracketed=bracketed, allow_private=allow_private)
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    if parts.query:
        target += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    authority = (f"[{host}]" if ":" in host else host) + ("" if port == 443 else f":{port}")
    return Place(f"https://{authority}{target}", host, port, target)


def _split(url: str) -> SplitResult:
    # The library quietly drops tabs, line ends and outer spaces, and programs differ about backslashes.
    if not url or len(url) > _MAX_URL or "\\" in url or any(c.isspace() or ord(c) < 32 or ord(c) == 127 for c in url):
        raise _bad("empty, too long, or with spaces or backslashes")
    try:
        url.encode("utf-8")
        return urlsplit(url)
    except ValueError as error:
        raise _bad("cannot be read") from error


def _host(host: str, *, bracketed: bool, allow_private: bool) -> str:
    if bracketed:
        return _address(host, allow_private=allow_private)
    host = _ascii(host).removesuffix(".")
    labels = host.split(".")
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise _bad("not a host name")
    if _NUMBER.fullmatch(labels[-1]):
        # It ends in a number, so programs take it for an IPv4 address, whatever its spelling (WHATWG URL, host).
        return _address(host, allow_private=allow_private)
    if any(host == name or host.endswith("." + name) for name in _NOWHERE) and not allow_private:
        raise _bad("a name that leads nowhere")
    inner = len(labels) == 1 or any(host == name or host.endswith("." + name) for name in _INNER)
    if inner and not allow_private:
        raise UnavailableError("fetch.private_address", host, permanent=True)
    return host


def _address(host: str, *, allow_private: bool) -> str:
    """A bare address, only in its plain spelling: no octal, hexadecimal, short or single-number forms."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError as error:
        raise _bad("not an address in its plain spelling") from error
    if not allow_private and not is_public(address):
        raise UnavailableError("fetch.private_address", str(address), permanent=True)
    return str(address)


def _ascii(host: str) -> str:
    """The host in ASCII. Only spellings that every IDNA version reads alike."""
    host = host.lower()
    if host.isascii():
        return host
    if unicodedata.normalize("NFKC", host) != host or _DEVIATING & set(host):
        raise _bad("a host name that programs read differently")
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise _bad("not a host name") from error


def _bad(detail: str) -> UnavailableError:
    return UnavailableError("fetch.bad_url", detail, permanent=True)
