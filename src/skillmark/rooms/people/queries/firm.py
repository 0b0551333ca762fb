"""Ask about organisations, members and who is asking. Everything of a firm takes its actor."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import F, Q

from skillmark.errors import NotFound
from skillmark.rooms.people.models import (
    Invitation,
    Member,
    Organisation,
    Position,
    Setup,
    Shift,
    SignPin,
    Site,
    Token,
    User,
)
from skillmark.rooms.people.rules import Actor, Role, digest

Row = TypeVar("Row")
_FIRST = (F("archived_at").desc(nulls_first=True), "name")  # of several sites: one in use, by name
_WORTH_NOTING = timedelta(minutes=1)  # a program may ask a hundred times a second, and each note is a write


def actor_for(*, user_id: int, now: datetime, org_id: UUID | None = None) -> Actor:
    """The user's role in a firm (default: the one joined first).

    Raises NotFound without a membership, and after an auditor's last day.
    """
    return seat(user_id=user_id, now=now, org_id=org_id)[0]


def seat(*, user_id: int, now: datetime, org_id: UUID | None = None) -> tuple[Actor, Organisation]:
    """`actor_for`, with the firm itself. Raises as that."""
    members = Member.objects.filter(user_id=user_id, active=True).select_related("user", "org").order_by("since")
    member = next((one for one in (members.filter(org_id=org_id) if org_id else members) if not _over(one, now)), None)
    if member is None:
        raise NotFound
    return _actor(member, name=member.user.name, now=now), member.org


def actor_for_token(*, token: str, now: datetime) -> Actor:
    """The actor that a program's token stands for. Raises NotFound."""
    found = Token.objects.filter(token_hash=digest(token), revoked_at=None).select_related("made_by").first()
    if found is None:
        raise NotFound
    members = Member.objects.filter(org_id=found.org_id, user_id=found.made_by_id, active=True).select_related("org")
    member = members.first()
    if member is None or _over(member, now):
        raise NotFound  # whoever made it has left: the token ends with them
    if found.last_used_at is None or now - found.last_used_at >= _WORTH_NOTING:
        Token.objects.filter(id=found.id).update(last_used_at=now)
    return _actor(member, name=f"{found.made_by.name} ({found.name})", now=now, via="api")


def _actor(member: Member, *, name: str, now: datetime, via: str = "page") -> Actor:
    role = Role(member.role)
    sites = frozenset() if role is Role.OWNER else frozenset(member.sites.values_list("id", flat=True))
    return Actor(
        member.org_id, role, name, member.user_id, via, sites or None, member.read_from, member.read_until,
        sample=bool(member.org.sample), today=_day(member.org_id, member.org.clock or now) if sites else None,
    )  # fmt: skip


def _over(member: Member, now: datetime) -> bool:
    """Whether the member's last day has passed: where the firm is, and by the firm's own clock if it has one."""
    return member.until is not None and _day(member.org_id, member.org.clock or now) > member.until


def _day(org_id: UUID, moment: datetime) -> date:
    zone = Site.objects.filter(org_id=org_id).order_by(*_FIRST).values_list("time_zone", flat=True).first()
    return moment.astimezone(ZoneInfo(zone or "UTC")).date()


def today(*, actor: Actor, now: datetime) -> date:
    """The day that it is at the actor's site, by the firm's own clock if it has one."""
    return (organisation(actor=actor).clock or now).astimezone(ZoneInfo(site(actor=actor).time_zone)).date()


def organisation(*, actor: Actor) -> Organisation:
    """The actor's own organisation."""
    return _one(Organisation.objects.filter(id=actor.org_id).first())


def organisation_public(*, org_id: UUID) -> Organisation:
    """A firm by its id, for what everyone may know: its name and address. Raises NotFound."""
    return _one(Organisation.objects.filter(id=org_id, kind=Organisation.Kind.FIRM).first())


