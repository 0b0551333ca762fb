"""Full addresses for QR codes and files."""

from __future__ import annotations

import json
import uuid

from django.http import HttpRequest
from django.urls import reverse


def full(*, request: HttpRequest, path: str, base_url: str = "") -> str:
    """`path` under the giver's public address, or under the one that this browser used."""
    return base_url + path if base_url else request.build_absolute_uri(path)


def check_page(*, request: HttpRequest, issued_id: uuid.UUID, document: bytes) -> str:
    """Where anyone can check this proof: under the address that its giver signed, if there is one."""
    return full(request=request, path=reverse("verify", args=[issued_id]), base_url=signed_address(document=document))


def signed_address(*, document: bytes) -> str:
    """The giver's own address as the document names it; empty when the giver had none."""
    giver = json.loads(document).get("issuer")
    address = giver.get("url", "") if isinstance(giver, dict) else ""
    return str(address).rstrip("/")
