"""An answer about a watched item has changed: write down one wish for an e-mail for each owner. `send_mail` does the rest.

Somebody of the firm pressed “Watch this”: that is the wish behind the wish. Owners without an address see it in the journal.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from skillmark.rooms.journal import operations as journal_operations
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Role, server_for

CHANGED = "credentials.check.changed"
ASKED = "notices.change.asked"


def run(*, now: datetime, org_id: str, entry_id: str) -> None:
    """Once an owner, however often it runs."""
    found = journal.entries(org_id=UUID(org_id), after=int(entry_id) - 1, events=[CHANGED], limit=1)
    if not found or found[0].id != int(entry_id):
        return
    (changed,) = found
    told = journal.history(org_id=UUID(org_id), subject_id=changed.subject_id)
    asked = {one.data["user_id"] for one in told if one.event == ASKED}
    for member in people.members(actor=server_for(org_id=UUID(org_id))):
        if member.role == Role.OWNER and member.user.email and member.user_id not in asked:
            journal_operations.write(
                org_id=UUID(org_id), actor="Skillmark", actor_id="server", event=ASKED, subject_id=changed.subject_id, now=now,
                data={"user_id": member.user_id, "before": changed.data["before"]},
            )  # fmt: skip
