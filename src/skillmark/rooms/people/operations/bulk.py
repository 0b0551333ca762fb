"""Many people at once, as a list brings them: a few statements for fifty, and one entry in the journal. And their undoing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Model

from skillmark.errors import NotFound
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import queries
from skillmark.rooms.people.models import Assignment, FormerName, Person, Position, Shift, Site
from skillmark.rooms.people.operations.permission import demand
from skillmark.rooms.people.operations.persons import MAX_NAME, CannotChangePerson, searched
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.people.rules.names import search_text

FACTS: Final = ("name", "number", "phone", "email", "language", "hired_on", "left_on")
"""What a list may say of a person. Days are dates or None, the rest is text."""


@dataclass(frozen=True, slots=True)
class Placing:
    """Who works where from a day on."""

    person_id: UUID
    starts: date
    position_id: UUID | None = None
    site_id: UUID | None = None
    shift_id: UUID | None = None


@transaction.atomic
def add_many(*, actor: Actor, people: Sequence[Mapping[str, Any]], language: str, now: datetime) -> list[UUID]:
    """Add people, each a mapping of FACTS with at least `name`; `language` is for those without one. Ids in their order.

    Raises CannotChangePerson (`person.name_missing`, `person.name_too_long`), CannotDo.
    """
    demand(actor=actor, action="people.change")
    built = [
        Person(id=uuid4(), org_id=actor.org_id, created_at=now, **{"language": language, **_clean(one)}) for one in people
    ]
    for person in built:
        person.search_name = search_text(name=person.name, number=person.number)
    Person.objects.bulk_create(built)
    if built:
        _note(actor, "people.people.added", {"count": len(built), "names": [one.name for one in built]}, now)
    return [one.id for one in built]


@transaction.atomic
def change_facts(*, actor: Actor, person_id: UUID, facts: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Change some FACTS of a person and return what they were. A former name stays findable.

    Raises NotFound, CannotChangePerson as `add_many`, CannotDo.
    """
    demand(actor=actor, action="people.change")
    person = queries.person(actor=actor, person_id=person_id)
    wanted = _clean({"name": person.name, **facts})
    before = {name: getattr(person, name) for name in facts}
    for name in facts:
        setattr(person, name, wanted[name])
    if before.get("name", person.name) != person.name:
        FormerName.objects.create(person=person, name=before["name"], until=now, changed_by=actor.label)
    person.search_name = searched(person)
    if before.get("left_on", person.left_on) != person.left_on:
        person.left_noted_at = now if person.left_on else None
    person.save(update_fields=[*facts, "search_name", "left_noted_at"])
    _note(actor, "people.person.changed", {"name": person.name}, now, subject=person.id)
    return before


@transaction.atomic
def place_many(*, actor: Actor, rows: Sequence[Placing], now: datetime) -> list[UUID]:
    """Put people, who are nowhere yet, into positions, sites and shifts; ids of the assignments in their order.

    Raises NotFound for a person or place of another firm, CannotDo.
    """
    demand(actor=actor, action="people.change")
    _demand_ours(Person, actor, {row.person_id for row in rows})
    _demand_own_sites(actor, rows)
    for model, name in ((Position, "position_id"), (Site, "site_id"), (Shift, "shift_id")):
        _demand_ours(model, actor, {getattr(row, name) for row in rows} - {None})
    built = [
        Assignment(
            id=uuid4(), org_id=actor.org_id, person_id=row.person_id, starts=row.starts, position_id=row.position_id,
            site_id=row.site_id, shift_id=row.shift_id, recorded_at=now, recorded_by=actor.label,
        )
        for row in rows
    ]  # fmt: skip
    Assignment.objects.bulk_create(built)
    if built:
        _note(actor, "people.assignments.made", {"count": len(built)}, now)
    return [one.id for one in built]


