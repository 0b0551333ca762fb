"""Proofs in PDF files: signed files attached to it (ISO 32000-2 section 7.11.4), then QR codes on its pages."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from itertools import islice
from typing import Any

from credcore.containers import apart, qr, text
from credcore.containers.archive import clean_name
from credcore.containers.found import Found, unique
from credcore.effort import Effort
from credcore.errors import BudgetError, MalformedError

MAX_PAGES = 10
MAX_ATTACHMENT = 5_242_880
_MAX_ATTACHED = 50
_MAX_NODES = 500
_MAX_SIDE = 2_200.0  # pixels of a drawn page; 200 dots an inch on A4 and Letter

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


def read(data: bytes, *, name: str = "", effort: Effort | None = None) -> tuple[Found, ...]:
    """The attached credentials; if there are none, what the QR codes on the first 10 pages say.

    Raises MalformedError: `pdf.locked` (needs a password), `pdf.bad` (neither reader can make sense of it),
    `pdf.no_proof`; BudgetError `item.budget` (would take too long to draw).
    """
    attached, readable = _attached(data)
    if attached:
        return attached
    drawn = _on_pages(data, name=name, readable=readable, effort=effort or Effort())
    if not drawn:
        raise MalformedError("pdf.no_proof")
    return drawn


def _attached(data: bytes) -> tuple[tuple[Found, ...], bool]:
    """(credentials attached to the document, whether pypdf could read it at all)."""
    import pypdf
    from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

    broken = (PyPdfError, DependencyError, *_BROKEN)
    try:
        reader = pypdf.PdfReader(BytesIO(data), strict=False)
        # An empty password opens files that are only locked against printing or copying.
        if reader.is_encrypted and not reader.decrypt(""):
            raise MalformedError("pdf.locked")
        root: Any = reader.trailer["/Root"].get_object()
    except FileNotDecryptedError as error:
        raise MalformedError("pdf.locked") from error
    except broken:
        return (), False  # the pages may still show a code
    found: list[Found] = []
    for specifications in (_embedded, _associated, _pinned):
        with suppress(*broken):  # neither a broken list nor a broken file hides the others
            for spec in islice(specifications(root), _MAX_ATTACHED):
                with suppress(*broken):
                    found += _credential(spec.get_object())
    return unique(found), True


def _credential(spec: Any) -> tuple[Found, ...]:
    """The file that a specification stands for, when it is meant as a credential."""
    files = spec.get("/EF")
    if files is None:
        return ()
    files = files.get_object()
    stream = files.get("/UF") or files.get("/F")
    body = text.clean(_inflate(stream.get_object())) if stream is not None else b""
    name = clean_name(str(spec.get("/UF") or spec.get("/F") or ""))
    return (Found(body, "pdf", name, text.DOCUMENT),) if text.looks_like_credential(body) else ()


def _embedded(root: Any) -> Iterator[Any]:
    """File specifications in the document's name tree."""
    names = root.get("/Names")
    for node in _nodes(names.get_object().get("/EmbeddedFiles") if names is not None else None):
        pairs = node.get("/Names")
        yield from list(pairs.get_object())[1::2] if pairs is not None else []


def _associated(root: Any) -> Iterator[Any]:
    """Those of its associated files."""
    files = root.get("/AF")
    yield from list(files.get_object()) if files is not None else []


def _pinned(root: Any) -> Iterator[Any]:
    """Those that are pinned to its first pages."""
    pages = [node for node in _nodes(root.get("/Pages")) if "/Kids" not in node]
    for page in pages[:MAX_PAGES]:
        notes = page.get("/Annots")
        for note in list(notes.get_object())[:_MAX_NODES] if notes is not None else []:
            found = note.get_object()
            if found.get("/Subtype") == "/FileAttachment" and "/FS" in found:
                yield found["/FS"]


def _nodes(top: Any) -> Iterator[Any]:
    """The nodes of a tree, itself first; a tree that bites its own tail ends at a number."""
    waiting = [top]
    for _ in range(_MAX_NODES):
        if not waiting:
            break
        node = waiting.pop(0)
        if node is None:
            continue
        node = node.get_object()
        yield node
        kids = node.get("/Kids")
        waiting += list(kids.get_object())[:_MAX_NODES] if kids is not None else []


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


def _on_pages(data: bytes, *, name: str, readable: bool, effort: Effort) -> tuple[Found, ...]:
    """What the QR codes on the first pages say. `readable`: pypdf knows it for a PDF, so a failure is no `pdf.bad`."""
    try:
        drawn = apart.pages(data, most=MAX_PAGES, longest=_MAX_SIDE, effort=effort)
    except MalformedError as error:
        if error.code == "pdf.bad" and readable:
            return ()
        raise
    found: list[Found] = []
    for number, picture in enumerate(drawn.pictures, start=1):
        found += qr.codes(picture, name=f"{name}#page={number}")
    if not found and not drawn.whole:
        raise BudgetError("item.budget", "too much to draw")
    return unique(found)
