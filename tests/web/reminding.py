"""A firm with something to remind of: a card whose rule takes a photo, and two workers who hold one that ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from skillmark.rooms.holdings import operations as holdings
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries
from skillmark.rooms.skills import operations as skills
from skillmark.rooms.talent import operations as talent
from tests.cast import Firm

NAMES = {"en": "Food handler card", "es": "Tarjeta de manipulación de alimentos"}


@dataclass(frozen=True)
class Kitchen:
    """Rosa reads Spanish and has an e-mail address and a phone; Kyle has neither. Both cards end `ends`."""

    firm: Firm
    item: Any
    rosa: Any
    kyle: Any
    ends: date

    def pair(self, person: Any) -> str:
        return f"{person.id}:{self.item.id}"


def make_kitchen(firm: Firm, now: datetime, *, days: int = 30) -> Kitchen:
    """Everyone at the firm needs the card. Both have one, with an approved photo, that ends in `days` days."""
    start = now - timedelta(days=400)
    item = skills.add_item(
        actor=firm.owner,
        kind="card",
        names=NAMES,
        rule={"validity": {"type": "card_date"}, "trust": "photo"},
        starts=start.date(),
        now=start,
    )
    talent.require(actor=firm.owner, item_id=item.id, target="everyone", starts=start.date(), now=start)
    people.change_person(
        actor=firm.owner, person_id=firm.person.id, name=firm.person.name, phone="+1 555 0100", email="rosa@worker.example",
        language="es", now=now,
    )  # fmt: skip
    kyle = people.add_person(actor=firm.owner, name="Kyle Mercer", now=now)
    ends = now.date() + timedelta(days=days)
    for person_id in (firm.person.id, kyle.id):
        hold(firm, person_id, item.id, ends, now)
    return Kitchen(firm, item, queries.person(actor=firm.owner, person_id=firm.person.id), kyle, ends)


def hold(firm: Firm, person_id: Any, item_id: Any, ends: date, now: datetime) -> Any:
    """Somebody holds the card until a day, and its photo is approved."""
    facts = holdings.Facts(obtained=ends - timedelta(days=365), ends=ends)
    held = holdings.record(actor=firm.owner, person_id=person_id, item_id=item_id, facts=facts, now=now)
    photo = holdings.add_photo(
        actor=firm.owner,
        holding_id=held.id,
        body=f"{person_id}{ends}".encode(),
        media_type="image/jpeg",
        name="a.jpg",
        now=now,
    )
    holdings.approve_photo(actor=firm.owner, photo_id=photo.id, now=now)
    return held
