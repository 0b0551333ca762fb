"""Settle what a person said is wrong, inside the transaction of whatever settles it."""

from __future__ import annotations

from datetime import datetime

from skillmark.rooms.credentials import rules
from skillmark.rooms.credentials.models import Dispute, Issued
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people.rules import Actor


def settle_dispute(*, actor: Actor, issued: Issued, outcome: rules.Outcome, answer: str, now: datetime) -> bool:
    """Close the open dispute of a proof, if there is one; whether there was. The history stays with both."""
    waiting = Dispute.objects.filter(issued_id=issued.id, answered_at=None)
    if not waiting.update(outcome=outcome.value, answer=answer, answered_at=now, answered_by=actor.label):
        return False
    journal.write(
        org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event="credentials.proof.dispute_answered",
        subject_id=issued.id, now=now,
        data={"title": issued.title, "person": issued.person_name, "outcome": outcome.value},
    )  # fmt: skip
    return True
