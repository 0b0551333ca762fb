"""What a share is made of, how long it lasts, and when nobody sees it any more. Pure."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

DAYS = (7, 30, 90)
USUAL_DAYS = 30
MOST_ITEMS = 60
TEXT_LENGTH = 120
PHONE_LENGTH = 40
MOST_WAITING = 20
"""So many readers wait for an answer at once; more would only bury the one whom the person expects."""
MOST_VISITS = 500
"""So many visits without a name are told of, the newest: a program may open a link all day long."""
SAME_READER = timedelta(minutes=15)
"""A reader who opens the page again within this time is the same visit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """One thing to show. `body` is exactly what the reader gets; `told` names it in the receipt, in plain words.

    `facts`: which facts of it; empty: all of it. One of `held_id` and `statement_id` says where it comes from.
    """

    body: bytes
    told: str
    held_id: UUID | None = None
    statement_id: UUID | None = None
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How it is shown. `name`, `phone` and `email` are on the page only where they are filled in; `cv`: laid out as one.

    `firm_id`: the employer on this server who sees it on its own page of the person; None: whoever has the link.
    """

    days: int = USUAL_DAYS
    to_whom: str = ""
    purpose: str = ""
    name: str = ""
    phone: str = ""
    email: str = ""
    pin: str = ""
    ask_first: bool = False
    cv: bool = False
    firm_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What of the terms lies closed beside a share."""

    to_whom: str
    purpose: str
    name: str
    phone: str
    email: str
    cv: bool

    def as_bytes(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False).encode()


def details_of(terms: Terms) -> Details:
    """What is kept of the terms, with the ends of the texts tidied."""
    return Details(
        to_whom=terms.to_whom.strip(), purpose=terms.purpose.strip(), name=terms.name.strip(), phone=terms.phone.strip(),
        email=terms.email.strip(), cv=terms.cv,
    )  # fmt: skip


def read_details(body: bytes) -> Details:
    """As `Details.as_bytes` wrote it."""
    return Details(**json.loads(body))


def problem(*, picked: Sequence[Picked], terms: Terms) -> str:
    """Why this cannot be shared, as an error code; empty when it can."""
    if not picked:
        return "share.nothing"
    if len(picked) > MOST_ITEMS:
        return "share.too_many"
    if terms.days not in DAYS:
        return "share.days"
    said = (terms.to_whom, terms.purpose, terms.name, terms.email)
    if any(len(text) > TEXT_LENGTH for text in said) or len(terms.phone) > PHONE_LENGTH:
        return "share.too_long"
    return ""


def is_live(*, ends_at: datetime, closed_at: datetime | None, now: datetime) -> bool:
    """Whether anybody sees it at this moment."""
    return closed_at is None and now < ends_at


def works_there(*, left_on: date | None, on: date) -> bool:
    """Whether an employer still sees what somebody shows it: up to and including the last day."""
    return left_on is None or on <= left_on
