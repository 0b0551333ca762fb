"""What the firm has, as an import compares it: people with their cards, items with all their words, places by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import get_language

from skillmark.desks.importers.roster import Card, Field, Known, KnownItem, KnownPerson
from skillmark.desks.importers.roster.plain import plain
from skillmark.rooms.holdings import queries as holdings
from skillmark.rooms.holdings.rules import Evidence
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.skills import queries as skills
from skillmark.rooms.skills.rules import label


@dataclass(frozen=True, slots=True)
class Firm:
    """`labels`: names by id. `held`: by person and item, what they hold, the one that ends last at the end. `places`: where
    each person works today: (position, site, shift)."""

    known: Known
    labels: Mapping[str, str]
    held: Mapping[UUID, Mapping[UUID, Sequence[Evidence]]]


def read(*, actor: Actor, now: datetime, on: date) -> Firm:
    """Everything at once, in a number of queries that does not grow with the people."""
    language = (get_language() or "en")[:2]
    labels: dict[str, str] = {}
    items = skills.items(actor=actor)
    aliases: dict[UUID, list[str]] = {}
    for text, ids in skills.aliases(actor=actor).items():
        for item_id in ids:
            aliases.setdefault(item_id, []).append(text)
    labels |= {str(item.id): label(item.names, language=language) for item in items}
    positions = people.positions(actor=actor)
    sites, shifts = people.sites(actor=actor), people.shifts(actor=actor)
    labels |= {str(one.id): label(one.names, language=language) for one in positions}
    labels |= {str(one.id): one.name for one in sites} | {str(one.id): one.name for one in shifts}
    places = {
        Field.POSITION: {plain(name): str(one.id) for one in positions for name in one.names.values()},
        Field.SITE: {plain(one.name): str(one.id) for one in sites},
        Field.SHIFT: {plain(one.name): str(one.id) for one in shifts},
    }
    held = {
        person_id: {item_id: sorted(found, key=_last) for item_id, found in by_item.items()}
        for person_id, by_item in holdings.evidence(actor=actor).items()
    }
    everybody = _people(actor, now, on, held)
    labels |= {f"person:{one.id}": one.name for one in everybody}
    known_items = [KnownItem(str(one.id), tuple(one.names.values()), tuple(aliases.get(one.id, ()))) for one in items]
    return Firm(Known(everybody, known_items, places), labels, held)


def supported(one: Evidence) -> bool:
    """Whether anything speaks for it but that somebody said so: then a list does not correct it."""
    return bool(one.has_photo or one.looked_on or one.look_denied or one.signed or one.noted or one.disputed)


def _people(
    actor: Actor, now: datetime, on: date, held: Mapping[UUID, Mapping[UUID, Sequence[Evidence]]]
) -> list[KnownPerson]:  # fmt: skip
    where = {place.person_id: place for place in people.places(actor=actor, on=on, known_at=now)}
    former = people.other_names(actor=actor)
    numbers = holdings.numbers(actor=actor)
    found = []
    for one in people.people(actor=actor):
        place = where.get(one.id)
        values = {
            Field.EMPLOYEE_NUMBER: one.number, Field.PHONE: one.phone, Field.EMAIL: one.email, Field.LANGUAGE: one.language,
            Field.HIRED: one.hired_on.isoformat() if one.hired_on else "",
            Field.LEFT: one.left_on.isoformat() if one.left_on else "",
            Field.POSITION: str(place.position_id or "") if place else "",
            Field.SITE: str(place.site_id or "") if place else "",
            Field.SHIFT: str(place.shift_id or "") if place else "",
        }  # fmt: skip
        cards = {
            str(item_id): tuple(_card(evidence, numbers) for evidence in evidences)
            for item_id, evidences in held.get(one.id, {}).items()
        }
        found.append(KnownPerson(str(one.id), one.name, values, cards, tuple(former.get(one.id, ()))))
    return found


def _card(one: Evidence, numbers: Mapping[UUID, str]) -> Card:
    return Card(str(one.item_id), one.obtained, one.ends, one.no_end, numbers.get(one.holding_id, ""), one.level)


def _last(one: Evidence) -> tuple[bool, date]:
    return (one.no_end, one.ends or one.obtained or date.min)
