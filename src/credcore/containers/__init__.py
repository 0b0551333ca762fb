"""What a proof came in: a file, a picture, a PDF, a ZIP. Sniffs by content, never by name, and finds; checks nothing.

The heavy readers (Pillow, zxing-cpp, pypdf, pdfium, typst) are imported when the first file of their kind comes.
"""

from __future__ import annotations

from credcore.containers import archive, drawing, pdf, png, qr, svg, text
from credcore.containers.found import MAX_ITEM_BYTES, Found, unique
from credcore.effort import Effort
from credcore.errors import MalformedError

__all__ = ["MAX_ITEM_BYTES", "Found", "open_item", "unique"]

_PDF_WITHIN = 1_024  # ISO 32000: readers look for the header in the first kilobyte


def open_item(
    data: bytes, *, name: str = "", max_bytes: int = MAX_ITEM_BYTES, effort: Effort | None = None
) -> tuple[Found, ...]:
    """Every proof or link in a file; at least one. `name` is only carried along, for people. `effort` is what it may cost,
    by default as much as goes with its size.

    Raises MalformedError and nothing else, with one of these codes: `item.empty`, `item.too_large`,
    `item.unsupported`, `item.budget`, `picture.no_code`, `image.too_large`, `png.bad`, `svg.bad`, `pdf.bad`, `pdf.locked`,
    `pdf.no_proof`, `zip.bad`, `zip.locked`, `zip.too_many`, `zip.too_large`. An entry of a ZIP that fails does not
    raise: it is a Found of kind `problem`.
    """
    if len(data) > max_bytes:
        raise MalformedError("item.too_large", f"{len(data)} bytes")
    effort = effort or Effort.of(len(data))
    return _open(bytes(data), archive.clean_name(name), archive.Budget(size=effort.size), max_bytes, effort)


def _open(data: bytes, name: str, budget: archive.Budget, max_bytes: int, effort: Effort) -> tuple[Found, ...]:
    stripped = text.clean(data)
    if not stripped:
        raise MalformedError("item.empty")
    if data.startswith(png.SIGNATURE):
        return _baked(png.read(data), "png", name) or qr.read(data, name=name, effort=effort)
    if data.startswith((b"\xff\xd8\xff", b"GIF87a", b"GIF89a")) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return qr.read(data, name=name, effort=effort)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return archive.read(
            data,
            inside=lambda body, entry: _open(body, entry, budget, max_bytes, effort),
            budget=budget,
            max_bytes=max_bytes,
        )
    if b"%PDF-" in data[:_PDF_WITHIN]:
        effort.read(len(data))
        return pdf.read(data, name=name, effort=effort)
    if _is_svg(stripped):
        effort.read(len(data))
        root = svg.parse(stripped)
        return _baked(svg.baked(root), "svg", name) or drawing.read(root, name=name, effort=effort)
    kind = text.kind_of(stripped)
    if kind is None:
        raise MalformedError("item.unsupported")
    return (Found(stripped, "file", name, kind),)


def _baked(body: bytes | None, container: str, name: str) -> tuple[Found, ...]:
    """The baked text as something found. Baked in, but neither credential nor link: the picture is broken."""
    if body is None:
        return ()
    body = text.clean(body)
    kind = text.kind_of(body)
    if kind is None:
        raise MalformedError(f"{container}.bad", "what is baked in is neither a credential nor a link")
    return (Found(body, container, name, kind),)


def _is_svg(data: bytes) -> bool:
    """XML that has an svg element and does not begin as a web page (which may draw with SVG inside)."""
    head = data[:1_024].lower()
    is_page = head.startswith((b"<!doctype html", b"<html")) or b"<html" in head
    return data.startswith(b"<") and not is_page and (b"<svg" in data or b":svg" in data)
