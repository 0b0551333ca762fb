"""From bytes to a picture: upright, shrunk while it is read, and nothing left of it but its points."""

from __future__ import annotations

import importlib
import struct
import threading
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Final

from skillmark.desks.intake.kinds import Kind
from skillmark.desks.intake.refusals import CannotTake

if TYPE_CHECKING:
    from PIL.Image import Image

LONGEST: Final = 1_600
"""Points of the longer side that are kept: enough to read a card, about 300 KB."""
QUALITY: Final = 80
MOST_POINTS: Final = 50_000_000
MOST_MEMORY: Final = 320_000_000  # bytes while it is read; one picture at a time in a process
_READING = threading.Lock()
_OPENERS: Final = {Kind.JPEG: "JPEG", Kind.PNG: "PNG", Kind.WEBP: "WEBP", Kind.GIF: "GIF"}

# What decoders are known to raise on broken pictures, besides their own errors (which are OSError).
_BROKEN = (
    OSError, SyntaxError, ValueError, TypeError, IndexError, KeyError, AttributeError, EOFError, OverflowError, RuntimeError,
    MemoryError, struct.error, zlib.error,
)  # fmt: skip


def read(body: bytes, *, kind: Kind, longest: int = LONGEST) -> Image:
    """The first frame, upright, in colour on white, at most `longest` points long. Raises CannotTake."""
    with _READING:
        return _heic(body, longest) if kind is Kind.HEIC else _opened(body, kind, longest)


def packed(picture: Image) -> bytes:
    """The picture as JPEG, without anything beside its points: no place, no camera, no thumbnail, no colour profile."""
    from PIL import Image

    bare = Image.new("RGB", picture.size)
    bare.paste(picture)
    out = BytesIO()
    bare.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def upright(picture: Image, *, longest: int = LONGEST) -> Image:
    """Turned as the camera was held, on white where it is clear, shrunk."""
    from PIL import Image, ImageOps

    turned = ImageOps.exif_transpose(picture)
    if turned.has_transparency_data:
        layer = turned.convert("RGBA")
        turned = Image.new("RGB", layer.size, "white")
        turned.paste(layer, mask=layer.getchannel("A"))
    turned = turned.convert("RGB")
    turned.thumbnail((longest, longest))
    return turned


def _opened(body: bytes, kind: Kind, longest: int) -> Image:
    from PIL import Image

    try:
        with Image.open(BytesIO(body), formats=(_OPENERS[kind],)) as picture:
            _refuse_bomb(picture.size, _weight(picture))
            picture.draft("RGB", (longest, longest))  # a JPEG is read smaller at once; others ignore it
            picture.load()
            return upright(picture, longest=longest)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise CannotTake("photo.too_many_points") from error
    except _BROKEN as error:
        raise CannotTake("photo.broken") from error


def _heic(body: bytes, longest: int) -> Image:
    """iPhone photos need a reader of their own (the extra `heic`). Without it they are refused with a way out."""
    try:
        heif = importlib.import_module("pillow_heif")
    except ImportError as error:
        raise CannotTake("photo.heic") from error
    try:
        opened = heif.open_heif(BytesIO(body))  # reads the header alone
        _refuse_bomb(opened.size, 8)
        picture: Image = opened.to_pillow()  # turned by the reader, as the file itself says
        picture.info.pop("exif", None)  # else it would be turned twice
        return upright(picture, longest=longest)
    except _BROKEN as error:
        raise CannotTake("photo.broken") from error


def _refuse_bomb(size: tuple[int, int], weight: int) -> None:
    """Before a point is unpacked. `weight`: bytes of memory that each takes on the way."""
    points = size[0] * size[1]
    if points > MOST_POINTS or points * weight > MOST_MEMORY:
        raise CannotTake("photo.too_many_points")


def _weight(picture: Image) -> int:
    """Decoders keep copies, and colours take four bytes; a JPEG that comes in passes is kept whole until the end."""
    if picture.format == "WEBP":
        return 16
    if picture.format == "JPEG":
        return 12 if "progressive" in picture.info or picture.mode == "CMYK" else 4
    return 8
