"""A pile of photos: several files, folders, ZIP files, in any mixture. One that cannot be taken says why; the rest goes in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from credcore.containers import archive
from credcore.containers.found import Found
from credcore.errors import MalformedError
from skillmark.desks.intake.refusals import MOST_BYTES, CannotTake
from skillmark.desks.intake.taking import Taken, take

MOST_UNPACKED: Final = 300 * 2**20
_ZIP: Final = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Loose:
    """One file of the pile: `taken`, or the `code` of why not. `name` holds its folder."""

    name: str
    taken: Taken | None = None
    code: str = ""


def unpack(files: Iterable[tuple[str, bytes]]) -> Iterator[Loose]:
    """One after the other, so that a hundred photos never lie in memory at once: each is small when it comes out.

    A ZIP is read within the limits of `credcore.containers.archive`, with 300 MB for all photos in it together.
    """
    for name, body in files:
        clean = archive.clean_name(name)
        if body.startswith(_ZIP):
            yield from _parcel(clean, body)
        else:
            yield _one(clean, body)


def _one(name: str, body: bytes) -> Loose:
    try:
        return Loose(name, take(body=body, name=name))
    except CannotTake as error:
        return Loose(name, code=error.code)


def _parcel(name: str, body: bytes) -> list[Loose]:
    found: list[Loose] = []

    def inside(entry: bytes, inner: str) -> tuple[Found, ...]:
        found.append(_one(inner, entry))
        return ()

    try:
        problems = archive.read(body, inside=inside, budget=archive.Budget(size=MOST_UNPACKED, depth=1), max_bytes=MOST_BYTES)
    except MalformedError as error:
        return [*found, Loose(name, code=error.code)]
    return [*found, *(Loose(one.name, code=_as_said(one.body.decode())) for one in problems)]


def _as_said(code: str) -> str:
    return "photo.too_large" if code == "zip.too_large" else code
