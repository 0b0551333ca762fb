"""What is on file behind a cell, as it was known then, and the names under which its files lie in the ZIP."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from skillmark.desks.packs.shape import Choice, File, Held, LateLine, LookUp
from skillmark.rooms.holdings.rules import EndState
from skillmark.rooms.talent.rules import Cell

_ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "application/pdf": "pdf"}
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')
_MOST_LETTERS = 60


def held(*, holding: Any, cell: Cell, choice: Choice, zone: ZoneInfo) -> Held:
    """`holding` is one of `holdings.queries.holdings_by_id`."""
    written = holding.recorded_at.astimezone(zone).date()
    looks = [one for one in holding.source_checks.all() if _then(one.recorded_at, choice)]
    look_up = LookUp(looks[-1].looked_on, looks[-1].looked_by, looks[-1].confirmed) if looks else None
    return Held(
        obtained=holding.obtained, starts=holding.starts,
        ends=holding.ends if holding.end_state == EndState.DATED else cell.ends,
        giver=cell.giver or holding.giver, number=holding.number, trained_on=holding.trained_on,
        evaluated_on=holding.evaluated_on, evaluator=holding.evaluator, language_taught=holding.language_taught,
        understanding=holding.understanding, revision=holding.revision, note=holding.note, look_up=look_up,
        written_later=written if written > choice.on else None, corrected=holding.supersedes_id is not None,
    )  # fmt: skip


def late(*, cell: Cell, holdings: dict[Any, Any], choice: Choice) -> tuple[LateLine, ...]:
    """Everything that came after its day, with what is noted about it."""
    found = []
    for one in cell.lates:
        holding = holdings.get(one.holding_id)
        notes = [note for note in holding.late_notes.all() if _then(note.recorded_at, choice)] if holding else []
        found.append(LateLine(one.due_on, one.obtained, tuple((note.text, note.recorded_by) for note in notes)))
    return tuple(found)


def files(*, holding: Any, item: str, folder: str, choice: Choice) -> list[File]:
    """Photos that nobody refused, screenshots of look-ups, and the digital file of the last check of it."""
    found = []
    photos = [one for one in holding.photos.all() if _then(one.added_at, choice) and not _refused(one, choice)]
    for number, one in enumerate(photos, 1):
        found.append(_stored(one.file, "photo", f"{folder}/{plain(item)} - photo {number}"))
    looks = [one for one in holding.source_checks.all() if one.screenshot_id and _then(one.recorded_at, choice)]
    for one in looks:
        found.append(_stored(one.screenshot, "look_up", f"{folder}/{plain(item)} - looked up {one.looked_on.isoformat()}"))
    signed = [one for one in holding.signatures.all() if _then(one.recorded_at, choice)]
    if signed and signed[-1].issued_id:
        found.append(
            File("issued", signed[-1].issued_id, f"{folder}/{plain(item)} - signed.json", "proof", "application/json")
        )
    elif signed and signed[-1].checked_item_id:
        found.append(File("checked", signed[-1].checked_item_id, f"{folder}/{plain(item)} - signed", "proof"))
    return found


def plain(text: str) -> str:
    """A text as every system takes it for the name of a file: no slashes, not too long, no dots or spaces at its ends."""
    return _NOT_IN_NAMES.sub(" ", text)[:_MOST_LETTERS].strip(" .") or "-"


def _stored(file: Any, kind: str, name: str) -> File:
    ending = _ENDINGS.get(file.media_type, "bin")
    return File("stored", file.id, f"{name}.{ending}", kind, file.media_type, file.sha256)


def _refused(photo: Any, choice: Choice) -> bool:
    return any(at is not None and _then(at, choice) for at in (photo.refused_at, photo.removed_at))


def _then(at: datetime, choice: Choice) -> bool:
    return choice.known_at is None or at <= choice.known_at
