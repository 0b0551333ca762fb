"""Begin a made-up firm, which anybody may try: it says so, its clock stands still, and it reaches nothing outside itself."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from skillmark.errors import DomainError
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people.models import Member, Organisation, Site
from skillmark.rooms.people.operations.firm import make_user
from skillmark.rooms.people.rules import Actor, Role


class CannotMakeSample(DomainError):
    """A trade has one made-up firm a server."""


@transaction.atomic
def start_sample(
    *, trade: str, name: str, site: str, owner_name: str, time_zone: str, clock: datetime, now: datetime
) -> Actor:  # fmt: skip
    """The firm, its first site and its owner. Whoever gets the actor fills it; those who enter later may do less.

    `now` is when it began, `clock` where its clock stands. Raises CannotMakeSample `sample.there`.
    """
    try:
        with transaction.atomic():
            org = Organisation.objects.create(
                kind=Organisation.Kind.FIRM, name=name, sample=trade, clock=clock, created_at=now
            )
    except IntegrityError as error:
        raise CannotMakeSample("sample.there") from error
    Site.objects.create(org=org, name=site, time_zone=time_zone)
    user = make_user(name=owner_name, email="", language="en", now=now)
    Member.objects.create(org=org, user=user, role=Role.OWNER, since=now)
    actor = Actor(org_id=org.id, role=Role.OWNER, name=user.name, user_id=user.id)
    journal.write(org_id=org.id, actor=actor.label, actor_id=actor.key, event="people.firm.set_up", subject_id=org.id, now=now)
    return actor
