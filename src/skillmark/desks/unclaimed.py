"""Proofs that nobody has kept yet, and the reminders that somebody asks for. Nothing is sent by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from skillmark.desks import notices
from skillmark.rooms.credentials import operations, queries
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.people.rules import Actor

ASKED = "credentials.offer.email_asked"
MOST = 200  # e-mails at one press
_AGAIN = timedelta(minutes=10)  # a second press so soon is a slip of the finger
_LASTS = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Preview:
    """One of the messages, as the first of its readers gets it, and how many get it in this language."""

    language: str
    count: int
    message: notices.Message


def waiting(*, actor: Actor, now: datetime) -> list[Any]:
    """The proofs that are still worth keeping and that nobody has kept, the oldest first."""
    found = queries.proofs(actor=actor, state="waiting")
    return [one for one in reversed(found) if one.paused_at is None and (one.valid_until is None or one.valid_until > now)]


def by_email(*, proofs: Sequence[Any]) -> list[Any]:
    """Those whose person has an e-mail address, as many as go out at one press."""
    return [one for one in proofs if one.person.email][:MOST]


def previews(*, proofs: Sequence[Any], now: datetime) -> list[Preview]:
    """What would be sent, one message a language. Link and PIN are made when it is sent, so here they are stand-ins."""
    found: dict[str, list[Any]] = {}
    for one in proofs:
        found.setdefault("es" if one.language == "es" else "en", []).append(one)
    return [Preview(language, len(some), _message(some[0], language, now)) for language, some in sorted(found.items())]


def remind(*, actor: Actor, proofs: Sequence[Any], now: datetime) -> int:
    """Ask for an e-mail for each of them; how many that are. Who was asked a moment ago is left out.

    Raises CannotOffer `ask.sample_firm`.
    """
    asked = [one for one in proofs if not _just_asked(one, now)]
    for one in asked:
        operations.send_by_email(actor=actor, issued_id=one.id, now=now)
    return len(asked)


def _just_asked(proof: Any, now: datetime) -> bool:
    told = journal.history(org_id=proof.org_id, subject_id=proof.id)
    return any(entry.event == ASKED and now - entry.at < _AGAIN for entry in told)


def _message(proof: Any, language: str, now: datetime) -> notices.Message:
    return notices.proof_waiting(
        to=proof.person.email, name=proof.person.name, language=language, giver=proof.giver, title=proof.title,
        link="…/k/····-····", pin="······", expires_on=(now + _LASTS).date(),
    )  # fmt: skip
