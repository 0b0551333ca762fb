"""Posters by the time clock: make and close one, hand in a photo before it, match the photo with a person."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from skillmark.errors import DomainError, NotFound
from skillmark.rooms.holdings import queries
from skillmark.rooms.holdings.models import Ask, Photo, Poster, PosterPhoto
from skillmark.rooms.holdings.operations.asks import CODE
from skillmark.rooms.holdings.operations.noting import note
from skillmark.rooms.holdings.operations.photos import CannotTakePhoto, store_file
from skillmark.rooms.holdings.operations.record import Facts, record
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries as people_queries
from skillmark.rooms.people.rules import Actor, Role, digest, new_code, plain_code
from skillmark.rooms.skills import queries as skills

A_DAY = 200
"""Photos that one poster takes a day: a whole shift, and no more than a person can look through."""


class CannotHandIn(DomainError):
    """A poster takes no photo, or not like this."""


@transaction.atomic
def make_poster(*, actor: Actor, now: datetime, site_id: UUID | None = None) -> tuple[Poster, str]:
    """A poster of a site or of the firm, and the secret in its code, for this one print. Raises NotFound, CannotDo.

    A supervisor of some sites makes those of their sites only.
    """
    people.demand(actor=actor, action="reminder.send")
    sites = {one.id: one for one in people_queries.sites(actor=actor)}
    if (site_id is None and actor.sites) or (site_id is not None and site_id not in sites):
        raise NotFound
    token = new_code(CODE)
    made = Poster.objects.create(
        org_id=actor.org_id, site_id=site_id, token_hash=digest(token), made_at=now, made_by=actor.label
    )
    site = sites[site_id].name if site_id else ""
    note(actor=actor, subject=made.id, event="poster.made", data={"site": site}, now=now)
    return made, token


@transaction.atomic
def close_poster(*, actor: Actor, poster_id: UUID, now: datetime) -> None:
    """A poster's code opens nothing any more; what was handed in stays. Raises NotFound, CannotDo."""
    people.demand(actor=actor, action="reminder.send")
    found = next((one for one in queries.posters(actor=actor) if one.id == poster_id), None)
    if found is None:
        raise NotFound
    Poster.objects.filter(id=found.id).update(closed_at=now)
    note(actor=actor, subject=found.id, event="poster.closed", data={"site": found.site.name if found.site else ""}, now=now)


def open_poster(*, token: str) -> Poster:
    """The poster behind a code. The token is the permission. Raises CannotHandIn `poster.closed`."""
    found = Poster.objects.filter(token_hash=digest(plain_code(token)), closed_at=None).select_related("org").first()
    if found is None:
        raise CannotHandIn("poster.closed")
    return found


@transaction.atomic
def hand_in(*, token: str, typed_name: str, typed_item: str, body: bytes, media_type: str, now: datetime) -> PosterPhoto:
    """Keep a photo with what was typed beside it; nobody is looked up. Raises CannotHandIn, people's CannotTry.

    CannotHandIn: `poster.closed`, `poster.name_missing`, `poster.item_missing`. At most 200 a day for one poster.
    """
    poster = open_poster(token=token)
    at = poster.org.clock or now
    typed_name, typed_item = " ".join(typed_name.split()), " ".join(typed_item.split())
    if not typed_name or len(typed_name) > 120:
        raise CannotHandIn("poster.name_missing")
    if not typed_item or len(typed_item) > 120:
        raise CannotHandIn("poster.item_missing")
    people.count_try(key=f"poster:{poster.id}", limit=A_DAY, seconds=24 * 3600, now=now)
    file = store_file(org_id=poster.org_id, body=body, media_type=media_type, now=at)
    made = PosterPhoto.objects.create(
        org_id=poster.org_id, poster=poster, typed_name=typed_name, typed_item=typed_item, file=file, handed_in_at=at
    )
    actor = Actor(org_id=poster.org_id, role=Role.OWNER, name=typed_name, via="server")
    note(actor=actor, subject=made.id, event="poster_photo.handed_in", data={"item": typed_item}, now=at)
    return made


@transaction.atomic
def match_poster_photo(*, actor: Actor, photo_id: UUID, person_id: UUID, item_id: UUID, now: datetime) -> Photo:
    """Say whose card it is and which: from now on it waits among that person's photos. Their open requests are answered.

    Raises NotFound, CannotTakePhoto `photo.settled`, CannotDo.
    """
    people.demand(actor=actor, action="evidence.change")
    found = queries.poster_photo(actor=actor, photo_id=photo_id)
    person = people_queries.person(actor=actor, person_id=person_id)
    item = skills.item(actor=actor, item_id=item_id)
    holding = record(actor=actor, person_id=person.id, item_id=item.id, facts=Facts(), now=now, source="photo")
    photo = Photo.objects.create(
        holding=holding, file_id=found.file_id, added_at=found.handed_in_at, added_by=found.typed_name
    )
    _settle(found, actor, now, photo)
    Ask.objects.filter(person=person, item=item, used_at=None, closed_at=None).update(used_at=now, photo=photo)
    data = {"item": str(item), "name": person.name}
    note(actor=actor, subject=person.id, event="poster_photo.matched", data=data, now=now)
    return photo


@transaction.atomic
def put_poster_photo_aside(*, actor: Actor, photo_id: UUID, now: datetime) -> None:
    """It is nobody's card here, or no card. Raises NotFound, CannotTakePhoto `photo.settled`, CannotDo."""
    people.demand(actor=actor, action="evidence.change")
    found = queries.poster_photo(actor=actor, photo_id=photo_id)
    _settle(found, actor, now, None)
    note(actor=actor, subject=found.id, event="poster_photo.put_aside", data={"name": found.typed_name}, now=now)


def _settle(found: PosterPhoto, actor: Actor, now: datetime, photo: Photo | None) -> None:
    waiting = PosterPhoto.objects.filter(id=found.id, settled_at=None)
    if not waiting.update(settled_at=now, settled_by=actor.label, photo=photo):
        raise CannotTakePhoto("photo.settled")
