"""One ZIP: the PDF, the table, and the files. The same pack made twice on one day is the same ZIP, byte for byte."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.utils import translation

from skillmark.desks import spreadsheets
from skillmark.desks.outlet import Outlet
from skillmark.desks.packs import bodies, printing, table
from skillmark.desks.packs.shape import File, Pack
from skillmark.rooms.people.rules import Actor

PAPER, SHEET = "inspector-pack.pdf", "inspector-pack.csv"


class Parcel:
    """A pack on its way out. Files are read, looked at and written one after the other, the paper and the table come last:
    by then it is known which files are missing, and a big pack never lies in memory as a whole."""

    def __init__(self, *, actor: Actor, pack: Pack, made_at: datetime, language: str) -> None:
        self._actor, self._pack, self._made_at, self._language = actor, pack, made_at, language

    def chunks(self) -> Iterator[bytes]:
        """The ZIP, piece by piece."""
        out, day, looked = Outlet(), self._pack.choice.on, _Looked()
        with zipfile.ZipFile(out, "w") as parcel:
            for file, body in bodies.read(actor=self._actor, files=self._pack.files):
                looked.at(file, body)
                if body is not None:
                    parcel.writestr(_entry(file.name, day), body, _way(file))
                    yield out.taken()
            parcel.writestr(_entry(PAPER, day), self._printed(looked), zipfile.ZIP_DEFLATED)
            yield out.taken()
            parcel.writestr(_entry(SHEET, day), self.sheet(), zipfile.ZIP_DEFLATED)
        yield out.taken()

    def whole(self) -> bytes:
        """The ZIP at once."""
        return b"".join(self.chunks())

    def paper(self) -> bytes:
        """The paper alone."""
        looked = _Looked()
        for file, body in bodies.read(actor=self._actor, files=self._pack.files):
            looked.at(file, body)
        return self._printed(looked)

    def sheet(self) -> bytes:
        """The table alone, as CSV."""
        with translation.override(self._language):
            heads = [title for _key, title, _share in table.columns()]
            return spreadsheets.csv_of(head=heads, rows=table.rows(pack=self._pack))

    def _printed(self, looked: _Looked) -> bytes:
        gone = [
            (page, entry, file.name)
            for page in self._pack.pages for entry in page.entries for file in entry.files if file.name in looked.gone
        ]  # fmt: skip
        told = replace(self._pack, missing=[*self._pack.missing, *gone])
        return printing.pdf(
            pack=told, pictures=looked.pictures, made_at=self._made_at, made_by=self._actor.label, language=self._language
        )


class _Looked:
    """What was seen while the files were read: small pictures by file, and the names of files that are gone or damaged."""

    def __init__(self) -> None:
        self.pictures: dict[UUID, bytes] = {}
        self.gone: set[str] = set()

    def at(self, file: File, body: bytes | None) -> None:
        """Look at one file."""
        if body is None:
            self.gone.add(file.name)
        elif file.media_type.startswith("image/") and file.id not in self.pictures and (small := bodies.thumbnail(body)):
            self.pictures[file.id] = small


def _entry(name: str, day: date) -> zipfile.ZipInfo:
    """An entry dated with the day of the pack; ZIP knows no day before 1980."""
    entry = zipfile.ZipInfo(name, (max(1980, day.year), day.month, day.day, 0, 0, 0))
    entry.external_attr = 0o644 << 16
    return entry


def _way(file: File) -> int:
    """Pictures are packed already."""
    return zipfile.ZIP_STORED if file.media_type.startswith("image/") else zipfile.ZIP_DEFLATED
