"""The PIN of a member on a shared phone: chosen by themselves, or through a link that the owner hands them once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.core import signing
from django.db import transaction

from skillmark.errors import DomainError, NotFound
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people.models import Member, SignPin
from skillmark.rooms.people.operations.guessing import Resting, WrongPin, guess_lock
from skillmark.rooms.people.operations.permission import demand
from skillmark.rooms.people.rules import Actor, Role, pins

_SALT = "link that sets a PIN for a shared phone"


class CannotUsePin(DomainError):
    """The PIN is not right, cannot be chosen, or rests for a while."""


def set_sign_pin(*, actor: Actor, pin: str, now: datetime) -> None:
    """Choose one's own PIN, or another one. Raises CannotUsePin (`sign_pin.length`, `pin.too_easy`), NotFound, CannotDo."""
    demand(actor=actor, action="sign_off.make")
    _choose(_member(actor, user_id=actor.user_id), pin, actor.label, actor.key, now)


@transaction.atomic
def start_shared_phone(*, actor: Actor, now: datetime) -> None:
    """Note that a phone is shared from now on. Whoever said so stays answerable for it. Raises CannotDo."""
    demand(actor=actor, action="sign_off.make")
    journal.write(
        org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event="people.shared_phone.started",
        subject_id=actor.org_id, now=now,
    )  # fmt: skip


@transaction.atomic
def make_pin_link(*, actor: Actor, member_id: UUID, now: datetime) -> str:
    """A link's token, for a day and for one PIN: as soon as the member has another PIN, it is worth nothing.

    Raises NotFound (also for an auditor, who signs nothing), CannotDo.
    """
    demand(actor=actor, action="member.invite")
    member = _member(actor, id=member_id)
    journal.write(
        org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event="people.sign_pin.link_made", subject_id=member.id,
        data={"name": member.user.name}, now=now,
    )  # fmt: skip
    said = {"member": str(member.id), "was": _stamp(member), "until": (now + pins.LINK_LIFE).timestamp()}
    return signing.Signer(salt=_SALT).sign_object(said)


def open_pin_link(*, token: str, now: datetime) -> Member:
    """Whose PIN the link sets. Raises CannotUsePin `sign_pin.link` for one that is used, too old or made up."""
    try:
        said = signing.Signer(salt=_SALT).unsign_object(token)
    except signing.BadSignature:
        raise CannotUsePin("sign_pin.link") from None
    found = Member.objects.filter(id=said["member"], active=True).select_related("user", "org", "sign_pin").first()
    if found is None or said["until"] < now.timestamp() or said["was"] != _stamp(found):
        raise CannotUsePin("sign_pin.link")
    return found


def set_pin_by_link(*, token: str, pin: str, now: datetime) -> Member:
    """Choose the PIN of the link's member. Raises as `open_pin_link` and `set_sign_pin`."""
    member = open_pin_link(token=token, now=now)
    _choose(member, pin, member.user.name, f"user:{member.user_id}", now)
    return member


def take_over(*, actor: Actor, member_id: UUID, pin: str, now: datetime) -> int:
    """The account of the member who typed the right PIN on a shared phone; `actor` is whoever said that it is shared.

    Five wrong PINs pause it for fifteen minutes. Raises CannotUsePin (`sign_pin.wrong`, `sign_pin.paused` with `minutes`,
    `sign_pin.none`), NotFound. Call it outside any transaction: a try that is rolled back would not count.
    """
    member = _member(actor, id=member_id)
    kept = SignPin.objects.filter(member=member).first()
    if kept is None:
        raise CannotUsePin("sign_pin.none")
    try:
        guess_lock(lock=kept, typed=pins.digits(pin), now=now)
    except Resting as error:
        raise CannotUsePin("sign_pin.paused", minutes=str(error.minutes)) from error
    except WrongPin as error:
        raise CannotUsePin("sign_pin.wrong") from error
    return member.user_id


def _choose(member: Member, pin: str, label: str, key: str, now: datetime) -> None:
    pin = pins.digits(pin)
    if problem := pins.problem(pin):
        raise CannotUsePin(problem, shortest=str(pins.SHORTEST), longest=str(pins.LONGEST))
    kept = {"pin_hash": make_password(pin), "tries": 0, "locked_until": None, "made_at": now}
    with transaction.atomic():
        SignPin.objects.update_or_create(member=member, defaults=kept)
        journal.write(
            org_id=member.org_id, actor=label, actor_id=key, event="people.sign_pin.chosen", subject_id=member.id,
            data={"name": member.user.name}, now=now,
        )  # fmt: skip


def _member(actor: Actor, **which: object) -> Member:
    signs = Member.objects.filter(org_id=actor.org_id, active=True, role__in=(Role.OWNER, Role.SUPERVISOR))
    found = signs.filter(**which).select_related("user").first()
    if found is None:
        raise NotFound
    return found


def _stamp(member: Member) -> str:
    kept = SignPin.objects.filter(member=member).first()
    return kept.made_at.isoformat() if kept is not None else ""
