"""The journal entry of everything that happens to a holding."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people.rules import Actor


def note(*, actor: Actor, subject: UUID, event: str, data: Mapping[str, Any], now: datetime) -> None:
    """Write `holdings.<event>`; `data` holds plain labels and ids."""
    journal.write(
        org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event=f"holdings.{event}", subject_id=subject,
        data=dict(data), now=now,
    )  # fmt: skip
