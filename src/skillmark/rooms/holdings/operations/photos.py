"""Keep a photo of a card, approve it or ask for another. However it was approved, a photo is never more than a photo."""

from __future__ import annotations

import hashlib
from datetime import datetime
from uuid import UUID

from django.db import transaction

from skillmark.errors import DomainError
from skillmark.rooms.holdings import queries
from skillmark.rooms.holdings.models import Photo, StoredFile
from skillmark.rooms.holdings.operations.noting import note
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor


class CannotTakePhoto(DomainError):
    """A photo cannot be kept, or was dealt with already."""


def store_file(*, org_id: UUID, body: bytes, media_type: str, now: datetime) -> StoredFile:
    """Keep a file by its content (SHA-256); the same content again is the same row. `body` is as the intake left it."""
    digest = hashlib.sha256(body).hexdigest()
    found, _ = StoredFile.objects.get_or_create(
        org_id=org_id, sha256=digest,
        defaults={"media_type": media_type, "size": len(body), "body": body, "stored_at": now},
    )  # fmt: skip
    return found


@transaction.atomic
def add_photo(*, actor: Actor, holding_id: UUID, body: bytes, media_type: str, name: str, now: datetime) -> Photo:
    """Put a picture (as the intake left it) on a holding; it waits to be looked at. Raises NotFound, CannotDo."""
    people.demand(actor=actor, action="evidence.change")
    holding = queries.holding(actor=actor, holding_id=holding_id)
    file = store_file(org_id=actor.org_id, body=body, media_type=media_type, now=now)
    made = Photo.objects.create(holding=holding, file=file, name=name[:200], added_at=now, added_by=actor.label)
    note(actor=actor, subject=holding.person_id, event="photo.added", data={"item": str(holding.item)}, now=now)
    return made


@transaction.atomic
def approve_photo(*, actor: Actor, photo_id: UUID, now: datetime) -> Photo:
    """Say that the photo shows the card it should. Raises NotFound, CannotTakePhoto `photo.settled`, CannotDo."""
    people.demand(actor=actor, action="evidence.change")
    found = queries.photo(actor=actor, photo_id=photo_id)
    waiting = Photo.objects.filter(id=found.id, approved_at=None, refused_at=None)
    if not waiting.update(approved_at=now, approved_by=actor.label):
        raise CannotTakePhoto("photo.settled")
    _note(actor, found, "photo.approved", now)
    found.refresh_from_db()
    return found


@transaction.atomic
def refuse_photo(*, actor: Actor, photo_id: UUID, because: str, now: datetime) -> Photo:
    """Ask for another photo and say why. Raises NotFound, CannotTakePhoto (`photo.settled`, `photo.reason_missing`)."""
    people.demand(actor=actor, action="evidence.change")
    if not because.strip():
        raise CannotTakePhoto("photo.reason_missing")
    found = queries.photo(actor=actor, photo_id=photo_id)
    waiting = Photo.objects.filter(id=found.id, approved_at=None, refused_at=None)
    if not waiting.update(refused_at=now, refused_because=because.strip()[:300]):
        raise CannotTakePhoto("photo.settled")
    _note(actor, found, "photo.refused", now)
    found.refresh_from_db()
    return found


def _note(actor: Actor, photo: Photo, event: str, now: datetime) -> None:
    data = {"item": str(photo.holding.item), "photo": str(photo.id)}
    note(actor=actor, subject=photo.holding.person_id, event=event, data=data, now=now)
