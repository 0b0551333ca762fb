"""Full addresses for paper, QR codes and messages."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from django.http import HttpRequest


def full(*, request: HttpRequest, base_url: str, path: str) -> str:
    """`path` under the firm's public address, or under the one that this browser used."""
    return base_url + path if base_url else request.build_absolute_uri(path)


def only_here(*, url: str) -> bool:
    """Whether `url` names this computer itself, so that no phone can open it."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
