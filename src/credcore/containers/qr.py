"""QR codes in pictures: photos, screenshots, drawn pages. Pillow decodes, zxing-cpp reads; both only when needed."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any

from credcore.containers import text
from credcore.containers.found import Found, unique
from credcore.effort import POINTS, Effort
from credcore.errors import MalformedError

if TYPE_CHECKING:
    from PIL.Image import Image

MAX_BYTES = 180_000_000  # of memory, for one picture
MAX_SIDE = 4_096  # of what the code reader looks at: more costs time and finds nothing more
_MAX_CODES = 32

# What Pillow's decoders are known to raise on broken pictures, besides its own errors (which are OSError).
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    IndexError,
    KeyError,
    AttributeError,
    EOFError,
    OverflowError,
    RuntimeError,
    MemoryError,
    struct.error,
    zlib.error,
)


def read(data: bytes, *, name: str = "", effort: Effort | None = None) -> tuple[Found, ...]:
    """What the QR codes in a PNG, JPEG, WebP or GIF say; of a moving picture, the first frame.

    Raises MalformedError: `image.too_large` (over 40 megapixels, or 11 to 22 in kinds that take more memory; seen before any
    pixel is decoded), `picture.no_code` (no code, no code that holds a proof or a link, or a picture that cannot be decoded);
    BudgetError `item.budget` (too many pictures in one item).
    """
    found = codes(_open(data, effort or Effort()), name=name)
    if not found:
        raise MalformedError("picture.no_code")
    return found


def codes(picture: Image, *, name: str) -> tuple[Found, ...]:
    """The documents and links in the QR codes of a decoded grey picture; other codes (a phone number) are left out."""
    import zxingcpp

    read_barcodes: Any = zxingcpp.read_barcodes  # takes one format or several; the stubs of some versions say several
    try:
        barcodes = read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    except (ValueError, TypeError, RuntimeError, MemoryError) as error:
        raise MalformedError("picture.no_code", type(error).__name__) from error
    found = []
    for barcode in barcodes[:_MAX_CODES]:
        body = text.clean(_payload(barcode.bytes, barcode.text))
        kind = text.kind_of(body) if body else None
        if kind:
            found.append(Found(body, "qr", name, kind))
    return unique(found)


def _payload(raw: bytes, decoded: str) -> bytes:
    """The bytes of the code where they are UTF-8, as JSON is; else the text as the reader guessed its alphabet."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return decoded.encode("utf-8", "replace")
    return bytes(raw)


def _open(data: bytes, effort: Effort) -> Image:
    """The first frame in grey on white, at most MAX_SIDE on a side."""
    from PIL import Image

    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG", "WEBP", "GIF")) as picture:
            width, height = picture.size
            if width * height > min(POINTS, MAX_BYTES // _weight(picture)):
                raise MalformedError("image.too_large", f"{width} x {height}")
            effort.draw(width * height)
            picture.draft("L", (MAX_SIDE, MAX_SIDE))  # a JPEG is decoded smaller and grey at once; others ignore it
            grey = _grey(picture)
        grey.thumbnail((MAX_SIDE, MAX_SIDE))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise MalformedError("image.too_large") from error
    except _BROKEN as error:
        raise MalformedError("picture.no_code", type(error).__name__) from error
    return grey


def _weight(picture: Image) -> int:
    """Bytes that decoding takes for each point, as measured: decoders keep copies, and Pillow keeps colours in four bytes."""
    if picture.format == "WEBP":
        return 16
    if picture.format == "JPEG":  # a plain one is drawn line by line; others are kept whole until the end
        return 12 if "progressive" in picture.info or picture.mode == "CMYK" else 4
    return 4 if picture.mode in ("1", "L", "P", "I;16") and not picture.has_transparency_data else 8


def _grey(picture: Image) -> Image:
    """Transparent means paper: a code drawn black on nothing would become black on black."""
    from PIL import Image

    if not picture.has_transparency_data:
        return picture.convert("L")
    layer = picture if picture.mode in ("RGBA", "LA") else picture.convert("RGBA")
    paper = Image.new("L", layer.size, "white")
    paper.paste(layer.convert("L"), mask=layer.getchannel("A"))
    return paper
