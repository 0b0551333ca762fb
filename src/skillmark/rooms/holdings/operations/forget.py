"""Let go of everything about one person, with the files that speak for nobody else."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q

from skillmark.rooms.holdings.models import (
    Ask,
    Holding,
    LoosePhoto,
    Photo,
    PosterPhoto,
    Signature,
    SignOff,
    SourceCheck,
    StoredFile,
)
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor


@transaction.atomic
def forget_person(*, actor: Actor, person_ids: Collection[UUID], names: Collection[str]) -> list[UUID]:
    """Delete what somebody holds, with photos, look-ups, signatures, sign-offs, notes and requests; and what waits under
    their name.

    `names` are names that nobody else here bears. Returns the ids of checked digital files that spoke for it: another room
    keeps those. Raises CannotDo.
    """
    people.demand(actor=actor, action="person.forget")
    holdings = Holding.objects.filter(org_id=actor.org_id, person_id__in=person_ids)
    photos = Photo.objects.filter(holding__in=holdings)
    looks = SourceCheck.objects.filter(holding__in=holdings)
    named, typed = Q(pk__in=()), Q(photo__in=photos)
    for name in names:
        named |= Q(name__icontains=name)
        typed |= Q(typed_name__iexact=name)
    loose = LoosePhoto.objects.filter(named, org_id=actor.org_id)
    posted = PosterPhoto.objects.filter(typed, org_id=actor.org_id)
    seen = SignOff.objects.filter(org_id=actor.org_id, person_id__in=person_ids)
    files = {
        *seen.values_list("photo_id", flat=True),
        *photos.values_list("file_id", flat=True), *photos.values_list("original_id", flat=True),
        *looks.values_list("screenshot_id", flat=True), *posted.values_list("file_id", flat=True),
        *loose.values_list("file_id", flat=True), *loose.values_list("original_id", flat=True),
    }  # fmt: skip
    checked = Signature.objects.filter(holding__in=holdings).exclude(checked_item_id=None)
    item_ids = [one for one in checked.values_list("checked_item_id", flat=True) if one is not None]
    loose.delete()
    posted.delete()
    Ask.objects.filter(org_id=actor.org_id, person_id__in=person_ids).delete()
    seen.delete()
    holdings.delete()
    for file in StoredFile.objects.filter(org_id=actor.org_id, id__in=files - {None}).defer("body"):
        if not _is_used(file):
            file.delete()
    return item_ids


def _is_used(file: StoredFile) -> bool:
    """Whether anything else shows the same content; asked of every table that points at files, also of later ones."""
    pointing = (one for one in StoredFile._meta.get_fields(include_hidden=True) if isinstance(one, models.ManyToOneRel))
    return any(one.related_model._base_manager.filter(**{one.field.name: file}).exists() for one in pointing)
