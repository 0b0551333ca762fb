"""Who may open this room: the owner, and members whom the owner has let in by name. No role opens it by itself."""

from __future__ import annotations

from dataclasses import dataclass

from skillmark.errors import NotFound
from skillmark.rooms.health.models import HealthGrant
from skillmark.rooms.people import queries as people
from skillmark.rooms.people.rules import Actor, Role


@dataclass(frozen=True, slots=True)
class Rights:
    """What an actor may do here: `health.read`, `health.change`, and `let_in` others."""

    read: bool = False
    change: bool = False
    let_in: bool = False


@dataclass(frozen=True, slots=True)
class Access:
    """One member of the firm and what they may do here."""

    member_id: object
    name: str
    role: str
    rights: Rights


def rights(*, actor: Actor) -> Rights:
    """What the actor may do here. A program (a token, the command line, a job) may never: only a person at a page."""
    if actor.user_id is None or actor.via != "page":
        return Rights()
    if actor.role is Role.OWNER:
        return Rights(read=True, change=True, let_in=not actor.sample)
    granted = HealthGrant.objects.filter(
        org_id=actor.org_id, member__user_id=actor.user_id, member__active=True, ended_at=None
    ).first()
    return Rights(read=granted is not None, change=granted is not None and granted.change)


def demand_read(*, actor: Actor) -> None:
    """Raise NotFound unless the actor may read here: nobody else learns that there is something."""
    if not rights(actor=actor).read:
        raise NotFound


def demand_change(*, actor: Actor) -> None:
    """Raise NotFound unless the actor may write here."""
    if not rights(actor=actor).change:
        raise NotFound


def demand_let_in(*, actor: Actor) -> None:
    """Raise NotFound unless the actor may let others in: the owner."""
    if not rights(actor=actor).let_in:
        raise NotFound


def access(*, actor: Actor) -> list[Access]:
    """Every member of the firm and what they may do here, for the owner. Raises NotFound."""
    demand_let_in(actor=actor)
    granted = {one.member_id: one for one in HealthGrant.objects.filter(org_id=actor.org_id, ended_at=None)}
    found = []
    for member in people.members(actor=actor):
        grant = granted.get(member.id)
        owner = member.role == Role.OWNER
        mine = Rights(read=owner or grant is not None, change=owner or (grant is not None and grant.change), let_in=owner)
        found.append(Access(member.id, member.user.name, member.role, mine))
    return found
