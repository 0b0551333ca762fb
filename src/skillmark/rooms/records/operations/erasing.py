"""A person erases their own page. Final: its key is destroyed, and a backup that comes back loses it again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.apps import apps
from django.db import transaction

from skillmark.errors import DomainError
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.journal import queries as told
from skillmark.rooms.people import operations as people
from skillmark.rooms.people import queries as firms
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.people.rules.names import fold
from skillmark.rooms.records.models import Erased
from skillmark.rooms.records.operations.joining import JOINED
from skillmark.rooms.records.rules.erased import erased_digest
from skillmark.rooms.signing import operations as signing

_BY = "Erased page"


class CannotErase(DomainError):
    """The page stays as it is."""


@transaction.atomic
def erase(*, actor: Actor, typed_name: str, now: datetime) -> None:
    """Delete everything in the actor's own space and destroy its keys. It cannot be undone.

    What firms have given stays in their own lists; the space's journal keeps when something happened, and no word of it.
    Pages that were joined into this one before are erased with it: an older backup still has them.
    Raises CannotErase `erase.other_name` unless the name was typed as it stands on the page.
    """
    people.demand(actor=actor, action="record.change")
    if fold(typed_name) != fold(firms.organisation(actor=actor).name):
        raise CannotErase("erase.other_name")
    _erase(actor.org_id, now)
    journal.write(org_id=actor.org_id, actor=_BY, actor_id="", event="records.space.erased", subject_id=actor.org_id, now=now)


@transaction.atomic
def erase_again(*, digests: Collection[str], now: datetime) -> int:
    """After an older backup came back: whatever space is named there is erased again. Returns how many there were."""
    back = [one for one in firms.own_spaces() if erased_digest(one) in set(digests)]
    for space_id in back:
        _erase(space_id, now)
        journal.write(
            org_id=space_id, actor=_BY, actor_id="", event="records.space.erased_again", subject_id=space_id, now=now
        )
    for digest in digests:
        Erased.objects.get_or_create(digest=digest, defaults={"at": now})
    return len(back)


def _erase(space_id: UUID, now: datetime) -> None:
    people.forget_own_space(org_id=space_id)  # first: from here on nobody puts anything into it
    for joined in _joined(space_id):
        _erase(joined, now)
    for model in apps.get_app_config("records").get_models():
        if any(field.name == "org" for field in model._meta.concrete_fields):  # also tables that are added later
            model._base_manager.filter(org_id=space_id).delete()
    credentials.erase_space(org_id=space_id)
    signing.shred(org_id=space_id)
    journal.keep_ids_only(org_id=space_id, instead=_BY)
    Erased.objects.get_or_create(digest=erased_digest(space_id), defaults={"at": now})


def _joined(space_id: UUID) -> list[UUID]:
    """The pages that have become part of this one."""
    entries = told.entries(org_id=space_id, events=[JOINED])
    return [UUID(one.data["page"]) for one in entries if "page" in one.data]
