"""Note that everybody's proofs were packed, so that the firm knows when it did so last."""

from __future__ import annotations

from datetime import datetime

from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor

EXPORTED = "credentials.proofs.exported"


def note_export(*, actor: Actor, people_count: int, proofs: int, now: datetime) -> None:
    """How many people's proofs were packed, and how many proofs. Raises CannotDo."""
    people.demand(actor=actor, action="backup.make")
    journal.write(
        org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event=EXPORTED, subject_id=actor.org_id, now=now,
        data={"people": people_count, "proofs": proofs},
    )  # fmt: skip
