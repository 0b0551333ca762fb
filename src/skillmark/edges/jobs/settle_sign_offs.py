"""Sign-offs that can no longer be undone count, and become proofs once nothing is missing."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from skillmark.errors import NotFound
from skillmark.rooms.holdings import operations as holdings
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people.rules import server_for

JOINED = "people.person.merged"

MOST = 50
"""At a time; the rest follows at once, in rounds, so that a full phone that comes back in reach is soon done."""
ROUNDS = 20


def run(*, now: datetime, org_id: str = "", entry_id: str = "") -> None:
    """By the clock: nothing when nothing is due. By the journal: what was signed of two may be enough, now
    that they are one."""
    if entry_id:
        found = journal.entries(org_id=UUID(org_id), after=int(entry_id) - 1, events=[JOINED], limit=1)
        if found and found[0].id == int(entry_id):
            _look_again(UUID(org_id), UUID(found[0].subject_id), now)
    for _ in range(ROUNDS):
        if holdings.settle(now=now, most=MOST) < MOST:
            return


def _look_again(org_id: UUID, person_id: UUID, now: datetime) -> None:
    try:
        holdings.look_again(actor=server_for(org_id=org_id), person_id=person_id, now=now)
    except NotFound:  # deleted in the meantime
        return
