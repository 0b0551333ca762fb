"""Write the journal."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from skillmark.rooms.journal.models import Bookmark, Entry


def write(
    *,
    org_id: UUID | None,
    actor: str,
    actor_id: str,
    event: str,
    now: datetime,
    subject_id: object = "",
    data: dict[str, Any] | None = None,
) -> Entry:
    """Add an entry. Call it in the same transaction as the change that it tells of.

    `data` is JSON without secrets: plain labels that a person may read years later.
    """
    return Entry.objects.create(
        at=now, org_id=org_id, actor=actor, actor_id=actor_id, event=event, subject_id=str(subject_id), data=data or {}
    )


def write_many(
    *, org_id: UUID, actor: str, actor_id: str, event: str, now: datetime, told: Iterable[tuple[object, dict[str, Any]]]
) -> None:
    """An entry for each (subject, data) of `told`, in order, in a few statements; as `write` else."""
    Entry.objects.bulk_create(
        [
            Entry(at=now, org_id=org_id, actor=actor, actor_id=actor_id, event=event, subject_id=str(subject), data=data)
            for subject, data in told
        ]
    )


def seen(*, reader: str, upto: int) -> None:
    """Remember that `reader` has dealt with every entry up to and including `upto`. Never goes back."""
    Bookmark.objects.get_or_create(reader=reader)
    Bookmark.objects.filter(reader=reader, entry_id__lt=upto).update(entry_id=upto)


# What an entry about somebody deleted may still say: of which kind it was, never who, and nothing that anybody typed.
_STAYS = frozenset({"item", "title"})
_NAMING = frozenset({"name", "person", "other"})


def pseudonymise(
    *, org_id: UUID, subject_ids: Collection[UUID], names: Collection[str], anywhere: Collection[str], instead: str
) -> int:
    """Name somebody nowhere any more: the one change that entries know. Returns how many were changed.

    Entries about `subject_ids` keep when, who did it and what kind of thing it was; `instead` stands for the name. In all
    others of the firm `anywhere` (names that are this person's alone) is replaced. `names` are all names they acted under.
    """
    about, changed = {str(one) for one in subject_ids}, 0
    words = [re.compile(rf"(?<!\w){re.escape(one)}(?!\w)", re.IGNORECASE) for one in sorted(anywhere, key=len, reverse=True)]
    for entry in Entry.objects.filter(org_id=org_id).iterator(chunk_size=500):
        if entry.subject_id in about:
            data = {name: instead if name in _NAMING else value for name, value in entry.data.items()
                    if name in _STAYS | _NAMING}  # fmt: skip
        else:
            data = _replaced(entry.data, words, instead)
        acted = entry.actor in names and not entry.actor_id.startswith("user:")
        actor = instead if acted and (entry.subject_id in about or entry.actor in anywhere) else entry.actor
        if data != entry.data or actor != entry.actor:
            Entry.objects.filter(id=entry.id).update(data=data, actor=actor)
            changed += 1
    return changed


def keep_ids_only(*, org_id: UUID, instead: str) -> None:
    """Of a space that its person has erased, entries keep when and what happened to which id; `instead` did it."""
    Entry.objects.filter(org_id=org_id).update(data={}, actor=instead)


def _replaced(value: Any, words: list[re.Pattern[str]], instead: str) -> Any:
    if isinstance(value, dict):
        return {name: _replaced(one, words, instead) for name, one in value.items()}
    if isinstance(value, list):
        return [_replaced(one, words, instead) for one in value]
    if isinstance(value, str):
        for word in words:
            value = word.sub(instead, value)
    return value
