"""Something happened to a proof of ours: what people hold by it hears of it, so that the board does."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from skillmark.desks import own_proofs
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people.rules import server_for

HEARD = frozenset(f"credentials.proof.{event}" for event in ("cancelled", "paused", "resumed", "disputed", "dispute_answered"))


def run(*, now: datetime, org_id: str, entry_id: str) -> None:
    """Twice is as good as once: an answer that is known already is not noted again."""
    found = journal.entries(org_id=UUID(org_id), after=int(entry_id) - 1, events=HEARD, limit=1)
    if found and found[0].id == int(entry_id):
        own_proofs.note_again(actor=server_for(org_id=UUID(org_id)), issued_id=UUID(found[0].subject_id), now=now)
