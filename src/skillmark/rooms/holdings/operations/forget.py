"""Let go of everything about one person, with the files that speak for nobody else."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from skillmark.rooms.holdings.models import Ask, Holding, LoosePhoto, Photo, PosterPhoto, Signature, SourceCheck, StoredFile
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor


@transaction.atomic
def forget_person(*, actor: Actor, person_ids: Collection[UUID], names: Collection[str]) -> list[UUID]:
    """Delete what somebody holds, with photos, look-ups, signatures, notes and requests; and what waits under their name.

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
    files = {
        *photos.values_list("file_id", flat=True), *photos.values_list("original_id", flat=True),
        *looks.values_list("screenshot_id", flat=True), *posted.values_list("file_id", flat=True),
        *loose.values_list("file_id", flat=True), *loose.values_list("original_id", flat=True),
    }  # fmt: skip
    checked = Signature.objects.filter(holding__in=holdings).exclude(checked_item_id=None)
    item_ids = list(checked.values_list("checked_item_id", flat=True))
    loose.delete()
    posted.delete()
    Ask.objects.filter(org_id=actor.org_id, person_id__in=person_ids).delete()
    holdings.delete()
    for file in StoredFile.objects.filter(org_id=actor.org_id, id__in=files - {None}).defer("body"):
        if not _is_used(file):
            file.delete()
    return item_ids


def _is_used(file: StoredFile) -> bool:
    """Whether anything else shows the same content."""
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and (relation.one_to_many or relation.one_to_one)):
            continue
        if relation.related_model._base_manager.filter(**{relation.field.name: file}).exists():
            return True
    return False
