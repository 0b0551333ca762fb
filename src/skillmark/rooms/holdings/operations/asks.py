"""Ask a person for a photo of one card. The link lets them hand it in and shows a first name and the item, nothing else."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from skillmark.errors import DomainError, NotFound
from skillmark.rooms.holdings.models import Ask, Holding, Photo
from skillmark.rooms.holdings.operations.noting import note
from skillmark.rooms.holdings.operations.photos import store_file
from skillmark.rooms.holdings.rules import EndState
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries as people_queries
from skillmark.rooms.people.rules import Actor, Role, digest, new_token
from skillmark.rooms.skills import queries as skills

LIFE = timedelta(days=30)


class CannotAsk(DomainError):
    """A request is used, closed or too old."""


@transaction.atomic
def ask(*, actor: Actor, person_id: UUID, item_id: UUID, now: datetime, step: int | None = None) -> tuple[Ask, str]:
    """Make a request and its secret. Nothing is sent. Raises NotFound, CannotDo."""
    people.demand(actor=actor, action="reminder.send")
    person = people_queries.person(actor=actor, person_id=person_id)
    item = skills.item(actor=actor, item_id=item_id)
    token = new_token()
    made = Ask.objects.create(
        org_id=actor.org_id, person=person, item=item, token_hash=digest(token), step=step, made_at=now,
        made_by=actor.label, expires_at=now + LIFE,
    )  # fmt: skip
    note(actor=actor, subject=person.id, event="ask.made", data={"item": str(item)}, now=now)
    return made, token


@transaction.atomic
def mark_sent(*, actor: Actor, ask_id: UUID, channel: str, now: datetime) -> None:
    """Note that somebody pressed send, and how it went out (email, text, print, qr). Raises NotFound, CannotDo."""
    people.demand(actor=actor, action="reminder.send")
    found = Ask.objects.filter(org_id=actor.org_id, id=ask_id).select_related("item").first()
    if found is None:
        raise NotFound
    people_queries.person(actor=actor, person_id=found.person_id)
    Ask.objects.filter(id=found.id).update(sent_at=now, channel=channel)
    note(actor=actor, subject=found.person_id, event="ask.sent", data={"item": str(found.item), "channel": channel}, now=now)


@transaction.atomic
def close_ask(*, actor: Actor, ask_id: UUID, now: datetime) -> None:
    """Take a request back: its link opens nothing any more. Raises NotFound, CannotDo."""
    people.demand(actor=actor, action="reminder.send")
    found = Ask.objects.filter(org_id=actor.org_id, id=ask_id, closed_at=None).first()
    if found is None:
        raise NotFound
    people_queries.person(actor=actor, person_id=found.person_id)
    Ask.objects.filter(id=found.id).update(closed_at=now)


def open_ask(*, token: str, now: datetime) -> Ask:
    """The request behind a link. The token is the permission. Raises CannotAsk (`ask.closed`, `ask.used`)."""
    found = Ask.objects.filter(token_hash=digest(token)).select_related("person", "item", "org").first()
    if found is None or found.closed_at is not None or found.expires_at <= now:
        raise CannotAsk("ask.closed")
    if found.used_at is not None:
        raise CannotAsk("ask.used", date=found.used_at.date().isoformat())
    return found


@transaction.atomic
def use_ask(*, token: str, body: bytes, media_type: str, name: str, now: datetime) -> Photo:
    """Hand in the photo. A new holding with unknown dates waits for a person of the firm. Raises CannotAsk."""
    found = open_ask(token=token, now=now)
    actor = Actor(org_id=found.org_id, role=Role.OWNER, name=found.person.name, via="server")
    holding = Holding.objects.create(
        org_id=found.org_id, person=found.person, item=found.item, end_state=EndState.NOT_KNOWN, source="photo",
        recorded_at=now, recorded_by=found.person.name,
    )  # fmt: skip
    file = store_file(org_id=found.org_id, body=body, media_type=media_type, now=now)
    photo = Photo.objects.create(holding=holding, file=file, name=name[:200], added_at=now, added_by=found.person.name)
    if not Ask.objects.filter(id=found.id, used_at=None).update(used_at=now, photo=photo):
        raise CannotAsk("ask.used", date=now.date().isoformat())
    note(actor=actor, subject=found.person_id, event="ask.answered", data={"item": str(found.item)}, now=now)
    return photo
