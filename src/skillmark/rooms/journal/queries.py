"""Read the journal."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from skillmark.rooms.journal.models import Bookmark, Entry

_NEWEST = 1000


def entries(*, org_id: UUID, after: int = 0, events: Collection[str] | None = None, limit: int = 500) -> list[Entry]:
    """A firm's entries after an id, oldest first."""
    found = Entry.objects.filter(org_id=org_id, id__gt=after)
    if events is not None:
        found = found.filter(event__in=events)
    return list(found[:limit])


def latest(*, org_id: UUID, limit: int = 50) -> list[Entry]:
    """A firm's newest entries, newest first."""
    return list(Entry.objects.filter(org_id=org_id).order_by("-id")[:limit])


def version(*, org_id: UUID) -> int:
    """A number that changes whenever something of the firm is written, whatever room wrote it.

    It is made of the newest thousand ids, not of the last alone: of two writers at once, the one with the lower id may be
    seen later.
    """
    return hash(tuple(Entry.objects.filter(org_id=org_id).order_by("-id").values_list("id", flat=True)[:_NEWEST]))


def history(*, org_id: UUID, subject_id: object) -> list[Entry]:
    """What happened to one thing, oldest first."""
    return list(Entry.objects.filter(org_id=org_id, subject_id=str(subject_id)))


def unseen(*, reader: str, limit: int = 500) -> list[Entry]:
    """What a job has not dealt with yet, over all firms, oldest first."""
    bookmark = Bookmark.objects.filter(reader=reader).first()
    return list(Entry.objects.filter(id__gt=bookmark.entry_id if bookmark else 0)[:limit])
