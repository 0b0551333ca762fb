"""What a file is, told by its first bytes. The name that it came with is never asked."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """`UNKNOWN` is everything that is neither a picture nor a PDF."""

    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WEBP"
    GIF = "GIF"
    HEIC = "HEIC"
    PDF = "PDF"
    SVG = "SVG"
    UNKNOWN = "unknown"


# ISO/IEC 23008-12: the brands of still pictures, packed with HEVC.
_HEIC: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
_PDF_WITHIN: Final = 1_024  # ISO 32000: readers look for the header in the first kilobyte
_SVG: Final = re.compile(rb"<(?:[\w-]+:)?svg[\s>/]", re.IGNORECASE)


def kind_of(body: bytes) -> Kind:
    """The kind of a file."""
    if body.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if body.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if body.startswith((b"GIF87a", b"GIF89a")):
        return Kind.GIF
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return Kind.WEBP
    if body[4:8] == b"ftyp" and body[8:12] in _HEIC:
        return Kind.HEIC
    if b"%PDF-" in body[:_PDF_WITHIN]:
        return Kind.PDF
    return Kind.SVG if _SVG.search(body[:65_536]) else Kind.UNKNOWN


def is_picture(body: bytes) -> bool:
    """Whether it is a picture of any kind; a PDF is none."""
    return kind_of(body) not in (Kind.PDF, Kind.UNKNOWN)


def can_be_photo(body: bytes) -> bool:
    """Whether `take` may make a photo of it: a picture that is no drawing, or a PDF."""
    return kind_of(body) not in (Kind.SVG, Kind.UNKNOWN)
