"""Reminders that the owner switched on: every half hour, what has become due is written down as wishes for e-mail."""

from __future__ import annotations

from datetime import datetime

from skillmark.desks import reminding
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import server_for


def run(*, now: datetime) -> None:
    """Twice is as good as once: each step of each end is written down."""
    for firm in people.firms():
        reminding.go_round(actor=server_for(org_id=firm.id), now=now)
