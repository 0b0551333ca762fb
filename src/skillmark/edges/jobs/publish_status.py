"""Publish the lists of cancelled proofs that miss a change or grow old: the safety net under cancelling."""

from __future__ import annotations

from datetime import datetime

from skillmark.rooms.credentials import operations as credentials


def run(*, now: datetime) -> None:
    """Does nothing when nothing is due."""
    credentials.publish_due(now=now)
    credentials.publish_due_tokens(now=now)
