"""Pictures as phones and scanners make them, made here so that no test needs a file of somebody's."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import segno
from PIL import Image, ImageDraw, ImageFilter

GPS = 0x8825
ORIENTATION = 0x0112


def card(
    *, size: tuple[int, int] = (1200, 760), light: int = 235, text: str = "FIRST AID  Rosa Delgado  exp 04/03/2027"
) -> Image.Image:
    """A card with lines of print, blue on the left so that a test sees how it is turned."""
    picture = Image.new("RGB", size, (light, light, light))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, size[0] // 8, size[1]), fill=(20, 40, min(200, light)))
    for line in range(6):
        draw.text((size[0] // 6, 60 + line * 90), text, fill=(max(0, light - 215),) * 3, font_size=44)
    return picture


def packed(picture: Image.Image, *, format: str = "JPEG", **options: Any) -> bytes:
    """The bytes of a file."""
    out = BytesIO()
    picture.save(out, format, **options)
    return out.getvalue()


def photo(**options: Any) -> bytes:
    """A JPEG of a card."""
    return packed(card(**options), quality=92)


def from_phone() -> bytes:
    """Held sideways (turned by 90 degrees), with where it was taken and by what."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[0x010F] = "Acme Phones"
    exif.get_ifd(GPS)[2] = (41.0, 52.0, 30.0)
    exif.get_ifd(GPS)[1] = "N"
    return packed(card(size=(2400, 1520)), exif=exif, quality=92)


def blurred() -> bytes:
    """Out of focus."""
    return packed(card().filter(ImageFilter.GaussianBlur(24)))


def heic() -> bytes:
    """The first bytes of an iPhone photo; nothing of it can be read."""
    return b"\x00\x00\x00\x24ftypheic\x00\x00\x00\x00mif1heic" + bytes(200)


def pdf(*pictures: Image.Image) -> bytes:
    """A scan, a page for each picture."""
    first, *others = pictures or (card(),)
    return packed(first, format="PDF", save_all=True, append_images=others, resolution=100.0)


def with_code(text: str) -> bytes:
    """A photo of a card that bears a QR code."""
    picture = card()
    drawn = BytesIO()
    segno.make(text, error="m", micro=False).save(drawn, kind="png", scale=6, border=4)
    picture.paste(Image.open(drawn).convert("RGB"), (700, 300))
    return packed(picture, quality=92)


def huge() -> bytes:
    """A few hundred bytes that unpack into 900 million points."""
    import struct
    import zlib

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(3_000))) + chunk(b"IEND", b"")
