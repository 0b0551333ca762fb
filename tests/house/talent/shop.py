"""A shop at work, for tests of reports and packs: trucks, first aid, set-up of a machine, two sites, two shifts."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

import PIL.Image

from skillmark.rooms.holdings import operations as holdings
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries as people_queries
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.skills import operations as skills
from skillmark.rooms.talent import operations as talent
from tests.cast import NOW, Firm

LONG_AGO = date(2015, 1, 1)
MARCH_3 = date(2026, 3, 3)
FEBRUARY = datetime(2026, 2, 12, 15, tzinfo=UTC)
MARCH_9 = datetime(2026, 3, 9, 15, tzinfo=UTC)


@dataclass
class Shop:
    """What was made, by name."""

    owner: Actor
    site: Any
    north: Any
    day: Any
    early: Any
    operator: Any
    items: dict[str, Any] = field(default_factory=dict)
    people: dict[str, Any] = field(default_factory=dict)
    held: dict[tuple[str, str], Any] = field(default_factory=dict)

    def hold(self, who: str, what: str, *, looked: bool = True, at: datetime = NOW, **facts: Any) -> Any:
        """Somebody holds something; `looked`: looked up at its source on the day it was written down."""
        made = holdings.record(
            actor=self.owner, person_id=self.people[who].id, item_id=self.items[what].id, facts=holdings.Facts(**facts), now=at
        )
        if looked:
            day = at.date()
            holdings.log_look_up(
                actor=self.owner, holding_id=made.id, link="https://register.example/", looked_on=day, confirmed=True, now=at,
                today=at.date(),
            )  # fmt: skip
        self.held[who, what] = made
        return made


def make_shop(firm: Firm) -> Shop:
    """Five people; what they hold is up to the test."""
    owner = firm.owner
    early_on = datetime(2026, 1, 2, 12, tzinfo=NOW.tzinfo)
    site = people_queries.site(actor=owner)
    north = people.add_site(actor=owner, name="North yard", now=early_on)
    day = people.add_shift(actor=owner, name="Day", starts_at=time(8), ends_at=time(14), weekdays="1234567", now=early_on)
    early = people.add_shift(actor=owner, name="Early", starts_at=time(6), ends_at=time(14), weekdays="1234567", now=early_on)
    operator = people.add_position(actor=owner, names={"en": "Truck driver", "es": "Montacarguista"}, now=early_on)
    shop = Shop(owner, site, north, day, early, operator)
    source = {"url": "https://www.osha.gov/", "title": "29 CFR 1910.178(l)", "read_on": "2026-01-09", "jurisdiction": "US"}
    for name, es, kind, more in (
        ("Forklift", "Montacargas", "training", {"sources": [source]}),
        ("First aid", "Primeros auxilios", "card", {}),
        ("5-axis setup", "Preparación de 5 ejes", "skill", {"leveled": True}),
    ):
        made = skills.add_item(
            actor=owner, kind=kind, names={"en": name, "es": es}, starts=LONG_AGO, now=early_on, rule={"due_days": 30}, **more
        )
        shop.items[name] = made
    for name, place, shift in (
        ("Ana Ruiz", site, day), ("Ben Cho", site, early), ("Carla Diaz", site, early), ("Eve Moss", site, early),
        ("Sam Okafor", north, day),
    ):  # fmt: skip
        one = people.add_person(actor=owner, name=name, now=early_on)
        shop.people[name] = one
        people.assign(
            actor=owner, person_id=one.id, starts=date(2024, 1, 1), position_id=operator.id, site_id=place.id,
            shift_id=shift.id, now=early_on,
        )  # fmt: skip
    return shop


def require(shop: Shop, *names: str) -> None:
    """The position needs these items."""
    for name in names:
        talent.require(
            actor=shop.owner, item_id=shop.items[name].id, target="position", position_id=shop.operator.id, starts=LONG_AGO,
            now=datetime(2026, 1, 2, 12, tzinfo=NOW.tzinfo),
        )  # fmt: skip


def picture(shade: int = 200) -> bytes:
    """A small JPEG."""
    made = io.BytesIO()
    PIL.Image.new("RGB", (640, 400), (shade, 120, 90)).save(made, "JPEG")
    return made.getvalue()


def ids(shop: Shop, *names: str) -> list[UUID]:
    """The ids of items."""
    return [shop.items[name].id for name in names]


def make_march(firm: Firm) -> Shop:
    """On 3 March: Ana and Ben complete, Ben written down on 9 March, Carla obtained late, Eve expired, Sam not evaluated."""
    shop = make_shop(firm)
    require(shop, "Forklift")
    complete = {"trained_on": date(2025, 2, 10), "evaluated_on": date(2025, 2, 11), "evaluator": "T. Alvarez"}
    ana = shop.hold(
        "Ana Ruiz", "Forklift", at=FEBRUARY, looked=False, obtained=date(2024, 1, 20), ends=date(2027, 1, 20),
        giver="Midstate", language_taught="es", understanding="Answered ten questions in Spanish.", **complete,
    )  # fmt: skip
    holdings.log_look_up(
        actor=shop.owner, holding_id=ana.id, link="https://register.example/", looked_on=date(2026, 2, 1), confirmed=True,
        now=FEBRUARY, today=FEBRUARY.date(), screenshot=picture(90), media_type="image/jpeg",
    )  # fmt: skip
    holdings.add_photo(
        actor=shop.owner, holding_id=ana.id, body=picture(), media_type="image/jpeg", name="IMG_1.jpg", now=FEBRUARY
    )
    shop.hold("Ben Cho", "Forklift", at=MARCH_9, obtained=date(2024, 1, 20), ends=date(2027, 1, 20), **complete)
    late = shop.hold("Carla Diaz", "Forklift", at=FEBRUARY, obtained=date(2024, 6, 9), ends=date(2027, 6, 9), **complete)
    holdings.note_late(actor=shop.owner, holding_id=late.id, text="Kept off the truck until 9 June.", now=FEBRUARY)
    shop.hold("Eve Moss", "Forklift", at=FEBRUARY, obtained=date(2023, 1, 20), ends=date(2026, 1, 20), **complete)
    shop.hold("Sam Okafor", "Forklift", at=FEBRUARY, obtained=date(2024, 1, 20), ends=date(2027, 1, 20),
              trained_on=date(2024, 1, 19))  # fmt: skip
    return shop
