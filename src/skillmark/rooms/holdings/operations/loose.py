"""A pile of photos that was brought in at once: kept aside until somebody says whose card each one is."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from skillmark.rooms.holdings import queries
from skillmark.rooms.holdings.models import Holding, LoosePhoto, Photo
from skillmark.rooms.holdings.operations.noting import note
from skillmark.rooms.holdings.operations.photos import store_file
from skillmark.rooms.holdings.operations.record import Facts, record
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries as people_queries
from skillmark.rooms.people.rules import Actor


@transaction.atomic
def add_loose(
    *, actor: Actor, body: bytes, media_type: str, name: str, now: datetime, original: bytes = b"", original_type: str = "",
    digital: str = "", doubt: str = "",
) -> LoosePhoto:  # fmt: skip
    """Keep a photo aside (as the intake left it). The same file of the same name again is the same one. Raises CannotDo."""
    people.demand(actor=actor, action="evidence.change")
    file = store_file(org_id=actor.org_id, body=body, media_type=media_type, now=now)
    kept = store_file(org_id=actor.org_id, body=original, media_type=original_type, now=now) if original else None
    made, _ = LoosePhoto.objects.get_or_create(
        org_id=actor.org_id, file=file, name=name[-200:], added_key=actor.key,
        defaults={
            "original": kept, "digital": digital, "doubt": doubt, "added_at": now, "added_by": actor.label,
        },
    )  # fmt: skip
    return made


@transaction.atomic
def place_loose(*, actor: Actor, loose_id: UUID, person_id: UUID, item_id: UUID, now: datetime) -> Photo:
    """Put a photo where somebody says that it belongs; then it waits to be looked at like every other.

    What the person already holds of the item without any photo gets it; else it is something new, its dates not known yet.
    Raises NotFound, CannotDo.
    """
    people.demand(actor=actor, action="evidence.change")
    loose = queries.loose_photo(actor=actor, loose_id=loose_id)
    person = people_queries.person(actor=actor, person_id=person_id)
    bare = Holding.objects.filter(org_id=actor.org_id, person=person, item_id=item_id, superseded_at=None)
    held = bare.exclude(photos__removed_at=None, photos__isnull=False).order_by("-ends", "-recorded_at").first()
    if held is None:
        held = record(actor=actor, person_id=person.id, item_id=item_id, facts=Facts(), now=now, source="photo")
    photo = Photo.objects.create(
        holding=held, file=loose.file, original=loose.original, name=loose.name, digital=loose.digital, doubt=loose.doubt,
        added_at=now, added_by=actor.label,
    )  # fmt: skip
    loose.delete()
    note(actor=actor, subject=person.id, event="photo.added", data={"item": str(held.item)}, now=now)
    return photo


@transaction.atomic
def discard_loose(*, actor: Actor, loose_id: UUID, now: datetime) -> None:
    """Throw a photo of the pile away, with its file where nothing else shows it. Raises NotFound, CannotDo."""
    people.demand(actor=actor, action="evidence.change")
    loose = queries.loose_photo(actor=actor, loose_id=loose_id)
    loose.delete()
    for file in filter(None, (loose.file, loose.original)):
        if not queries.is_shown(actor=actor, file=file):
            file.delete()
    note(actor=actor, subject=actor.org_id, event="photo.discarded", data={"name": loose.name}, now=now)
