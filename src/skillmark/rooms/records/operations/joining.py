"""Two pages of one person become one. The firms see nothing of it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor, Role
from skillmark.rooms.records.models import (
    Access,
    AddedItem,
    Addition,
    Consent,
    Opening,
    Passkey,
    RecoveryCode,
    Share,
    SharedItem,
    Statement,
)
from skillmark.rooms.records.operations import access
from skillmark.rooms.signing import operations as signing

JOINED = "records.page.joined"
"""The entry of the page that stays; its `page` is the one of before, which is erased together with it."""


def join_page(*, actor: Actor, slip_code: str, pin: str, now: datetime) -> int:
    """Move everything from another page of the same person into this one: how many proofs came along.

    Who has the slip and the PIN of both pages has both. All or nothing: proofs (what both keep is there once), what the person
    said, links that others have (they go on), and what was agreed to. Then nothing opens the other page any more, and nothing
    lies there. Raises CannotOpen `record.same`, and as `open`; CannotDo, CannotSign, NotFound. Outside any transaction.
    """
    people.demand(actor=actor, action="record.change")
    lock = access.tried(slip_code=slip_code, pin=pin, now=now)
    if lock.org_id == actor.org_id:
        raise access.CannotOpen("record.same")
    other = Actor(org_id=lock.org_id, role=Role.WORKER, name=lock.org.name)
    with transaction.atomic():
        people.move_own_space(actor=other, into=actor)
        for page in sorted((actor.org_id, other.org_id)):  # in one order: joined with each other at once, one of them waits
            people.hold_own_space(org_id=page)
        if Access.objects.filter(id=lock.id).delete()[0] == 0:  # moved in another window
            raise access.CannotOpen("record.wrong")
        moved = credentials.move_held(actor=other, into=actor)
        _move_rest(other, actor, moved)
        for way in (Passkey, RecoveryCode):
            way.objects.filter(org_id=other.org_id).delete()
        Opening.objects.filter(org_id=other.org_id, ended_at=None).update(ended_at=now)
        if signing.move_party(org_id=other.org_id, into=actor.org_id, now=now):
            signing.shred(org_id=other.org_id)  # whatever copy there is of what lay there: nobody reads it any more
        people.forget_own_space(org_id=other.org_id)
        _note(other, "records.page.moved", now)
        _note(actor, JOINED, now, count=str(len(moved)), name=other.name, page=str(other.org_id))
    return len(moved)


def _move_rest(other: Actor, actor: Actor, moved: dict[UUID, UUID]) -> None:
    theirs, mine = signing.sealer(org_id=other.org_id), signing.sealer(org_id=actor.org_id)

    def sealed_anew(body: bytes | memoryview) -> bytes:
        return mine.seal(theirs.unseal(body))

    for said in Statement.objects.filter(org_id=other.org_id):
        said.org_id, said.sealed = actor.org_id, sealed_anew(said.sealed)
        said.photo = sealed_anew(said.photo) if said.photo else b""
        said.save(update_fields=["org_id", "sealed", "photo"])
    for item in SharedItem.objects.filter(share__org_id=other.org_id):
        item.sealed, item.held_id = sealed_anew(item.sealed), moved.get(item.held_id) if item.held_id else None
        item.save(update_fields=["sealed", "held_id"])
    for added in AddedItem.objects.filter(addition__org_id=other.org_id):
        added.sealed, added.told = (sealed_anew(body) if body else b"" for body in (added.sealed, added.told))
        added.save(update_fields=["sealed", "told"])
    Addition.objects.filter(org_id=other.org_id).update(org_id=actor.org_id)
    for model in (Share, Consent):
        for one in model.objects.filter(org_id=other.org_id):
            one.org_id, one.sealed = actor.org_id, sealed_anew(one.sealed)
            one.save(update_fields=["org_id", "sealed"])


def _note(actor: Actor, event: str, now: datetime, **data: str) -> None:
    journal.write(
        org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event=event, subject_id=actor.org_id, data=data, now=now
    )
