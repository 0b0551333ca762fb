"""The firm's own clock: the real one, or that at which a made-up firm stands; and the day that it is there."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor


def moment(actor: Actor) -> datetime:
    """Now, for this firm."""
    return people.organisation(actor=actor).clock or timezone.now()


def day(actor: Actor, asked: date | None) -> date:
    """The day that was asked for, else today at the firm's site."""
    return asked or people.today(actor=actor, now=timezone.now())
