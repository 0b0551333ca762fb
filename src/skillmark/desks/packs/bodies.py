"""The bytes of a pack's files, read a few at a time, each looked at: is it there, and is it what was kept?"""

from __future__ import annotations

import hashlib
import io
from base64 import b64encode
from collections.abc import Iterator, Sequence
from uuid import UUID

import PIL.Image

from skillmark.desks.packs.shape import File
from skillmark.rooms.credentials import queries as credentials
from skillmark.rooms.holdings import queries as holdings
from skillmark.rooms.people.rules import Actor

_AT_ONCE = 16
_THUMBNAIL = (420, 320)  # pixels: small on paper, still readable


def read(*, actor: Actor, files: Sequence[File]) -> Iterator[tuple[File, bytes | None]]:
    """(file, its bytes) in order; None for one that is gone or damaged."""
    for at in range(0, len(files), _AT_ONCE):
        piece = files[at : at + _AT_ONCE]
        stored = dict(holdings.stored_bodies(actor=actor, file_ids=_ids(piece, "stored")))
        issued = credentials.documents_of(actor=actor, issued_ids=ids) if (ids := _ids(piece, "issued")) else {}
        checked = credentials.files_of(actor=actor, item_ids=ids) if (ids := _ids(piece, "checked")) else {}
        for file in piece:
            if file.place == "checked":
                body = checked[file.id][1] if file.id in checked else None
            else:
                body = (stored if file.place == "stored" else issued).get(file.id)
            whole = bool(body) and file.sha256 in {"", hashlib.sha256(body or b"").hexdigest()}
            yield file, body if whole else None


def thumbnail(body: bytes) -> bytes | None:
    """A small copy of a picture as paper takes it; None for what is no picture.

    It is a JPEG inside an SVG: the press is handed its files as text.
    """
    try:
        with PIL.Image.open(io.BytesIO(body)) as picture:
            picture.draft("RGB", _THUMBNAIL)  # a JPEG is read at a size near to what is needed
            small = picture.convert("RGB")
    except (OSError, PIL.Image.DecompressionBombError):
        return None
    small.thumbnail(_THUMBNAIL)
    made = io.BytesIO()
    small.save(made, "JPEG", quality=72)
    width, height = small.size
    inside = b64encode(made.getvalue()).decode("ascii")
    size = f'width="{width}" height="{height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {width} {height}">'
        f'<image {size} href="data:image/jpeg;base64,{inside}"/></svg>'
    ).encode()


def _ids(files: Sequence[File], place: str) -> list[UUID]:
    return [file.id for file in files if file.place == place]
