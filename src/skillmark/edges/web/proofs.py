"""A given proof as one line of a list: its state in shape and words, nothing judged here."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from skillmark.edges.web import wording

SOON = timedelta(days=30)


@dataclass(frozen=True)
class Line:
    """What a list shows of a proof. `state` is a sign: ok, due, warn or bad; `kept` tells whether the person keeps it."""

    issued: Any  # credentials' Issued
    state: str
    says: str
    kept: bool


def line(*, issued: Any, now: datetime) -> Line:
    """The line of `issued` as of `now`."""
    state, says = _standing(issued=issued, now=now)
    return Line(issued=issued, state=state, says=says, kept=issued.own_org_id is not None)


def ends_within(*, line: Line, days: int, now: datetime) -> bool:
    """Whether it counts today and ends in so many days."""
    ends = line.issued.valid_until
    return line.state != "bad" and ends is not None and now < ends <= now + timedelta(days=days)


def has_ended(*, line: Line, now: datetime) -> bool:
    """Whether its last day is over, and nothing else stands against it."""
    ends = line.issued.valid_until
    return line.issued.cancelled_at is None and ends is not None and ends <= now


def _standing(*, issued: Any, now: datetime) -> tuple[str, str]:
    if issued.cancelled_at is not None:
        return "bad", _("Cancelled")
    if issued.paused_at is not None:
        return "bad", _("Paused")
    ends = issued.valid_until
    day = wording.day(day=timezone.localtime(ends).date()) if ends is not None else ""
    if ends is not None and ends <= now:
        return "bad", _("Expired %(day)s") % {"day": day}
    if issued.answer_by is not None:
        return "warn", _("Under review")
    if ends is None:
        return "ok", _("No end date")
    if ends <= now + SOON:
        return "due", _("Ends %(day)s") % {"day": day}
    return "ok", _("In date to %(day)s") % {"day": day}
