"""Where a space stands open: noted when it is opened, ended by its person from any other device."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from skillmark.errors import NotFound
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor, Role
from skillmark.rooms.records import rules
from skillmark.rooms.records.models import Opening


def note_opening(*, actor: Actor, way: str, device: str, now: datetime) -> UUID:
    """The space is open in one more browser: the number of this opening, which the browser's session carries.

    `way` is slip, passkey, recovery or claim; `device` what kind of device it is, as the edge could tell.
    Raises NotFound for a space that was erased at this moment.
    """
    people.demand(actor=actor, action="record.change")
    with transaction.atomic():
        people.hold_own_space(org_id=actor.org_id)
        made = Opening.objects.create(org_id=actor.org_id, way=way, device=device[:80], opened_at=now, seen_at=now)
        _note(actor, "records.page.opened", made.id, now, way=way, device=device)
    return made.id


def note_visit(*, actor: Actor, opening_id: UUID, now: datetime) -> bool:
    """Whether the opening still stands. When it was last looked at is written down at most once a minute."""
    mine = Opening.objects.filter(org_id=actor.org_id, id=opening_id, ended_at=None)
    seen_at = mine.values_list("seen_at", flat=True).first()
    if seen_at is not None and now - seen_at >= rules.SEEN_EVERY:
        mine.update(seen_at=now)
    return seen_at is not None


def keep_copy(*, actor: Actor, opening_id: UUID, now: datetime) -> None:
    """This device keeps a copy to read without a network, until the opening is ended. Raises NotFound, CannotDo."""
    people.demand(actor=actor, action="record.change")
    with transaction.atomic():
        if not Opening.objects.filter(org_id=actor.org_id, id=opening_id, ended_at=None).update(kept_at=now):
            raise NotFound
        _note(actor, "records.copy.kept", opening_id, now)


def end_opening(*, actor: Actor, opening_id: UUID, now: datetime) -> None:
    """Close the space there. Ended before: nothing happens. Raises NotFound, CannotDo."""
    people.demand(actor=actor, action="record.change")
    mine = Opening.objects.filter(org_id=actor.org_id, id=opening_id)
    if not mine.exists():
        raise NotFound
    with transaction.atomic():
        if mine.filter(ended_at=None).update(ended_at=now):
            _note(actor, "records.page.closed", opening_id, now)


def end_other_openings(*, actor: Actor, stay: Collection[UUID] = (), now: datetime) -> int:
    """Close the space everywhere but in the openings that `stay`: how many were closed. Raises CannotDo."""
    people.demand(actor=actor, action="record.change")
    with transaction.atomic():
        others = Opening.objects.filter(org_id=actor.org_id, ended_at=None).exclude(id__in=stay)
        ended = others.update(ended_at=now)
        if ended:
            _note(actor, "records.page.closed_elsewhere", actor.org_id, now, count=str(ended))
    return ended


def end_copy(*, opening_id: UUID, now: datetime) -> None:
    """A device lets go of its copy, and the opening in which it was kept ends. Its number is the permission.

    Nothing happens for a number that is unknown or over.
    """
    found = Opening.objects.filter(id=opening_id, ended_at=None, kept_at__isnull=False).select_related("org").first()
    if found is not None:
        end_opening(actor=Actor(org_id=found.org_id, role=Role.WORKER, name=found.org.name), opening_id=opening_id, now=now)


def drop_openings(*, now: datetime) -> int:
    """Forget openings that are long over, for a job: how many went."""
    old, kept = now - rules.FORGOTTEN_AFTER, now - rules.COPY_FORGOTTEN_AFTER
    over = Q(ended_at__lt=old) | Q(ended_at=None, kept_at=None, seen_at__lt=old) | Q(ended_at=None, seen_at__lt=kept)
    return Opening.objects.filter(over).delete()[0]


def _note(actor: Actor, event: str, subject_id: UUID, now: datetime, **data: str) -> None:
    journal.write(
        org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event=event, subject_id=subject_id, data=data, now=now
    )
