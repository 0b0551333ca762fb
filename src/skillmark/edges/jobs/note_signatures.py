"""A kept file was checked again: what people hold by it hears what the answer is now, so that the board does."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from skillmark.desks import attaching
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people.rules import server_for

KEPT = "credentials.check.kept"
CHANGED = "credentials.check.changed"


def run(*, now: datetime, org_id: str, entry_id: str) -> None:
    """Twice is as good as once: an answer that is known already is not noted again."""
    found = journal.entries(org_id=UUID(org_id), after=int(entry_id) - 1, events=[KEPT, CHANGED], limit=1)
    if not found or found[0].id != int(entry_id):
        return
    (entry,) = found
    item_id = entry.data["item_id"] if entry.event == CHANGED else entry.subject_id
    attaching.note_again(actor=server_for(org_id=UUID(org_id)), item_id=UUID(item_id), now=now)
