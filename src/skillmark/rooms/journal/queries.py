"""Read the journal."""

from __future__ import annotations

from collections.abc import Collection
from typing import NewType
from uuid import UUID

from django.db import connection

from skillmark.rooms.journal.models import Bookmark, Entry

MOST = 1000
"""Entries that `newest` tells."""

Position = NewType("Position", tuple[int, ...])
"""How far the journals of all firms have come; only good for seeing whether it is another one."""


def entries(*, org_id: UUID, after: int = 0, events: Collection[str] | None = None, limit: int = 500) -> list[Entry]:
    """A firm's entries after an id, oldest first."""
    found = Entry.objects.filter(org_id=org_id, id__gt=after)
    if events is not None:
        found = found.filter(event__in=events)
    return list(found[:limit])


def latest(*, org_id: UUID, limit: int = 50) -> list[Entry]:
    """A firm's newest entries, newest first."""
    return list(Entry.objects.filter(org_id=org_id).order_by("-id")[:limit])


def last(*, org_id: UUID, event: str) -> Entry | None:
    """A firm's newest entry of this kind; None when there is none."""
    return Entry.objects.filter(org_id=org_id, event=event).order_by("-id").first()


def newest(*, org_id: UUID) -> tuple[int, ...]:
    """The ids of a firm's newest thousand entries: they change whenever something of the firm is written, whatever room
    wrote it.

    Not the last alone: of two writers at once, the one with the lower id may be seen later.
    """
    return tuple(Entry.objects.filter(org_id=org_id).order_by("-id").values_list("id", flat=True)[:MOST])


def position() -> Position | None:
    """Another one whenever anything of any firm is written; None inside a transaction, whose entries may yet be taken back.

    One statement, asked with every request of a program, so written by hand: putting it together each time took ten times
    as long as the answer. Of two writers at once, the one with the lower id may be seen later, so the last alone would not
    do; SQLite knows one writer at a time.
    """
    if connection.in_atomic_block:
        return None
    depth = 1 if connection.vendor == "sqlite" else MOST
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT MAX(id), SUM(id) FROM (SELECT id FROM journal_entry ORDER BY id DESC LIMIT %s) AS newest",
            [depth],
        )
        return Position(tuple(cursor.fetchone()))


def told(*, org_id: UUID, ids: Collection[int]) -> list[tuple[str, str]]:
    """The events and subject ids of some of a firm's entries."""
    return list(Entry.objects.filter(org_id=org_id, id__in=ids).values_list("event", "subject_id"))


def picked(*, org_id: UUID, ids: Collection[int], event: str) -> list[Entry]:
    """Those of some of a firm's entries that are of this kind, newest first."""
    return list(Entry.objects.filter(org_id=org_id, id__in=ids, event=event).order_by("-id"))


def history(*, org_id: UUID, subject_id: object) -> list[Entry]:
    """What happened to one thing, oldest first."""
    return list(Entry.objects.filter(org_id=org_id, subject_id=str(subject_id)))


def unseen(*, reader: str, limit: int = 500) -> list[Entry]:
    """What a job has not dealt with yet, over all firms, oldest first."""
    bookmark = Bookmark.objects.filter(reader=reader).first()
    return list(Entry.objects.filter(id__gt=bookmark.entry_id if bookmark else 0)[:limit])
