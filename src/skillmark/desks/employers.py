"""What the firms on this server have about somebody, told to that person: in their own words, nothing of anybody else.

The person asks about themselves, so Skillmark looks into each firm's records for them, and at their own records only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.translation import gettext as _

from skillmark.desks.states import TRUST, trust_in_words
from skillmark.rooms.credentials import queries as credentials
from skillmark.rooms.holdings import queries as holdings
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor, server_for
from skillmark.rooms.records import queries as records
from skillmark.rooms.records.rules import shares as rules
from skillmark.rooms.skills.rules import Trust, label


@dataclass(frozen=True, slots=True)
class At:
    """A firm that knows the person. `left_on` is their last day there, if one is written down."""

    firm_id: UUID
    firm: str
    person_id: UUID
    left_on: date | None
    works_there: bool


@dataclass(frozen=True, slots=True)
class OnFile:
    """A card, licence, training or sign-off in the firm's own records; `stands_for` tells in words who does."""

    title: str
    stands_for: str
    ends: date | None


@dataclass(frozen=True, slots=True)
class Employer:
    """What one firm has: how it reaches the person, where they work, its own records, and what they show it now."""

    at: At
    contact: tuple[tuple[str, str], ...]
    places: tuple[str, ...]
    on_file: tuple[OnFile, ...]
    given: tuple[tuple[str, datetime], ...]
    sign_offs: int
    shown: tuple[records.MyShare, ...]


def known_at(*, actor: Actor, now: datetime) -> list[At]:
    """Every firm on this server that knows the actor's person."""
    return [_at(one, now) for one in people.known_as(actor=actor)]


def working_at(*, actor: Actor, now: datetime) -> list[At]:
    """Those where they work today: up to and including the last day."""
    return [one for one in known_at(actor=actor, now=now) if one.works_there]


def employers(*, actor: Actor, now: datetime) -> list[Employer]:
    """The whole answer to "what does my employer see?". Raises CannotSign `sign.outer_key`."""
    live = records.shares(actor=actor, now=now)
    known = {one.id: one for one in people.known_as(actor=actor)}
    return [_employer(at, known[at.person_id], live, now) for at in known_at(actor=actor, now=now)]


def _at(person: Any, now: datetime) -> At:
    today = people.today(actor=server_for(org_id=person.org_id), now=now)
    works_there = rules.works_there(left_on=person.left_on, on=today)
    return At(person.org_id, person.org.name, person.id, person.left_on, works_there)


def _employer(at: At, person: Any, live: list[records.MyShare], now: datetime) -> Employer:
    firm = server_for(org_id=at.firm_id)
    given = credentials.proofs(actor=firm, person_id=at.person_id)
    places = people.assignments(actor=firm, person_id=at.person_id)
    return Employer(
        at=at,
        contact=tuple((name, value) for name, value in _contact(person) if value),
        places=tuple(dict.fromkeys(filter(None, map(_place, places)))),
        on_file=tuple(_on_file(one) for one in holdings.holdings_of(actor=firm, person_id=at.person_id)),
        given=tuple((one.title, one.given_at) for one in given),
        sign_offs=len(holdings.sign_offs(actor=firm, person_id=at.person_id)),
        shown=tuple(one for one in live if one.firm_id == at.firm_id and at.works_there),
    )


def _contact(person: Any) -> list[tuple[str, str]]:
    return [
        (_("Name"), person.name),
        (_("Number there"), person.number),
        (_("Phone"), person.phone),
        (_("E-mail"), person.email),
    ]


def _place(one: Any) -> str:
    language = translation.get_language() or "en"
    position = label(one.position.names, language=language) if one.position else ""
    return " · ".join(part for part in (position, one.site.name if one.site else "") if part)


def _on_file(one: Any) -> OnFile:
    title = label(one.item.names, language=translation.get_language() or "en")
    return OnFile(title, _stands_for(one), one.ends)


def _stands_for(one: Any) -> str:
    """The highest thing that speaks for it, whether it counts today or not."""
    signatures, looked_up = list(one.signatures.all()), list(one.source_checks.all())
    if signatures:
        return trust_in_words(trust=Trust.SIGNED, giver=signatures[0].giver)
    if looked_up:
        return str(TRUST[Trust.SOURCE])
    return str(TRUST[Trust.PHOTO] if one.photos.all() else TRUST[Trust.CLAIMED])
