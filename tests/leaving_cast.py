"""A line cook who leaves a restaurant with two sites, as the tests of leaving need her."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from skillmark.desks import leaving
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries
from tests.cast import NOW, Firm

STARTED = date(2024, 3, 3)
LAST = date(2026, 5, 4)
COOK = {"en": "Line cook", "es": "Línea de cocina"}


@dataclass(frozen=True)
class Cook:
    """Rosa as a line cook at Main Street, with two proofs."""

    firm: Firm
    position: Any
    site: Any
    skills: tuple[Any, Any]

    @property
    def id(self) -> Any:
        return self.firm.person.id


def make_cook(firm: Firm, *, now: datetime = NOW) -> Cook:
    """Two ready-made proofs, a position in both languages, and a site."""
    position = people.add_position(actor=firm.owner, names=COOK, now=now)
    site = people.add_site(actor=firm.owner, name="Main Street", now=now)
    people.assign(
        actor=firm.owner, person_id=firm.person.id, starts=STARTED, position_id=position.id, site_id=site.id, now=now
    )
    skills = tuple(give(firm, key=key, now=now) for key in ("close-line", "allergen"))
    assert len(skills) == 2
    return Cook(firm, position, site, skills)


def give(firm: Firm, *, key: str, now: datetime = NOW) -> Any:
    template = credentials.add_ready_template(actor=firm.owner, key=key, now=now)
    return credentials.give(
        actor=firm.owner, person_id=firm.person.id, template_id=template.id, level=3, request_key=str(uuid4()), now=now
    )


def leave(cook: Cook, *, last: date = LAST, now: datetime = NOW, **more: Any) -> leaving.Given:
    """Give her the pack."""
    return leaving.give(
        actor=cook.firm.owner, person_id=cook.id, asked=leaving.Asked(last=last, **more), request_key=str(uuid4()), now=now,
        at=now,
    )  # fmt: skip


def again(cook: Cook) -> Any:
    """Her record as it is now."""
    return queries.person(actor=cook.firm.owner, person_id=cook.id)
