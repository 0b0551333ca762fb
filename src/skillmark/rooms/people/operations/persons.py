"""Add and change the people who work here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from types import EllipsisType
from uuid import UUID

from django.db import transaction

from skillmark.errors import DomainError, NotFound
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import queries
from skillmark.rooms.people.models import FormerName, Organisation, Person
from skillmark.rooms.people.operations.permission import demand
from skillmark.rooms.people.operations.places import place
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.people.rules.names import search_text

MAX_NAME = 200
MAX_NUMBER = 40
MAX_AT_ONCE = 500
LANGUAGES = ("en", "es")
ERASED = "Erased page"  # what stands where a name stood; never shown to anybody


class CannotChangePerson(DomainError):
    """What was typed about a person cannot be kept."""


def _clean_name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise CannotChangePerson("person.name_missing")
    if len(name) > MAX_NAME:
        raise CannotChangePerson("person.name_too_long")
    return name


def searched(person: Person) -> str:
    """What a search looks through to find somebody who is kept already. For this room only."""
    former = person.former_names.order_by("-until").values_list("name", flat=True)
    return search_text(name=person.name, former=former, number=person.number)[:1000]


def _clean_number(number: str) -> str:
    number = " ".join(number.split())
    if len(number) > MAX_NUMBER:
        raise CannotChangePerson("person.number_too_long", most=str(MAX_NUMBER))
    return number


@transaction.atomic
def add_person(
    *, actor: Actor, name: str, now: datetime, phone: str = "", email: str = "", language: str = "en", number: str = "",
    hired_on: date | None = None, position_id: UUID | None = None, site_id: UUID | None = None,
    shift_id: UUID | None = None, contract: str = "",
) -> Person:  # fmt: skip
    """Add one person; with a position, site, shift or contract they work there from the day of hire, else from today.

    Whoever is added by a supervisor of one site works there. Raises CannotChangePerson (`person.name_missing`,
    `person.name_too_long`, `person.number_too_long`), CannotPlace `assignment.site_missing`, NotFound, CannotDo.
    """
    demand(actor=actor, action="people.change")
    person = Person(
        org_id=actor.org_id, name=_clean_name(name), phone=phone.strip(), email=email.strip(), language=language,
        number=_clean_number(number), hired_on=hired_on, created_at=now,
    )  # fmt: skip
    person.search_name = search_text(name=person.name, number=person.number)
    person.save()
    _note(actor, person, "people.person.added", now)
    if site_id is None and actor.sites is not None and len(actor.sites) == 1:
        [site_id] = actor.sites
    if actor.sites or position_id or site_id or shift_id or contract.strip():
        place(
            actor=actor, person=person, position_id=position_id, site_id=site_id, shift_id=shift_id, contract=contract,
            starts=hired_on or queries.today(actor=actor, now=now), now=now,
        )  # fmt: skip
    return person


@transaction.atomic
def add_people(
    *, actor: Actor, names: Sequence[str], now: datetime, language: str = "en", site_id: UUID | None = None
) -> list[Person]:
    """Add several people by name, all or none; empty lines are left out. Raises as `add_person`, `person.too_many`."""
    wanted = [name for name in names if name.strip()]
    if len(wanted) > MAX_AT_ONCE:
        raise CannotChangePerson("person.too_many", most=str(MAX_AT_ONCE))
    return [add_person(actor=actor, name=name, language=language, site_id=site_id, now=now) for name in wanted]


@transaction.atomic
def change_person(
    *, actor: Actor, person_id: UUID, name: str, phone: str, email: str, language: str, now: datetime,
    number: str | EllipsisType = ..., hired_on: date | EllipsisType | None = ..., mistyped: bool = False,
) -> Person:  # fmt: skip
    """Change what is known of one person; `...` leaves a part as it is.

    A name that is no longer used is kept as a former one, unless it was only `mistyped`. Raises NotFound, CannotChangePerson
    as `add_person`, CannotDo.
    """
    demand(actor=actor, action="people.change")
    person = queries.person(actor=actor, person_id=person_id)
    before, person.name = person.name, _clean_name(name)
    person.phone, person.email, person.language = phone.strip(), email.strip(), language
    if not isinstance(number, EllipsisType):
        person.number = _clean_number(number)
    if not isinstance(hired_on, EllipsisType):
        person.hired_on = hired_on
    if before != person.name and not mistyped:
        FormerName.objects.create(person=person, name=before, until=now, changed_by=actor.label)
    person.search_name = searched(person)
    person.save(update_fields=["name", "phone", "email", "language", "number", "hired_on", "search_name"])
    _note(actor, person, "people.person.changed", now)
    return person


@transaction.atomic
def make_own_space(*, org_id: UUID, person_id: UUID, now: datetime, into: UUID | None = None) -> Organisation:
    """The person's own organisation of one, made when they keep their first proof. The firm gets no way in.

    `into`: the space that they have already, from another firm on this server. One that this firm knows of stays.
    Raises NotFound as `hold_own_space`.
    """
    person = Person.objects.select_for_update().get(org_id=org_id, id=person_id)
    if person.own_org_id is not None:
        return Organisation.objects.get(id=person.own_org_id)
    if into is not None:
        own = hold_own_space(org_id=into)
    else:
        own = Organisation.objects.create(
            kind=Organisation.Kind.PERSON, name=person.name, language=person.language, created_at=now
        )
    person.own_org_id = own.id
    person.save(update_fields=["own_org_id"])
    return own


@transaction.atomic
def move_own_space(*, actor: Actor, into: Actor) -> int:
    """Whoever had the space of `actor` has the one of `into`: in how many firms that was. The firms see nothing of it.

    Raises CannotDo unless both are people in spaces of their own.
    """
    demand(actor=actor, action="record.change")
    demand(actor=into, action="record.change")
    return Person.objects.filter(own_org_id=actor.org_id).update(own_org_id=into.org_id)


def make_moved_space(*, name: str, language: str, now: datetime) -> Organisation:
    """A space for somebody who brings their page from another server; no firm here knows them. The edge counts tries first.

    Raises CannotChangePerson as `add_person`.
    """
    made = Organisation(
        kind=Organisation.Kind.PERSON, name=_clean_name(name), created_at=now,
        language=language if language in LANGUAGES else "en",
    )  # fmt: skip
    made.save(force_insert=True)
    return made


def hold_own_space(*, org_id: UUID) -> Organisation:
    """The space, which stays what it is until the transaction of the caller ends: whoever puts something into it asks first.

    Raises NotFound for one that was erased, or has become part of another, while somebody was about to.
    """
    spaces = Organisation.objects.select_for_update().filter(kind=Organisation.Kind.PERSON)
    found = spaces.filter(id=org_id).exclude(name=ERASED).first()
    if found is None:
        raise NotFound
    return found


@transaction.atomic
def forget_own_space(*, org_id: UUID) -> None:
    """Nobody's space any more: no firm's person leads to it, and it has no name. For the room that erases or joins it."""
    Person.objects.filter(own_org_id=org_id).update(own_org_id=None)
    Organisation.objects.filter(id=org_id, kind=Organisation.Kind.PERSON).update(name=ERASED, language="en")


def _note(actor: Actor, person: Person, event: str, now: datetime) -> None:
    journal.write(
        org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event=event, subject_id=person.id,
        data={"name": person.name}, now=now,
    )  # fmt: skip
