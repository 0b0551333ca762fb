"""The people who work here."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from ninja import Router, Schema, Status

from skillmark.edges.api.access import Asked
from skillmark.edges.api.cursors import Page, page
from skillmark.rooms.people import operations, queries

router = Router(tags=["People"])


class PersonOut(Schema):
    id: UUID
    name: str
    phone: str
    email: str
    language: str
    number: str
    hired_on: date | None
    created_at: datetime
    left_on: date | None


class PeopleOut(Schema):
    items: list[PersonOut]
    next: UUID | None


class PersonIn(Schema):
    """`number` is the firm's own, as on the payroll."""

    name: str
    phone: str = ""
    email: str = ""
    language: str = "en"
    number: str = ""
    hired_on: date | None = None


class NewPersonIn(PersonIn):
    """With a position, site, shift or contract they work there from the day of hire, else from today."""

    position_id: UUID | None = None
    site_id: UUID | None = None
    shift_id: UUID | None = None
    contract: str = ""


@router.get("", response=PeopleOut)
def list_people(request: Asked, cursor: Page, search: str = "") -> dict[str, object]:
    """All people of the firm by name; `search` finds parts of names that they have or had, and numbers."""
    items, following = page(queries.people(actor=request.auth, search=search), cursor=cursor)
    return {"items": items, "next": following}


@router.post("", response={201: PersonOut})
def add_person(request: Asked, person: NewPersonIn) -> Status[object]:
    """Add one person."""
    return Status(201, operations.add_person(actor=request.auth, now=timezone.now(), **person.dict()))


@router.get("/{person_id}", response=PersonOut)
def read_person(request: Asked, person_id: UUID) -> object:
    """One person."""
    return queries.person(actor=request.auth, person_id=person_id)


@router.put("/{person_id}", response=PersonOut)
def change_person(request: Asked, person_id: UUID, person: PersonIn) -> object:
    """Change what is known of one person. Proofs already given keep the name that they were given with."""
    said = person.dict(exclude_unset=True)
    return operations.change_person(
        actor=request.auth, person_id=person_id, name=person.name, phone=person.phone, email=person.email,
        language=person.language, number=said.get("number", ...), hired_on=said.get("hired_on", ...), now=timezone.now(),
    )  # fmt: skip
