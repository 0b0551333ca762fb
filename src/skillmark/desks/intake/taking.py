"""One file in, one picture out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from credcore.containers import open_item
from credcore.containers.text import LINK
from credcore.errors import MalformedError
from skillmark.desks.intake import clarity, pictures, scans
from skillmark.desks.intake.kinds import Kind, kind_of
from skillmark.desks.intake.refusals import MOST_BYTES, CannotTake

_FINE: Final = 4_096  # points of the larger copy
# For the file button of a page. HEIC is left out on purpose: an iPhone then hands over JPEG by itself.
ACCEPTED: Final = "image/jpeg,image/png,image/webp,image/gif,application/pdf"


@dataclass(frozen=True, slots=True)
class Taken:
    """A photo as it may be kept. `body` is a JPEG (`media_type`), upright, at most 1,600 points long.

    `original` is kept where the picture alone would lose something: a PDF or a picture with a proof written into its data,
    byte for byte, or a larger copy whose code can be read. `digital`: `proof` where a digital proof lies in the file, `code`
    where a code leads to a page, else empty. `doubt`: `dark`, `blurry` or empty.
    """

    body: bytes
    name: str
    media_type: str = "image/jpeg"
    original: bytes = b""
    original_type: str = ""
    digital: str = ""
    doubt: str = ""


def take(*, body: bytes, name: str) -> Taken:
    """Read a photo or scan by its content. `name` is only carried along. Raises CannotTake."""
    if not body:
        raise CannotTake("photo.empty")
    if len(body) > MOST_BYTES:
        raise CannotTake("photo.too_large", most=str(MOST_BYTES // 2**20))
    kind = kind_of(body)
    if kind is Kind.SVG:
        raise CannotTake("photo.svg")
    if kind is Kind.UNKNOWN:
        raise CannotTake("photo.unknown")
    picture = scans.first_page(body) if kind is Kind.PDF else pictures.read(body, kind=kind)
    packed = pictures.packed(picture)
    digital, baked = _digital(body, name)
    original, original_type = b"", ""
    if kind is Kind.PDF or baked:
        original, original_type = body, "application/pdf" if kind is Kind.PDF else "image/png"
    elif digital and _digital(packed, name)[0] != digital:  # its code is too fine for the small picture
        original, original_type = pictures.packed(pictures.read(body, kind=kind, longest=_FINE)), "image/jpeg"
    return Taken(
        body=packed, name=name[:200], original=original, original_type=original_type, digital=digital,
        doubt=clarity.doubt(picture),
    )  # fmt: skip


def _digital(body: bytes, name: str) -> tuple[str, bool]:
    """(what could be checked in a file, whether it is written into the picture's own data).

    A file that the reader of proofs makes no sense of holds nothing.
    """
    try:
        found = [one for one in open_item(body, name=name, max_bytes=MOST_BYTES) if one.kind != "problem"]
    except MalformedError:
        return "", False
    if not found:
        return "", False
    return "code" if {one.kind for one in found} == {LINK} else "proof", any(one.container == "png" for one in found)
