"""Full addresses for QR codes and files."""

from __future__ import annotations

import uuid

from django.http import HttpRequest
from django.urls import reverse


def full(*, request: HttpRequest, path: str, base_url: str = "") -> str:
    """`path` under the giver's public address, or under the one that this browser used."""
    return base_url + path if base_url else request.build_absolute_uri(path)


def check_page(*, request: HttpRequest, issued_id: uuid.UUID, base_url: str = "") -> str:
    """Where anyone can check this proof."""
    return full(request=request, path=reverse("verify", args=[issued_id]), base_url=base_url)
