"""The people in every test: an owner, a supervisor and a worker of one firm, and an outsider who owns another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from skillmark.rooms.people import operations, queries
from skillmark.rooms.people.models import Member, Organisation, Person, Site, User
from skillmark.rooms.people.rules import Actor, Role
from skillmark.rooms.signing import operations as signing

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


def today() -> date:
    """The real day where the firms are: for pages that read the clock, at any hour."""
    return datetime.now(ZoneInfo("America/Chicago")).date()


@dataclass(frozen=True)
class Firm:
    """A firm with keys and everyone who belongs to it."""

    org: Organisation
    owner: Actor
    owner_user: User
    supervisor: Actor
    supervisor_user: User
    person: Person


def make_firm(*, name: str, now: datetime = NOW, prefix: str = "") -> Firm:
    """A firm, its owner Dana, its supervisor Walt, and Rosa who works there."""
    org = Organisation.objects.create(kind=Organisation.Kind.FIRM, name=name, created_at=now)
    Site.objects.create(org=org, name=name, time_zone="America/Chicago")
    users = {}
    for role, who in ((Role.OWNER, f"{prefix}Dana Whitlock"), (Role.SUPERVISOR, f"{prefix}Walt Jensen")):
        user = User(handle=f"{org.id.hex[:12]}-{role}", name=who, date_joined=now, email=f"{role}@{org.id.hex[:12]}.example")
        user.set_unusable_password()
        user.save()
        Member.objects.create(org=org, user=user, role=role, since=now)
        users[role] = user
    signing.make_keys(org_id=org.id, now=now)
    owner = queries.actor_for(user_id=users[Role.OWNER].id, now=now)
    person = operations.add_person(actor=owner, name=f"{prefix}Rosa Delgado", language="es", now=now)
    return Firm(
        org,
        owner,
        users[Role.OWNER],
        queries.actor_for(user_id=users[Role.SUPERVISOR].id, now=now),
        users[Role.SUPERVISOR],
        person,
    )
