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
    """What a list shows of a proof. `state` is a sign: ok, due or bad; `kept` tells whether the person keeps it."""

    issued: Any  # credentials' Issued
    state: str
    says: str
    kept: bool


def line(*, issued: Any, now: datetime) -> Line:
    """The line of `issued` as of `now`."""
    state, says = _standing(issued=issued, now=now)
    return Line(issued=issued, state=state, says=says, kept=issued.own_org_id is not None)


def _standing(*, issued: Any, now: datetime) -> tuple[str, str]:
    if issued.cancelled_at is not None:
        return "bad", _("Cancelled")
    ends = issued.valid_until
    if ends is None:
        return "ok", _("No end date")
    day = wording.day(day=timezone.localtime(ends).date())
    if ends <= now:
        return "bad", _("Expired %(day)s") % {"day": day}
    if ends <= now + SOON:
        return "due", _("Ends %(day)s") % {"day": day}
    return "ok", _("In date to %(day)s") % {"day": day}
