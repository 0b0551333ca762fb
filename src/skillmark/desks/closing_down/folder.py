"""Everybody's ZIPs into a folder. Stopped at any moment and started again, it goes on where it was."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from credcore.verify import beside
from skillmark.desks.closing_down import gathering, parcel
from skillmark.desks.closing_down.gathering import Receiver
from skillmark.desks.closing_down.snapshot import Snapshot
from skillmark.rooms.people.rules import Actor


@dataclass(frozen=True, slots=True)
class Written:
    """`is_new`: written now; else it was there with the same proofs and the same lists."""

    receiver: Receiver
    path: Path
    is_new: bool


def export(*, actor: Actor, receivers: Sequence[Receiver], folder: Path, snapshot: Snapshot) -> Iterator[Written]:
    """Write a ZIP for each person into the folder, one after the other. Raises OSError when it cannot be written."""
    folder.mkdir(parents=True, exist_ok=True)
    for one in receivers:
        path = folder / f"{gathering.file_name(text=one.name, id=one.person_id)}.zip"
        is_new = not _is_same(path, actor=actor, person_id=one.person_id, snapshot=snapshot)
        if is_new:
            _write(path, actor=actor, person_id=one.person_id, snapshot=snapshot)
        yield Written(one, path, is_new)


def _write(path: Path, *, actor: Actor, person_id: UUID, snapshot: Snapshot) -> None:
    """Beside, then moved into place: whoever finds a ZIP finds a whole one."""
    half = path.with_suffix(".part")
    with half.open("wb") as file:
        for piece in parcel.of_one(actor=actor, person_id=person_id, snapshot=snapshot):
            file.write(piece)
    half.replace(path)


def _is_same(path: Path, *, actor: Actor, person_id: UUID, snapshot: Snapshot) -> bool:
    """Whether this ZIP holds exactly today's proofs of the person, and what is known of them today."""
    try:
        with zipfile.ZipFile(path) as there:
            found = {name: there.read(name) for name in there.namelist() if name.endswith(".json")}
    except (OSError, zipfile.BadZipFile, EOFError, RuntimeError):
        return False
    proofs = {name: body for name, body in found.items() if not beside.is_beside(name)}
    public = {body for name, body in found.items() if beside.is_beside(name)}
    wanted: dict[str, bytes] = {}
    for _issued, name, document in gathering.signed_files(actor=actor, person_id=person_id):
        wanted[f"{name}.json"] = document
        if any(one.body not in public for one in snapshot.named_in(document)):
            return False
    return proofs == wanted
