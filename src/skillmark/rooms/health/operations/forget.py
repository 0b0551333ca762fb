"""Delete a person: their sealed rows go with them, unread."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from skillmark.rooms.health.models import HealthFile, HealthRecord
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor


@transaction.atomic
def forget_person(*, actor: Actor, person_ids: Collection[UUID]) -> None:
    """Delete everything here about these people. Needs no permission of this room, since nothing is read. Raises CannotDo.

    The journal entry is written by whoever deletes the person as a whole.
    """
    people.demand(actor=actor, action="person.forget")
    for model in (HealthRecord, HealthFile):
        model._default_manager.filter(org_id=actor.org_id, person_id__in=person_ids).delete()
