"""The people and cards that somebody chose to ask about, with what each person reads and how they are reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from skillmark.rooms.holdings import operations as holdings
from skillmark.rooms.holdings import queries as held
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.skills import queries as skills
from skillmark.rooms.skills.rules import label
from skillmark.rooms.talent import queries as talent
from skillmark.rooms.talent.rules import Cell, State, ends_within

Pair = tuple[UUID, UUID]
DAYS = 90


@dataclass(frozen=True, slots=True)
class Card:
    """One item to ask for. `waits`: a photo of it was handed in and nobody has looked; `asked_at`: the last open request."""

    item_id: UUID
    name: str
    ends: date | None
    waits: bool
    asked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person with what is asked of them. `said_no`: they want no reminders by e-mail."""

    person: Any
    cards: tuple[Card, ...]
    said_no: bool

    @property
    def by_email(self) -> bool:
        return bool(self.person.email) and not self.said_no

    @property
    def by_text(self) -> bool:
        return bool(self.person.phone)


def recipients(*, actor: Actor, pairs: Sequence[Pair], on: date) -> list[Recipient]:
    """Who was chosen, by name, once each, with their cards in the order of the board. `pairs`: (person, item).

    Raises NotFound for a person or item that the actor may not see.
    """
    chosen: dict[UUID, set[UUID]] = {}
    for person_id, item_id in pairs:
        chosen.setdefault(people.person(actor=actor, person_id=person_id).id, set()).add(
            skills.item(actor=actor, item_id=item_id).id
        )
    board = talent.board(actor=actor, on=on)
    items = skills.items(actor=actor, archived=True)
    asked = {(one.person_id, one.item_id): one.sent_at for one in reversed(held.asks(actor=actor, open_only=True))}
    stopped = held.said_no(actor=actor)
    found = []
    for person in people.people(actor=actor):
        if person.id in chosen:
            row = board.rows.get(person.id)
            cells = row.cells if row else {}
            cards = tuple(
                _card(one, cells.get(one.id), person.language, asked.get((person.id, one.id)))
                for one in items
                if one.id in chosen[person.id]
            )
            found.append(Recipient(person, cards, person.id in stopped))
    return found


def all_due(*, actor: Actor, person_id: UUID, on: date) -> list[Pair]:
    """Everything that one person should hand in: ended, missing, not checked, or ending within 90 days. Raises NotFound."""
    person = people.person(actor=actor, person_id=person_id)
    row = talent.row_of(actor=actor, person_id=person.id, on=on)
    return [(person.id, item_id) for item_id, cell in row.cells.items() if _is_due(cell, on)]


@transaction.atomic
def with_links(*, actor: Actor, chosen: Recipient, channel: str, now: datetime) -> list[tuple[Card, str]]:
    """Make a request for each card and note how it goes out (text, print, qr); (card, its secret). Raises CannotDo."""
    made = []
    for card in chosen.cards:
        one, token = holdings.ask(actor=actor, person_id=chosen.person.id, item_id=card.item_id, now=now, ends=card.ends)
        holdings.mark_sent(actor=actor, ask_id=one.id, channel=channel, now=now)
        made.append((card, token))
    return made


def _card(item: Any, cell: Cell | None, language: str, asked_at: datetime | None) -> Card:
    ends, waits = (cell.ends, cell.photo_waits) if cell else (None, False)
    return Card(item.id, label(item.names, language=language), ends, waits, asked_at)


def _is_due(cell: Cell, on: date) -> bool:
    if cell.photo_waits or cell.state in {State.EXEMPT, State.DISPUTED}:
        return False
    return not cell.compliant or cell.state is State.GRACE or ends_within(cell, on=on, days=DAYS)
