"""Where a person's space stands open, and by which ways it can be opened again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records import rules
from skillmark.rooms.records.models import Access, Opening, Passkey, RecoveryCode


@dataclass(frozen=True, slots=True)
class Sheet:
    """The codes that a person printed: how many are left, and when they were made (None: never)."""

    left: int
    made_at: datetime | None


def has_slip(*, actor: Actor) -> bool:
    """Whether the space has a slip and a PIN."""
    return Access.objects.filter(org_id=actor.org_id).exists()


def has_way_in(*, actor: Actor) -> bool:
    """Whether the space can be opened again, by a slip and a PIN or by face or finger: then nothing else opens it."""
    return has_slip(actor=actor) or Passkey.objects.filter(org_id=actor.org_id).exists()


def openings(*, actor: Actor, now: datetime) -> list[Opening]:
    """Where the space stands open, or where a copy is kept to read without a network; the last visit first."""
    alive = Q(seen_at__gt=now - rules.STAYS_OPEN) | Q(kept_at__isnull=False)
    return list(Opening.objects.filter(alive, org_id=actor.org_id, ended_at=None))


def copy_stays(*, opening_id: UUID) -> bool:
    """Whether a device may go on keeping its copy. The number of the opening is the permission: nobody can guess it."""
    return Opening.objects.filter(id=opening_id, ended_at=None, kept_at__isnull=False).exists()


def keeps_copy(*, actor: Actor, opening_id: UUID) -> bool:
    """Whether a device with this number keeps a copy of the actor's own space, and not of somebody else's."""
    mine = Opening.objects.filter(org_id=actor.org_id, id=opening_id, ended_at=None, kept_at__isnull=False)
    return mine.exists()


def passkeys(*, actor: Actor) -> list[Passkey]:
    """The devices that open the space by face or finger, oldest first."""
    return list(Passkey.objects.filter(org_id=actor.org_id))


def recovery_sheet(*, actor: Actor) -> Sheet:
    """What is left of the printed codes."""
    codes = RecoveryCode.objects.filter(org_id=actor.org_id)
    newest = codes.order_by("-made_at").values_list("made_at", flat=True).first()
    return Sheet(left=codes.filter(used_at=None).count(), made_at=newest)