@transaction.atomic
def remove_many(*, actor: Actor, person_ids: Collection[UUID], ours: Collection[UUID], now: datetime) -> list[UUID]:
    """Remove people who were added by mistake, with what was written about them by the ids in `ours`. Whoever anything
    else is known of stays: those ids are returned. Raises CannotDo."""
    demand(actor=actor, action="people.change")
    found = set(Person.objects.filter(org_id=actor.org_id, id__in=person_ids).values_list("id", flat=True))
    kept: set[UUID] = set()
    own = set(ours)
    for model, column in _pointing_at(Person):
        pointing = model._base_manager.filter(**{f"{column}__in": found}).values_list(f"{column}_id", "pk")
        kept |= {person_id for person_id, row_id in pointing if row_id not in own}
    gone = Person.objects.filter(org_id=actor.org_id, id__in=found - kept)
    names = list(gone.values_list("name", flat=True))
    if names:
        gone.delete()
        _note(actor, "people.people.removed", {"count": len(names), "names": names}, now)
    return sorted(kept, key=str)


@transaction.atomic
def take_back_placing(*, actor: Actor, assignment_id: UUID, now: datetime) -> bool:
    """Undo an assignment that is still as it was made: what it ended goes on. False when it was changed since.

    Raises CannotDo.
    """
    demand(actor=actor, action="people.change")
    made = Assignment.objects.filter(org_id=actor.org_id, id=assignment_id, superseded_at=None).first()
    if made is None:
        return False
    of_person = Assignment.objects.filter(org_id=actor.org_id, person_id=made.person_id)
    of_person.filter(recorded_at=made.recorded_at, superseded_at=None).update(superseded_at=now)
    for old in of_person.filter(superseded_at=made.recorded_at):
        old.pk, old.recorded_at, old.recorded_by, old.superseded_at = uuid4(), now, actor.label, None
        old.save(force_insert=True)
    _note(actor, "people.assignment.taken_back", {}, now, subject=made.person_id)
    return True


@transaction.atomic
def remove_site(*, actor: Actor, site_id: UUID, now: datetime) -> bool:
    """Remove a site that nothing is known of; False when something is. Raises CannotDo."""
    demand(actor=actor, action="settings.change")
    site = Site.objects.filter(org_id=actor.org_id, id=site_id).first()
    if site is None or Site.objects.filter(org_id=actor.org_id).count() == 1:
        return False
    if any(model._base_manager.filter(**{column: site}).exists() for model, column in _pointing_at(Site)):
        return False
    _note(actor, "people.site.removed", {"name": site.name}, now, subject=site.id)
    site.delete()
    return True


def _clean(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as they are kept: texts without doubled spaces, days as they are."""
    cleaned = {
        name: " ".join(value.split()) if isinstance(value, str) else value for name, value in facts.items() if name in FACTS
    }
    if not cleaned.get("name"):
        raise CannotChangePerson("person.name_missing")
    if len(cleaned["name"]) > MAX_NAME:
        raise CannotChangePerson("person.name_too_long")
    return cleaned


def _pointing_at(model: type[Model]) -> Iterator[tuple[type[Model], str]]:
    """Every table, of any room, that has a column for rows of `model`."""
    relations: list[Any] = list(model._meta.get_fields(include_hidden=True))
    for relation in relations:
        if relation.auto_created and (relation.one_to_many or relation.one_to_one):
            yield relation.related_model, relation.field.name


def _demand_ours(model: Any, actor: Actor, ids: Collection[UUID]) -> None:
    if ids and model._default_manager.filter(org_id=actor.org_id, id__in=ids).count() != len(ids):
        raise NotFound


def _demand_own_sites(actor: Actor, rows: Sequence[Placing]) -> None:
    """A supervisor of some sites places people there alone, and nobody who works elsewhere."""
    if not actor.sites:
        return
    theirs = Assignment.objects.filter(person_id__in=[row.person_id for row in rows], superseded_at=None)
    if any(row.site_id not in actor.sites for row in rows):
        raise NotFound
    if theirs.exclude(person_id__in=queries.seen_ids(actor=actor) or ()).exists():
        raise NotFound


def _note(actor: Actor, event: str, data: dict[str, Any], now: datetime, *, subject: UUID | None = None) -> None:
    journal.write(
        org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event=event, subject_id=subject or actor.org_id,
        data=data, now=now,
    )  # fmt: skip
