"""Proofs in PDF files: signed files attached to it (ISO 32000-2 section 7.11.4), then QR codes on its pages."""

from __future__ import annotations

import math
import struct
import threading
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from credcore.containers import qr, text
from credcore.containers.archive import clean_name
from credcore.containers.found import Found, unique
from credcore.errors import MalformedError

MAX_PAGES = 10
MAX_ATTACHMENT = 5_242_880
_MAX_ATTACHED = 50
_MAX_NODES = 500
_MAX_SIDE = 2_200.0  # pixels of a drawn page; 200 dots an inch on A4 and Letter
_MAX_SCALE = 200 / 72
_PASSWORD = 4  # FPDF_ERR_PASSWORD
DRAWING = threading.Lock()  # pdfium must not be entered by two threads; whoever draws takes this

# pypdf reads as it goes and trusts types; these are what broken files make it raise besides its own errors.
_BROKEN = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    RecursionError,
    AssertionError,
    NotImplementedError,
    OverflowError,
    OSError,
    EOFError,
    MemoryError,
    struct.error,
    zlib.error,
)


def read(data: bytes, *, name: str = "") -> tuple[Found, ...]:
    """The attached credentials; if there are none, what the QR codes on the first 10 pages say.

    Raises MalformedError: `pdf.locked` (needs a password), `pdf.bad` (neither reader can make sense of it),
    `pdf.no_proof`.
    """
    attached, readable = _attached(data)
    if attached:
        return attached
    drawn = _on_pages(data, name=name, readable=readable)
    if not drawn:
        raise MalformedError("pdf.no_proof")
    return drawn


def _attached(data: bytes) -> tuple[tuple[Found, ...], bool]:
    """(credentials attached to the document, whether pypdf could read it at all)."""
    import pypdf
    from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

    found: list[Found] = []
    try:
        reader = pypdf.PdfReader(BytesIO(data), strict=False)
        # An empty password opens files that are only locked against printing or copying.
        if reader.is_encrypted and not reader.decrypt(""):
            raise MalformedError("pdf.locked")
        root: Any = reader.trailer["/Root"].get_object()
        for file_name, stream in _streams(root):
            body = text.clean(_inflate(stream))
            if text.looks_like_credential(body):
                found.append(Found(body, "pdf", clean_name(file_name), text.DOCUMENT))
    except FileNotDecryptedError as error:
        raise MalformedError("pdf.locked") from error
    except (PyPdfError, DependencyError, *_BROKEN):
        # What was found before the broken place counts; the pages may still show a code.
        return unique(found), bool(found)
    return unique(found), True


def _streams(root: Any) -> Iterator[tuple[str, Any]]:
    """(name, stream) of the files embedded in the document: the name tree, then the associated files (`/AF`)."""
    specs: list[Any] = []
    names = root.get("/Names")
    waiting = [names.get_object().get("/EmbeddedFiles")] if names is not None else []
    for _ in range(_MAX_NODES):  # a tree that bites its own tail ends here
        if not waiting:
            break
        node = waiting.pop(0)
        if node is None:
            continue
        node = node.get_object()
        pairs = node.get("/Names")
        specs += list(pairs.get_object())[1::2] if pairs is not None else []
        kids = node.get("/Kids")
        waiting += list(kids.get_object())[:_MAX_NODES] if kids is not None else []
    associated = root.get("/AF")
    specs += list(associated.get_object()) if associated is not None else []
    for entry in specs[:_MAX_ATTACHED]:
        spec = entry.get_object()
        files = spec.get("/EF")
        if files is None:
            continue
        files = files.get_object()
        stream = files.get("/UF") or files.get("/F")
        if stream is not None:
            yield str(spec.get("/UF") or spec.get("/F") or ""), stream.get_object()


def _inflate(stream: Any) -> bytes:
    """The bytes of an embedded file, at most MAX_ATTACHMENT; empty if larger, cut off, or packed in a rare way.

    Our own inflate, because it stops at the limit; the library's limit is not the same in all its versions.
    """
    packed = bytes(stream._data)
    filters = stream.get("/Filter")
    filters = filters.get_object() if filters is not None else []
    steps = [str(step) for step in filters] if isinstance(filters, list) else [str(filters)]
    if not steps:
        return packed if len(packed) <= MAX_ATTACHMENT else b""
    if steps not in (["/FlateDecode"], ["/Fl"]) or stream.get("/DecodeParms") is not None:
        return b""
    inflater = zlib.decompressobj()
    body = inflater.decompress(packed, MAX_ATTACHMENT + 1)
    return body if inflater.eof and len(body) <= MAX_ATTACHMENT else b""


def _on_pages(data: bytes, *, name: str, readable: bool) -> tuple[Found, ...]:
    """What the QR codes on the first pages say. `readable`: pypdf knows it for a PDF, so a failure is no `pdf.bad`."""
    import pypdfium2

    found: list[Found] = []
    with DRAWING:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if getattr(error, "err_code", None) == _PASSWORD:
                raise MalformedError("pdf.locked") from error
            if readable:
                return ()
            raise MalformedError("pdf.bad") from error
        try:
            for number in range(min(len(document), MAX_PAGES)):
                found += _on_page(document, number, name=name)
        finally:
            document.close()
    return unique(found)


def _on_page(document: Any, number: int, *, name: str) -> tuple[Found, ...]:
    """What the QR codes on one page say; a page that cannot be drawn says nothing."""
    import pypdfium2

    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return ()
    try:
        longest = max(page.get_size())
        if not math.isfinite(longest) or longest < 1:
            return ()
        picture = page.render(scale=min(_MAX_SCALE, _MAX_SIDE / longest), grayscale=True).to_pil()
    except (pypdfium2.PdfiumError, ValueError, OverflowError, MemoryError):
        return ()
    finally:
        page.close()
    return qr.codes(picture.convert("L"), name=f"{name}#page={number + 1}")
