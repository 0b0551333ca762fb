"""Write the journal."""

from __future__ import annotations

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


def seen(*, reader: str, upto: int) -> None:
    """Remember that `reader` has dealt with every entry up to and including `upto`. Never goes back."""
    Bookmark.objects.get_or_create(reader=reader)
    Bookmark.objects.filter(reader=reader, entry_id__lt=upto).update(entry_id=upto)
