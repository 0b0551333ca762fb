"""Is signing stopped, and for what?"""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from skillmark.rooms.people.rules import Actor
from skillmark.rooms.signing.models import Stop


def standing(*, org_id: UUID, template_id: UUID | None = None, key_id: UUID | None = None) -> Stop | None:
    """What stops a proof of this kind by this key now; None: nothing. The widest stop comes first.

    Without `template_id` and `key_id`: what stops the whole firm.
    """
    everything = Q(org_id=None)
    firm = Q(org_id=org_id, template_id=None, key_id=None)
    narrow = Q(pk=None)
    if template_id is not None:
        narrow |= Q(org_id=org_id, template_id=template_id)
    if key_id is not None:
        narrow |= Q(org_id=org_id, key_id=key_id)
    found = list(Stop.objects.filter(everything | firm | narrow, ended_at=None))
    return min(found, key=_width, default=None)


def _width(one: Stop) -> tuple[bool, bool]:
    return one.org_id is not None, one.template_id is not None or one.key_id is not None


def stops(*, actor: Actor) -> list[Stop]:
    """What is stopped now, the stop of the whole server included, oldest first."""
    return list(Stop.objects.filter(Q(org_id=actor.org_id) | Q(org_id=None), ended_at=None))
