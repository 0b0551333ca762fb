"""The journal entry of everything that happens to a holding."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people.rules import Actor


def note(*, actor: Actor, subject: UUID, event: str, data: dict[str, str], now: datetime) -> None:
    """Write `holdings.<event>`; `data` holds plain labels."""
    journal.write(
        org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event=f"holdings.{event}", subject_id=subject,
        data=data, now=now,
    )  # fmt: skip
