"""Let go of everything about one person."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.talent.models import Exemption, ScanCode, Showing, StartList


@transaction.atomic
def forget_person(*, actor: Actor, person_ids: Collection[UUID]) -> list[UUID]:
    """Delete exemptions, start lists, codes and what they showed; the ids of what is gone. Raises CannotDo."""
    people.demand(actor=actor, action="person.forget")
    gone: list[UUID] = []
    for model in (Exemption, ScanCode, Showing, StartList):
        rows = model._default_manager.filter(org_id=actor.org_id, person_id__in=person_ids)
        gone += rows.values_list("id", flat=True)
        rows.delete()
    return gone
