"""Ask about organisations, members and who is asking. Everything of a firm takes its actor."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from skillmark.errors import NotFound
from skillmark.rooms.people.models import Invitation, Member, Organisation, Position, Setup, Shift, Site, Token, User
from skillmark.rooms.people.rules import Actor, Role, digest

Row = TypeVar("Row")
_WORTH_NOTING = timedelta(minutes=1)  # a program may ask a hundred times a second, and each note is a write


def actor_for(*, user_id: int, org_id: UUID | None = None) -> Actor:
    """The user's role in a firm (default: the one joined first). Raises NotFound without an active membership."""
    members = Member.objects.filter(user_id=user_id, active=True).select_related("user").order_by("since")
    member = (members.filter(org_id=org_id) if org_id else members).first()
    if member is None:
        raise NotFound
    return _actor(member, name=member.user.name)


def actor_for_token(*, token: str, now: datetime) -> Actor:
    """The actor that a program's token stands for. Raises NotFound."""
    found = Token.objects.filter(token_hash=digest(token), revoked_at=None).select_related("made_by").first()
    if found is None:
        raise NotFound
    member = Member.objects.filter(org_id=found.org_id, user_id=found.made_by_id, active=True).first()
    if member is None:
        raise NotFound  # whoever made it has left: the token ends with them
    if found.last_used_at is None or now - found.last_used_at >= _WORTH_NOTING:
        Token.objects.filter(id=found.id).update(last_used_at=now)
    return _actor(member, name=f"{found.made_by.name} ({found.name})", via="api")


def _actor(member: Member, *, name: str, via: str = "page") -> Actor:
    role = Role(member.role)
    sites = frozenset() if role is Role.OWNER else frozenset(member.sites.values_list("id", flat=True))
    return Actor(member.org_id, role, name, member.user_id, via, sites or None, member.read_from, member.read_until)


def organisation(*, actor: Actor) -> Organisation:
    """The actor's own organisation."""
    return _one(Organisation.objects.filter(id=actor.org_id).first())


def organisation_public(*, org_id: UUID) -> Organisation:
    """A firm by its id, for what everyone may know: its name and address. Raises NotFound."""
    return _one(Organisation.objects.filter(id=org_id, kind=Organisation.Kind.FIRM).first())


def firms() -> list[Organisation]:
    """The firms that this server runs, oldest first."""
    return list(Organisation.objects.filter(kind=Organisation.Kind.FIRM).order_by("created_at"))


def site(*, actor: Actor) -> Site:
    """The actor's site: its time zone and order of dates. Raises NotFound."""
    found = Site.objects.filter(org_id=actor.org_id).order_by("name")
    return _one((found.filter(id__in=actor.sites) if actor.sites else found).first())


def sites(*, actor: Actor) -> list[Site]:
    """The firm's sites by name; of a supervisor of some, those."""
    found = Site.objects.filter(org_id=actor.org_id).order_by("name")
    return list(found.filter(id__in=actor.sites) if actor.sites else found)


def positions(*, actor: Actor) -> list[Position]:
    """What people do here, in the order in which they were made; archived ones left out."""
    return list(Position.objects.filter(org_id=actor.org_id, archived_at=None))


def shifts(*, actor: Actor) -> list[Shift]:
    """The firm's shifts by their hours."""
    return list(Shift.objects.filter(org_id=actor.org_id, archived_at=None))


def members(*, actor: Actor) -> list[Member]:
    """Who may act for the firm."""
    return list(Member.objects.filter(org_id=actor.org_id, active=True).select_related("user").order_by("since"))


def invitations(*, actor: Actor, now: datetime) -> list[Invitation]:
    """Invitations that can still be used."""
    return list(Invitation.objects.filter(org_id=actor.org_id, used_at=None, expires_at__gt=now).order_by("expires_at"))


def tokens(*, actor: Actor) -> list[Token]:
    """The firm's tokens that still work."""
    return list(Token.objects.filter(org_id=actor.org_id, revoked_at=None))


def users() -> list[User]:
    """Every account on this server, for the operator at the command line."""
    return list(User.objects.order_by("date_joined"))


def is_set_up() -> bool:
    """Whether a firm exists on this server."""
    return Organisation.objects.filter(kind=Organisation.Kind.FIRM).exists()


def setup_open(*, token: str, now: datetime) -> bool:
    """Whether this set-up link still works."""
    return not is_set_up() and Setup.objects.filter(token_hash=digest(token), used_at=None, expires_at__gt=now).exists()


def _one(found: Row | None) -> Row:
    if found is None:
        raise NotFound
    return found
