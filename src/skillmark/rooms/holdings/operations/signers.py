"""Who may sign an item off, and the second person who signs where that is asked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from skillmark.errors import DomainError, NotFound
from skillmark.rooms.holdings import queries
from skillmark.rooms.holdings.models import MaySign, SignOff
from skillmark.rooms.holdings.operations.noting import note
from skillmark.rooms.holdings.rules import SignOffState
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries as people_queries
from skillmark.rooms.people.rules import Actor, Role
from skillmark.rooms.skills import queries as skills


class CannotSignOff(DomainError):
    """It cannot be signed off like this; nothing was kept or changed."""


@transaction.atomic
def set_signers(*, actor: Actor, item_id: UUID, user_ids: Collection[int], now: datetime) -> None:
    """Say which owners and supervisors may sign an item off; nobody in particular: all of them. Raises NotFound, CannotDo."""
    people.demand(actor=actor, action="item.change")
    item = skills.item(actor=actor, item_id=item_id)
    members = people_queries.members(actor=actor)
    names = {one.user_id: one.user.name for one in members if one.role in {Role.OWNER, Role.SUPERVISOR}}
    if not set(user_ids) <= names.keys():
        raise NotFound
    MaySign.objects.filter(item=item).exclude(user_id__in=user_ids).delete()
    for user_id in sorted(set(user_ids)):
        MaySign.objects.get_or_create(
            item=item, user_id=user_id, defaults={"org_id": actor.org_id, "made_at": now, "made_by": actor.label}
        )
    who = ", ".join(sorted(names[one] for one in set(user_ids)))
    note(actor=actor, subject=item.id, event="sign_off.signers_set", data={"item": str(item), "who": who}, now=now)


@transaction.atomic
def co_sign(*, actor: Actor, sign_off_id: UUID, now: datetime) -> SignOff:
    """Sign it as a second person who is set up for it and is neither the observer nor the worker. Once is enough.

    Raises CannotSignOff (`sign_off.co_sign_own`, `sign_off.own`, `sign_off.not_set_up`; `sign_off.undone`; `sign_off.too_late`
    when it is part of a proof already), NotFound, CannotDo.
    """
    people.demand(actor=actor, action="sign_off.make")
    found = queries.sign_off(actor=actor, sign_off_id=sign_off_id)
    demand_signer(actor, found.person_id, found.item)
    if found.observer_key == actor.key:
        raise CannotSignOff("sign_off.co_sign_own")
    if found.state in {SignOffState.UNDONE, SignOffState.REFUSED}:
        raise CannotSignOff("sign_off.undone")
    if found.co_signed_at is None:
        still_open = SignOff.objects.filter(
            id=found.id, bundle=None, co_signed_at=None, state__in=(SignOffState.WAITING, SignOffState.COUNTED)
        )
        at = found.look_at if found.state == SignOffState.WAITING else now
        if still_open.update(co_signed_at=now, co_signed_by=actor.label, co_signed_key=actor.key, look_at=at):
            note_sign_off(actor, found, "co_signed", now)
        elif not SignOff.objects.filter(id=found.id, co_signed_at__isnull=False).exists():
            raise CannotSignOff("sign_off.too_late")
    return queries.sign_off(actor=actor, sign_off_id=sign_off_id)


def demand_signer(actor: Actor, person_id: UUID, item: Any) -> None:
    """Raise CannotSignOff unless the actor is set up for an item, and is not the person themself."""
    if people_queries.is_self(actor=actor, person_id=person_id):
        raise CannotSignOff("sign_off.own")
    if not queries.may_sign(actor=actor, item_id=item.id):
        raise CannotSignOff("sign_off.not_set_up", item=str(item))


def note_sign_off(actor: Actor, one: SignOff, event: str, now: datetime) -> None:
    """The journal entry of what happens to one sign-off."""
    data = {"item": str(one.item), "sign_off": str(one.id), "day": one.day.isoformat()}
    note(actor=actor, subject=one.person_id, event=f"sign_off.{event}", data=data, now=now)
