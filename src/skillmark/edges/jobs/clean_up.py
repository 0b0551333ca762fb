"""Forget what has ended: attempts, links, invitations, sessions."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.backends.db import SessionStore

from skillmark.rooms.people import operations as people


def run(*, now: datetime) -> None:
    """Twice is as good as once."""
    people.clean_up(now=now)
    SessionStore.clear_expired()
