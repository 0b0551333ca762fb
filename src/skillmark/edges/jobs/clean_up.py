"""Forget what has ended: attempts, links, invitations, sessions, places where pages stood open, what lay in shares, what
strangers' addresses answered a year ago."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.backends.db import SessionStore

from skillmark.desks import erasing
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.imports import operations as imports
from skillmark.rooms.people import operations as people
from skillmark.rooms.records import operations as records


def run(*, now: datetime) -> None:
    """Twice is as good as once."""
    people.clean_up(now=now)
    credentials.forget_answers(now=now)
    credentials.drop_plans(now=now)
    credentials.drop_askings(now=now)
    imports.drop_lists(now=now)
    records.drop_ended(now=now)
    records.drop_openings(now=now)
    records.drop_additions(now=now)
    SessionStore.clear_expired()
    erasing.write_list()  # for one that was erased at the moment at which the power failed
