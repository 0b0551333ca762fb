"""What somebody typed while their page closed by itself. Nothing of it is kept here: it goes to their browser, sealed with the
key of their page, and comes back when the page is open again. On another page it opens nothing."""

from __future__ import annotations

import binascii
import json
import uuid
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

from django.core.exceptions import TooManyFilesSent
from django.http import HttpRequest

from skillmark.rooms.signing import operations as signing

FIELD = "unfinished"
_SECRETS = ("pin", "old", "code", "credential")
"""With one of these in it a form is typed anew: it is short, and it stays in no page's source."""
_MOST = 100_000  # characters: more than any form without a file has


@dataclass(frozen=True, slots=True)
class Unfinished:
    """The address to which it was sent, and its fields in order; `had_files`: a photo or file was with it, and is not kept."""

    path: str
    fields: list[tuple[str, str]]
    had_files: bool


def seal(request: HttpRequest, *, org_id: uuid.UUID) -> str:
    """What was sent, for the person of `org_id` alone. Empty for what is not kept: nothing but files, PINs, too much."""
    try:
        had_files = bool(request.FILES)
    except TooManyFilesSent:
        return ""
    fields = [(name, str(one)) for name, every in request.POST.lists() if name != "csrfmiddlewaretoken" for one in every]
    said = json.dumps([request.get_full_path(), fields, had_files])
    if any(map(request.POST.get, _SECRETS)) or not any(value for _, value in fields) or len(said) > _MOST:
        return ""
    return urlsafe_b64encode(signing.sealer(org_id=org_id).seal(said.encode())).decode()


def unseal(request: HttpRequest, *, org_id: uuid.UUID) -> Unfinished | None:
    """What this request carries, if the person of `org_id` typed it."""
    try:
        sealed = urlsafe_b64decode(request.POST.get(FIELD, "").encode())
        opened = signing.sealer(org_id=org_id).unseal(sealed) if sealed else b""
    except (binascii.Error, ValueError, signing.CannotSign):
        return None
    if not opened:
        return None
    path, fields, had_files = json.loads(opened)
    return Unfinished(path, [(name, value) for name, value in fields], had_files)