def firms() -> list[Organisation]:
    """The firms that this server runs, oldest first; made-up ones left out."""
    return list(Organisation.objects.filter(kind=Organisation.Kind.FIRM, sample="").order_by("created_at"))


def own_spaces() -> list[UUID]:
    """Every person's own space on this server, for what whoever runs it must do with all of them."""
    return list(Organisation.objects.filter(kind=Organisation.Kind.PERSON).values_list("id", flat=True))


def samples() -> list[Organisation]:
    """The made-up firms on this server, by trade."""
    return list(Organisation.objects.filter(kind=Organisation.Kind.FIRM).exclude(sample="").order_by("sample"))


def sample_owner(*, org_id: UUID) -> User:
    """The account by which a made-up firm is entered. Raises NotFound for a firm that is real, or not there."""
    found = Member.objects.filter(org_id=org_id, role=Role.OWNER, active=True).exclude(org__sample="").select_related("user")
    return _one(found.first()).user


def site(*, actor: Actor) -> Site:
    """The actor's site: its time zone and order of dates. Raises NotFound."""
    found = Site.objects.filter(org_id=actor.org_id).order_by(*_FIRST)
    return _one((found.filter(id__in=actor.sites) if actor.sites else found).first())


def sites(*, actor: Actor, archived: bool = False) -> list[Site]:
    """The firm's sites by name; of a supervisor of some, those. Archived ones left out, unless they are asked for."""
    found = Site.objects.filter(org_id=actor.org_id).order_by("name")
    found = found if archived else found.filter(archived_at=None)
    return list(found.filter(id__in=actor.sites) if actor.sites else found)


def positions(*, actor: Actor, archived: bool = False) -> list[Position]:
    """What people do here, in the order in which they were made; archived ones left out, unless they are asked for."""
    found = Position.objects.filter(org_id=actor.org_id)
    return list(found if archived else found.filter(archived_at=None))


def shifts(*, actor: Actor) -> list[Shift]:
    """The firm's shifts by their hours, each with its site; of a supervisor of some sites, those there or anywhere."""
    found = Shift.objects.filter(org_id=actor.org_id, archived_at=None).select_related("site")
    return list(found.filter(Q(site=None) | Q(site_id__in=actor.sites)) if actor.sites else found)


def members(*, actor: Actor) -> list[Member]:
    """Who may act for the firm, with the sites of each; also an auditor whose last day has passed."""
    found = Member.objects.filter(org_id=actor.org_id, active=True).select_related("user").order_by("since")
    return list(found.prefetch_related("sites"))


def pin_holders(*, actor: Actor) -> list[Member]:
    """Who may take over a shared phone: those who sign and have chosen a PIN, by name."""
    holders = SignPin.objects.filter(member__org_id=actor.org_id).values("member_id")
    found = Member.objects.filter(id__in=holders, active=True, role__in=(Role.OWNER, Role.SUPERVISOR))
    return list(found.select_related("user").order_by("user__name"))


def invitations(*, actor: Actor, now: datetime) -> list[Invitation]:
    """Invitations that can still be used."""
    found = Invitation.objects.filter(org_id=actor.org_id, used_at=None, expires_at__gt=now).order_by("expires_at")
    return list(found.prefetch_related("sites"))


def tokens(*, actor: Actor) -> list[Token]:
    """The firm's tokens that still work."""
    return list(Token.objects.filter(org_id=actor.org_id, revoked_at=None))


def users() -> list[User]:
    """Every account on this server, for the operator at the command line."""
    return list(User.objects.order_by("date_joined"))


def is_set_up() -> bool:
    """Whether a firm exists on this server; a made-up one is none."""
    return Organisation.objects.filter(kind=Organisation.Kind.FIRM, sample="").exists()


def setup_open(*, token: str, now: datetime) -> bool:
    """Whether this set-up link still works."""
    return not is_set_up() and Setup.objects.filter(token_hash=digest(token), used_at=None, expires_at__gt=now).exists()


def _one(found: Row | None) -> Row:
    if found is None:
        raise NotFound
    return found
