"""Whose line a request came by. Pure."""

from __future__ import annotations

import ipaddress


def line_of(address: str) -> str:
    """What tries are counted by: with IPv6 each line has a whole network of 2^64 addresses, and could take another one for
    each try. `address` may be anything, as programs call themselves."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address or "unknown"
    if isinstance(found, ipaddress.IPv4Address):
        return address
    return str(found.ipv4_mapped or ipaddress.ip_network((found, 64), strict=False))
