"""Keep a photo of a card, approve it or ask for another. However it was approved, a photo is never more than a photo."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from django.db import transaction

from skillmark.errors import DomainError
from skillmark.rooms.holdings import queries
from skillmark.rooms.holdings.models import Holding, Photo, StoredFile
from skillmark.rooms.holdings.operations.noting import note
from skillmark.rooms.holdings.operations.record import correct, facts_in
from skillmark.rooms.holdings.operations.standing import standing, standing_photo
from skillmark.rooms.holdings.rules import EndState
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.people.rules.facts import demand_facts
from skillmark.rooms.skills import queries as skills
from skillmark.rooms.skills.rules import DATELESS, proposed_end


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
def add_photo(
    *, actor: Actor, holding_id: UUID, body: bytes, media_type: str, name: str, now: datetime, original: bytes = b"",
    original_type: str = "", digital: str = "", doubt: str = "",
) -> Photo:  # fmt: skip
    """Put a picture (as the intake left it) on a holding; it waits to be looked at. Raises NotFound, CannotDo.

    `original`, `digital` and `doubt` are what the intake says of it.
    """
    people.demand(actor=actor, action="evidence.change")
    holding = standing(actor=actor, holding_id=holding_id)
    file = store_file(org_id=actor.org_id, body=body, media_type=media_type, now=now)
    kept = store_file(org_id=actor.org_id, body=original, media_type=original_type, now=now) if original else None
    made = Photo.objects.create(
        holding=holding, file=file, original=kept, name=name[:200], digital=digital, doubt=doubt, added_at=now,
        added_by=actor.label,
    )  # fmt: skip
    note(actor=actor, subject=holding.person_id, event="photo.added", data={"item": str(holding.item)}, now=now)
    return made


@transaction.atomic
def approve_photo(*, actor: Actor, photo_id: UUID, now: datetime) -> Photo:
    """Say that the photo shows the card it should. Raises NotFound, CannotTakePhoto `photo.settled`, CannotDo."""
    people.demand(actor=actor, action="evidence.change")
    found = standing_photo(actor=actor, photo_id=photo_id)
    waiting = Photo.objects.filter(id=found.id, approved_at=None, refused_at=None)
    if not waiting.update(approved_at=now, approved_by=actor.label):
        raise CannotTakePhoto("photo.settled")
    _note(actor, found, "photo.approved", now)
    found.refresh_from_db()
    return found


@transaction.atomic
def accept_photo(
    *, actor: Actor, photo_id: UUID, now: datetime, today: date, ends: date | None = None, no_end: bool = False
) -> Holding:
    """Say that the photo shows the card it should, and what its date is, in one go. Returns the holding as it is then.

    `ends` is the last good day as a person reads it off the card. Where no date is known and the item's rule tells none,
    one has to be given. Raises NotFound, CannotTakePhoto (`photo.settled`, `holding.no_end_given`), CannotRecord, CannotDo.
    """
    approved = approve_photo(actor=actor, photo_id=photo_id, now=now)
    held = queries.holding(actor=actor, holding_id=approved.holding_id)
    facts = facts_in(held=held)
    if ends is None and not no_end:
        if facts.ends is None and not facts.no_end and not _told_by_rule(actor, held, today):
            raise CannotTakePhoto("holding.no_end_given")
        return held
    if (ends, no_end) == (facts.ends, held.end_state == EndState.NO_END):
        return held
    return correct(actor=actor, holding_id=held.id, facts=replace(facts, ends=ends, no_end=no_end), now=now)


def _told_by_rule(actor: Actor, held: Holding, today: date) -> bool:
    rule = skills.rule(actor=actor, item_id=held.item_id, on=today, known_at=datetime.max.replace(tzinfo=UTC))
    if rule.validity.get("type") in DATELESS:
        return True
    return proposed_end(rule.validity, obtained=held.obtained or held.starts, method=held.method) is not None


@transaction.atomic
def remove_photo(*, actor: Actor, photo_id: UUID, now: datetime) -> Photo:
    """Take a photo off: it shows something else, or a better one came. It stays for days before. Raises NotFound, CannotDo."""
    people.demand(actor=actor, action="evidence.change")
    found = standing_photo(actor=actor, photo_id=photo_id)
    Photo.objects.filter(id=found.id).update(removed_at=now)
    _note(actor, found, "photo.removed", now)
    return found


@transaction.atomic
def refuse_photo(*, actor: Actor, photo_id: UUID, because: str, now: datetime) -> Photo:
    """Ask for another photo and say why. Raises NotFound, CannotTakePhoto (`photo.settled`, `photo.reason_missing`)."""
    people.demand(actor=actor, action="evidence.change")
    if not because.strip():
        raise CannotTakePhoto("photo.reason_missing")
    found = standing_photo(actor=actor, photo_id=photo_id)
    demand_facts(text=because, names=[found.holding.person.name])
    waiting = Photo.objects.filter(id=found.id, approved_at=None, refused_at=None)
    if not waiting.update(refused_at=now, refused_because=because.strip()[:300]):
        raise CannotTakePhoto("photo.settled")
    _note(actor, found, "photo.refused", now)
    found.refresh_from_db()
    return found


def _note(actor: Actor, photo: Photo, event: str, now: datetime) -> None:
    data = {"item": str(photo.holding.item), "photo": str(photo.id)}
    note(actor=actor, subject=photo.holding.person_id, event=event, data=data, now=now)
