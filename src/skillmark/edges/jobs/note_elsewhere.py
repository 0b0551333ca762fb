"""A proof of one firm here was cancelled or paused: other firms here that rest on it ask again at once, not tomorrow."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from skillmark.desks import checking
from skillmark.rooms.credentials import queries as credentials
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people.rules import server_for
from skillmark.rooms.signing import queries as signing

HEARD = frozenset(f"credentials.proof.{event}" for event in ("cancelled", "paused", "resumed", "disputed", "dispute_answered"))


def run(*, now: datetime, org_id: str, entry_id: str) -> None:
    """Each answer is kept as evidence, and `note_signatures` tells the board. Twice is as good as once."""
    found = journal.entries(org_id=UUID(org_id), after=int(entry_id) - 1, events=HEARD, limit=1)
    if not found or found[0].id != int(entry_id):
        return
    givers = signing.identities(org_id=UUID(org_id))
    for item in credentials.watched_elsewhere(org_id=UUID(org_id), issued_id=UUID(found[0].subject_id), giver_ids=givers):
        checking.recheck(actor=server_for(org_id=item.org_id), item_id=item.id, now=now)
