"""A firm with items and cards, for the pages about evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from skillmark.rooms.holdings import operations as holdings
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.models import Member, Organisation, User
from skillmark.rooms.people.rules import Role
from skillmark.rooms.skills import operations as skills
from skillmark.rooms.talent import operations as talent
from skillmark.rooms.talent import queries
from tests.cast import NOW, Firm
from tests.house.desks import photos

TODAY = date(2026, 5, 4)
LONG_AGO = date(2020, 1, 1)
REGISTER = "https://register.example/look"


@dataclass
class Work:
    """First aid (checked at source), food (a photo is enough), and who asks."""

    firm: Firm
    aid: Any
    food: Any

    def hold(self, item: Any, **facts: Any) -> Any:
        """Rosa holds an item."""
        told = holdings.Facts(**facts)
        return holdings.record(actor=self.firm.owner, person_id=self.firm.person.id, item_id=item.id, facts=told, now=NOW)

    def with_photo(self, item: Any, **facts: Any) -> Any:
        """The same with a photo that waits; the photo."""
        held = self.hold(item, **facts)
        return holdings.add_photo(
            actor=self.firm.owner, holding_id=held.id, body=photos.photo(), media_type="image/jpeg", name="card.jpg", now=NOW
        )

    def cell(self, item: Any, *, on: date = TODAY) -> Any:
        """Rosa's cell on the board."""
        return queries.row_of(actor=self.firm.owner, person_id=self.firm.person.id, on=on).cells[item.id]


def make_work(firm: Firm) -> Work:
    """Two items that everybody needs."""
    Organisation.objects.filter(id=firm.org.id).update(clock=NOW)  # pages read the same day as the tests
    owner, asked = firm.owner, {"starts": LONG_AGO, "now": NOW}
    aid = skills.add_item(
        actor=owner, kind="card", names={"en": "First aid", "es": "Primeros auxilios"}, look_up=REGISTER, **asked
    )
    food = skills.add_item(
        actor=owner, kind="card", names={"en": "Food handler", "es": "Manipulador"}, rule={"trust": "photo"}, **asked
    )
    for item in (aid, food):
        talent.require(actor=owner, item_id=item.id, target="everyone", **asked)
    return Work(firm, aid, food)


def member(firm: Firm, role: Role, *, site: str = "") -> User:
    """Somebody else of the firm: an auditor, or a supervisor of a site where nobody works."""
    user = User(handle=f"{role}-{site}", name=f"Other {role}", date_joined=NOW, email=f"{role}{site}@else.example")
    user.set_unusable_password()
    user.save()
    made = Member.objects.create(org=firm.org, user=user, role=role, since=NOW)
    if site:
        made.sites.add(people.add_site(actor=firm.owner, name=site, now=NOW))
    return user


def upload(body: bytes, name: str = "card.jpg") -> SimpleUploadedFile:
    """A chosen file."""
    return SimpleUploadedFile(name, body)


def text(response: Any) -> str:
    """What the page says."""
    return str(response.content.decode())


def sign_in(user: User) -> Client:
    """A browser of their own."""
    client = Client()
    client.force_login(user)
    return client
