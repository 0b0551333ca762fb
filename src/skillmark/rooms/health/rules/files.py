"""Which papers are kept: a PDF or a picture, known by its first bytes and not by its name."""

from __future__ import annotations

from skillmark.errors import DomainError

MOST_MB = 10
_BEGINNINGS = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}


class CannotKeepFile(DomainError):
    """This file is not kept."""


def demand_file(*, body: bytes) -> str:
    """The kind of a file, such as "image/png". Raises CannotKeepFile `health.file_kind`, `health.file_too_large`.

    The bytes are sealed as they came and only ever handed back as a download, so nothing of them is shown in a page.
    """
    if len(body) > MOST_MB * 2**20:
        raise CannotKeepFile("health.file_too_large", most=str(MOST_MB))
    for beginning, kind in _BEGINNINGS.items():
        if body.startswith(beginning):
            return kind
    raise CannotKeepFile("health.file_kind")
