"""Add and change the people who work here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from skillmark.errors import DomainError
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import queries
from skillmark.rooms.people.models import Organisation, Person
from skillmark.rooms.people.operations.permission import demand
from skillmark.rooms.people.rules import Actor

MAX_NAME = 200
MAX_AT_ONCE = 500


class CannotChangePerson(DomainError):
    """What was typed about a person cannot be kept."""


def _clean_name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise CannotChangePerson("person.name_missing")
    if len(name) > MAX_NAME:
        raise CannotChangePerson("person.name_too_long")
    return name


@transaction.atomic
def add_person(*, actor: Actor, name: str, now: datetime, phone: str = "", email: str = "", language: str = "en") -> Person:
    """Add one person. Raises CannotChangePerson (`person.name_missing`, `person.name_too_long`), CannotDo."""
    demand(actor=actor, action="people.change")
    person = Person.objects.create(
        org_id=actor.org_id, name=_clean_name(name), phone=phone.strip(), email=email.strip(), language=language,
        created_at=now,
    )  # fmt: skip
    _note(actor, person, "people.person.added", now)
    return person


@transaction.atomic
def add_people(*, actor: Actor, names: Sequence[str], now: datetime, language: str = "en") -> list[Person]:
    """Add several people by name, all or none; empty lines are left out. Raises as `add_person`, `person.too_many`."""
    wanted = [name for name in names if name.strip()]
    if len(wanted) > MAX_AT_ONCE:
        raise CannotChangePerson("person.too_many", most=str(MAX_AT_ONCE))
    return [add_person(actor=actor, name=name, language=language, now=now) for name in wanted]


@transaction.atomic
def change_person(*, actor: Actor, person_id: UUID, name: str, phone: str, email: str, language: str, now: datetime) -> Person:
    """Change what is known of one person. Raises NotFound, CannotChangePerson, CannotDo."""
    demand(actor=actor, action="people.change")
    person = queries.person(actor=actor, person_id=person_id)
    person.name, person.phone, person.email, person.language = _clean_name(name), phone.strip(), email.strip(), language
    person.save(update_fields=["name", "phone", "email", "language"])
    _note(actor, person, "people.person.changed", now)
    return person


@transaction.atomic
def make_own_space(*, org_id: UUID, person_id: UUID, now: datetime) -> Organisation:
    """The person's own organisation of one, made when they keep their first proof. The firm gets no way in."""
    person = Person.objects.select_for_update().get(org_id=org_id, id=person_id)
    if person.own_org_id is not None:
        return Organisation.objects.get(id=person.own_org_id)
    own = Organisation.objects.create(
        kind=Organisation.Kind.PERSON, name=person.name, language=person.language, created_at=now
    )
    person.own_org_id = own.id
    person.save(update_fields=["own_org_id"])
    return own


def _note(actor: Actor, person: Person, event: str, now: datetime) -> None:
    journal.write(
        org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event=event, subject_id=person.id,
        data={"name": person.name}, now=now,
    )  # fmt: skip
