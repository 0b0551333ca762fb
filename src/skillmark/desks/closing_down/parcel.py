"""ZIPs, written while they are made: one person's, or one that holds everybody's."""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from uuid import UUID

from skillmark.desks.closing_down import gathering
from skillmark.desks.closing_down.gathering import Receiver
from skillmark.desks.closing_down.snapshot import Snapshot
from skillmark.desks.outlet import Outlet
from skillmark.rooms.people.rules import Actor

_PACKED = (".png", ".pdf", ".zip")


def of_one(
    *, actor: Actor, person_id: UUID, snapshot: Snapshot, only: Collection[UUID] | None = None
) -> Iterator[bytes]:  # fmt: skip
    """A person's ZIP, piece by piece; with `only`, of these proofs.

    Raises NotFound before the first piece for somebody who is not the actor's.
    """
    files = gathering.files(actor=actor, person_id=person_id, snapshot=snapshot, only=only)
    yield from _zip((file.name, file.body, file.made_at) for file in files)


def of_everybody(*, actor: Actor, receivers: Sequence[Receiver], snapshot: Snapshot) -> Iterator[bytes]:
    """A ZIP with each person's ZIP in it, piece by piece; one person at a time is in memory."""
    yield from _zip(
        (
            f"{gathering.file_name(text=one.name, id=one.person_id)}.zip",
            b"".join(of_one(actor=actor, person_id=one.person_id, snapshot=snapshot)),
            snapshot.now,
        )
        for one in receivers
    )


def _zip(entries: Iterator[tuple[str, bytes, datetime]]) -> Iterator[bytes]:
    out = Outlet()
    with zipfile.ZipFile(out, "w") as made:
        for name, body, at in entries:
            way = zipfile.ZIP_STORED if name.endswith(_PACKED) else zipfile.ZIP_DEFLATED
            made.writestr(_entry(name, at), body, way)
            yield out.taken()
    yield out.taken()


def _entry(name: str, at: datetime) -> zipfile.ZipInfo:
    """Dated; ZIP knows no day before 1980, and no time zones."""
    entry = zipfile.ZipInfo(name, (max(1980, at.year), at.month, at.day, at.hour, at.minute, at.second))
    entry.external_attr = 0o644 << 16
    return entry
