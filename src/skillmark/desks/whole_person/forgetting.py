"""Delete a person."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.health import operations as health
from skillmark.rooms.holdings import operations as holdings
from skillmark.rooms.imports import operations as imports
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.talent import operations as talent


@transaction.atomic
def forget(*, actor: Actor, person_id: UUID, typed_name: str, now: datetime) -> None:
    """Delete somebody and all that the firm knows of them. It cannot be undone.

    What they keep in their own space stays theirs, and checks as before. The journal keeps when something happened and who
    did it, and calls the person by a word that names nobody. Raises NotFound, `forget.other_name`, CannotDo.
    """
    whole = people.whole_record(actor=actor, person_id=person_id, typed_name=typed_name)
    ids, own = whole.ids, whole.own_names
    imports.forget_people(org_id=actor.org_id, person_ids=ids)
    gone = talent.forget_person(actor=actor, person_ids=ids)
    health.forget_person(actor=actor, person_ids=ids)
    item_ids = holdings.forget_person(actor=actor, person_ids=ids, names=own)
    gone += credentials.forget_person(actor=actor, person_ids=ids, names=own, item_ids=item_ids, now=now)
    people.forget_person(actor=actor, person_id=person_id, typed_name=typed_name, also=gone, now=now)
