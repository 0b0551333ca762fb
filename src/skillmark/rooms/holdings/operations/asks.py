"""Ask a person for a photo of one card. The link lets them hand it in and shows a first name and the item, nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from skillmark.errors import DomainError, NotFound
from skillmark.rooms.holdings.models import Ask, Holding, MailStop, Photo
from skillmark.rooms.holdings.operations.noting import note
from skillmark.rooms.holdings.operations.photos import store_file
from skillmark.rooms.holdings.rules import EndState
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries as people_queries
from skillmark.rooms.people.rules import Actor, Role, digest, new_code, plain_code
from skillmark.rooms.skills import queries as skills

ASK_LIFE = timedelta(days=30)
CODE = 12
"""Letters and digits of a link, 59 bits: short enough for paper, and all it opens is a page that takes a photo."""


class CannotAsk(DomainError):
    """A request is used, closed or too old, or cannot go out this way."""


@transaction.atomic
def ask(
    *, actor: Actor, person_id: UUID, item_id: UUID, now: datetime, step: int | None = None, ends: date | None = None
) -> tuple[Ask, str]:
    """Make a request and its secret; `ends` is the last good day of what they have. Nothing is sent. Raises NotFound."""
    people.demand(actor=actor, action="reminder.send")
    person = people_queries.person(actor=actor, person_id=person_id)
    item = skills.item(actor=actor, item_id=item_id)
    token = new_code(CODE)
    made = Ask.objects.create(
        org_id=actor.org_id, person=person, item=item, token_hash=digest(token), step=step, ends=ends,
        made_at=now, made_by=actor.label, expires_at=now + ASK_LIFE,
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
    found = Ask.objects.filter(org_id=actor.org_id, id=ask_id, closed_at=None).select_related("item").first()
    if found is None:
        raise NotFound
    people_queries.person(actor=actor, person_id=found.person_id)
    Ask.objects.filter(id=found.id).update(closed_at=now)
    note(actor=actor, subject=found.person_id, event="ask.closed", data={"item": str(found.item)}, now=now)


@transaction.atomic
def ask_by_email(*, actor: Actor, person_id: UUID, ask_ids: Sequence[UUID], now: datetime) -> None:
    """Wish that one e-mail brings these requests to the person. It leaves when a job has read the wish in the journal.

    Raises CannotAsk (`person.email_missing`, `ask.no_email`: they said no to it, `ask.sample_firm`), NotFound, CannotDo.
    """
    people.demand(actor=actor, action="reminder.send")
    person = people_queries.person(actor=actor, person_id=person_id)
    if people_queries.organisation(actor=actor).sample:
        raise CannotAsk("ask.sample_firm")
    if not person.email:
        raise CannotAsk("person.email_missing")
    if MailStop.objects.filter(person=person).exists():
        raise CannotAsk("ask.no_email")
    mine = {one.id for one in Ask.objects.filter(org_id=actor.org_id, person=person, id__in=list(ask_ids))}
    if not ask_ids or set(ask_ids) - mine:
        raise NotFound
    data = {"asks": [str(one) for one in ask_ids], "user_id": actor.user_id, "name": person.name}
    note(actor=actor, subject=person.id, event="ask.email_asked", data=data, now=now)


@transaction.atomic
def renew_ask(*, actor: Actor, ask_id: UUID, now: datetime) -> tuple[Ask, str]:
    """Give an open request a new secret, because the old one is kept nowhere: its earlier link ends.

    Raises NotFound, CannotAsk (`ask.closed`, `ask.used`), CannotDo.
    """
    people.demand(actor=actor, action="reminder.send")
    found = Ask.objects.filter(org_id=actor.org_id, id=ask_id).select_related("person", "item", "org").first()
    if found is None:
        raise NotFound
    people_queries.person(actor=actor, person_id=found.person_id)
    _demand_open(found, now)
    token = new_code(CODE)
    found.token_hash = digest(token)
    found.save(update_fields=["token_hash"])
    return found, token


def open_ask(*, token: str, now: datetime) -> Ask:
    """The request behind a link. The token is the permission. Raises CannotAsk (`ask.closed`, `ask.used`)."""
    found = Ask.objects.filter(token_hash=digest(plain_code(token))).select_related("person", "item", "org").first()
    if found is None:
        raise CannotAsk("ask.closed")
    _demand_open(found, now)
    return found


@transaction.atomic
def want_email(*, token: str, wanted: bool, now: datetime) -> None:
    """The person says no, or yes again, to reminders by e-mail. A link of theirs, even a used one, is the permission.

    Raises CannotAsk `ask.closed` for a token that nobody has.
    """
    found = Ask.objects.filter(token_hash=digest(plain_code(token))).select_related("person", "org").first()
    if found is None:
        raise CannotAsk("ask.closed")
    if wanted:
        changed = MailStop.objects.filter(person=found.person).delete()[0]
    else:
        changed = MailStop.objects.get_or_create(person=found.person, defaults={"at": found.org.clock or now})[1]
    if changed:
        actor = _as_person(found)
        event = "mail.wanted" if wanted else "mail.unwanted"
        note(actor=actor, subject=found.person_id, event=event, data={"name": found.person.name}, now=now)


def _demand_open(found: Ask, now: datetime) -> None:
    """By the firm's own clock: a made-up firm's stands still."""
    if found.used_at is not None:
        raise CannotAsk("ask.used", date=found.used_at.date().isoformat())
    if found.closed_at is not None or found.expires_at <= (found.org.clock or now):
        raise CannotAsk("ask.closed")


def _as_person(found: Ask) -> Actor:
    return Actor(org_id=found.org_id, role=Role.OWNER, name=found.person.name, via="server")


@transaction.atomic
def use_ask(
    *, token: str, body: bytes, media_type: str, name: str, now: datetime, original: bytes = b"", original_type: str = "",
    digital: str = "", doubt: str = "",
) -> Photo:  # fmt: skip
    """Hand in the photo. A new holding with unknown dates waits for a person of the firm. Raises CannotAsk.

    `original`, `digital` and `doubt` are what the intake says of it, as for `add_photo`. Every other open request to this
    person for this item is answered with it: reminders stop.
    """
    found = open_ask(token=token, now=now)
    at = found.org.clock or now
    holding = Holding.objects.create(
        org_id=found.org_id, person=found.person, item=found.item, end_state=EndState.NOT_KNOWN, source="photo",
        recorded_at=at, recorded_by=found.person.name,
    )  # fmt: skip
    file = store_file(org_id=found.org_id, body=body, media_type=media_type, now=at)
    kept = store_file(org_id=found.org_id, body=original, media_type=original_type, now=at) if original else None
    photo = Photo.objects.create(
        holding=holding, file=file, original=kept, name=name[:200], digital=digital, doubt=doubt, added_at=at,
        added_by=found.person.name,
    )  # fmt: skip
    if not Ask.objects.filter(id=found.id, used_at=None).update(used_at=at, photo=photo):
        raise CannotAsk("ask.used", date=at.date().isoformat())
    Ask.objects.filter(person=found.person, item=found.item, used_at=None, closed_at=None).update(used_at=at, photo=photo)
    note(actor=_as_person(found), subject=found.person_id, event="ask.answered", data={"item": str(found.item)}, now=at)
    return photo
