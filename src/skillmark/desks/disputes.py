"""What a person says is wrong on a proof, and the firm's answer, in words: both sides see the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

ABOUT: dict[str, str | Promise] = {
    "name": gettext_lazy("The name"),
    "date": gettext_lazy("A date"),
    "level": gettext_lazy("The level"),
    "other": gettext_lazy("Something else"),
}
OUTCOMES: dict[str, str | Promise] = {
    "": gettext_lazy("Under review"),
    "corrected": gettext_lazy("Corrected"),
    "kept": gettext_lazy("It stays as it is"),
    "cancelled": gettext_lazy("Cancelled"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One dispute. `left` says how long there is to answer, while it is `waiting`; `late` that this is over."""

    issued_id: Any
    about: str | Promise
    words: str
    made_at: datetime
    answer_by: date
    waiting: bool
    left: str
    late: bool
    outcome: str | Promise
    answer: str
    answered_at: datetime | None
    answered_by: str


def said(*, dispute: Any, today: date) -> Said:
    """In the language of the page; `today` is the day for whoever looks."""
    return Said(
        issued_id=dispute.issued_id,
        about=ABOUT[dispute.about],
        words=dispute.words,
        made_at=dispute.made_at,
        answer_by=dispute.answer_by,
        waiting=dispute.answered_at is None,
        left=left(answer_by=dispute.answer_by, today=today),
        late=dispute.answer_by < today,
        outcome=OUTCOMES[dispute.outcome],
        answer=dispute.answer,
        answered_at=dispute.answered_at,
        answered_by=dispute.answered_by,
    )


def left(*, answer_by: date, today: date) -> str:
    """How long there is to answer."""
    days = (answer_by - today).days
    if days < 0:
        return ngettext("%(count)s day late", "%(count)s days late", -days) % {"count": -days}
    if days == 0:
        return _("To be answered today")
    return ngettext("%(count)s day left to answer", "%(count)s days left to answer", days) % {"count": days}
