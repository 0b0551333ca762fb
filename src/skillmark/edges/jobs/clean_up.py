"""Forget what has ended: attempts, links, invitations, sessions, and what strangers' addresses answered a year ago."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.backends.db import SessionStore

from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.imports import operations as imports
from skillmark.rooms.people import operations as people


def run(*, now: datetime) -> None:
    """Twice is as good as once."""
    people.clean_up(now=now)
    credentials.forget_answers(now=now)
    credentials.drop_plans(now=now)
    imports.drop_lists(now=now)
    SessionStore.clear_expired()
