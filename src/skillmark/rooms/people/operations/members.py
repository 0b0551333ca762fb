"""Who may act for the firm: invite a supervisor or an auditor, say for which sites and days, take access away."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import transaction

from skillmark.errors import DomainError, NotFound
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import queries
from skillmark.rooms.people.models import Invitation, Member, Site
from skillmark.rooms.people.operations.permission import CannotDo, demand
from skillmark.rooms.people.rules import Actor, Role, digest, new_code, new_pin

INVITATION_LIFE = timedelta(hours=24)
LONGEST_AUDIT = timedelta(days=366)


class CannotInvite(DomainError):
    """Somebody cannot get access like this."""


@transaction.atomic
def invite(
    *, actor: Actor, name: str, now: datetime, role: str = Role.SUPERVISOR, sites: Collection[UUID] = (),
    until: date | None = None, read_from: date | None = None, read_until: date | None = None,
) -> tuple[Invitation, str, str]:  # fmt: skip
    """(invitation, code, PIN), shown once. No `sites`: all of the firm.

    A supervisor has no last day. An auditor only reads, needs a last day (`until`, at most a year away) and sees the days
    from `read_from` to `read_until`; None leaves that side open. Raises CannotInvite (`join.name_missing`, `member.role`,
    `member.until_missing`, `member.until_past`, `member.until_far`, `member.days`), NotFound for a site of another firm,
    CannotDo.
    """
    demand(actor=actor, action="member.invite")
    if not name.strip():
        raise CannotInvite("join.name_missing")
    days = _days(actor, role, until, read_from, read_until, now)
    code, pin = new_code(), new_pin()
    invitation = Invitation.objects.create(
        org_id=actor.org_id, role=role, name=name.strip(), code_hash=digest(code), pin_hash=make_password(pin),
        expires_at=now + INVITATION_LIFE, **days,
    )  # fmt: skip
    invitation.sites.set(_sites(actor, sites))
    _note(actor, f"people.{role}.invited", invitation.id, name.strip(), now)
    return invitation, code, pin


@transaction.atomic
def change_member(
    *, actor: Actor, member_id: UUID, now: datetime, sites: Collection[UUID], until: date | None = None,
    read_from: date | None = None, read_until: date | None = None,
) -> Member:  # fmt: skip
    """Say anew for which sites and days a supervisor or an auditor has access; it holds from their next page on.

    Raises NotFound (also for an owner, who has all), CannotInvite as `invite`, CannotDo.
    """
    demand(actor=actor, action="member.invite")
    member = Member.objects.filter(org_id=actor.org_id, id=member_id, active=True).exclude(role=Role.OWNER)
    found = member.select_related("user").first()
    if found is None:
        raise NotFound
    for name, day in _days(actor, found.role, until, read_from, read_until, now).items():
        setattr(found, name, day)
    found.save(update_fields=["until", "read_from", "read_until"])
    found.sites.set(_sites(actor, sites))
    _note(actor, "people.member.changed", found.id, found.user.name, now)
    return found


@transaction.atomic
def remove_member(*, actor: Actor, member_id: UUID, now: datetime) -> None:
    """End a member's access. Raises NotFound; CannotDo, also for oneself."""
    demand(actor=actor, action="member.invite")
    member = Member.objects.filter(org_id=actor.org_id, id=member_id, active=True).select_related("user").first()
    if member is None:
        raise NotFound
    if member.user_id == actor.user_id:
        raise CannotDo("member.yourself")
    member.active = False
    member.save(update_fields=["active"])
    _note(actor, "people.member.removed", member.id, member.user.name, now)


def _days(
    actor: Actor, role: str, until: date | None, read_from: date | None, read_until: date | None, now: datetime
) -> dict[str, date | None]:
    if role == Role.SUPERVISOR:
        return {"until": None, "read_from": None, "read_until": None}
    if role != Role.AUDITOR:
        raise CannotInvite("member.role")
    if until is None:
        raise CannotInvite("member.until_missing")
    today = queries.today(actor=actor, now=now)
    if until < today:
        raise CannotInvite("member.until_past")
    if until - today > LONGEST_AUDIT:
        raise CannotInvite("member.until_far")
    if read_from is not None and read_until is not None and read_until < read_from:
        raise CannotInvite("member.days")
    return {"until": until, "read_from": read_from, "read_until": read_until}


def _sites(actor: Actor, wanted: Collection[UUID]) -> list[Site]:
    found = list(Site.objects.filter(org_id=actor.org_id, id__in=wanted))
    if len(found) != len(set(wanted)):
        raise NotFound
    return found


def _note(actor: Actor, event: str, subject_id: UUID, name: str, now: datetime) -> None:
    journal.write(
        org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event=event, subject_id=subject_id,
        data={"name": name}, now=now,
    )  # fmt: skip
