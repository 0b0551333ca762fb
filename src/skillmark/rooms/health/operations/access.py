"""The owner lets a named member in, and out again."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from skillmark.errors import NotFound
from skillmark.rooms.health import queries
from skillmark.rooms.health.models import HealthGrant
from skillmark.rooms.health.operations.support import note
from skillmark.rooms.people.rules import Actor, Role


@transaction.atomic
def let_in(*, actor: Actor, member_id: UUID, change: bool, now: datetime) -> None:
    """Let a member read here, and with `change` write. Raises NotFound: not the owner, no such member, or an owner."""
    one = _member(actor, member_id)
    HealthGrant.objects.filter(org_id=actor.org_id, member_id=member_id, ended_at=None).update(ended_at=now)
    HealthGrant.objects.create(
        org_id=actor.org_id, member_id=member_id, change=change, given_at=now, given_by=actor.label
    )  # fmt: skip
    note(actor=actor, event="health.access.given", subject=member_id, data={"name": one.name}, now=now)


@transaction.atomic
def shut_out(*, actor: Actor, member_id: UUID, now: datetime) -> None:
    """Take that back. Raises NotFound, also when the member was not let in."""
    one = _member(actor, member_id)
    if not HealthGrant.objects.filter(org_id=actor.org_id, member_id=member_id, ended_at=None).update(ended_at=now):
        raise NotFound
    note(actor=actor, event="health.access.ended", subject=member_id, data={"name": one.name}, now=now)


def _member(actor: Actor, member_id: UUID) -> queries.Access:
    found = next((one for one in queries.access(actor=actor) if one.member_id == member_id), None)
    if found is None or found.role == Role.OWNER:
        raise NotFound
    return found
