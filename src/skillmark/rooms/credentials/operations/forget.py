"""Let go of everything about one person: the proofs stay with the person alone."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from skillmark.rooms.credentials.models import BatchRow, Check, CheckedItem, Issued, Offer, Pause, RunRow, StatusChange
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor


@transaction.atomic
def forget_person(
    *, actor: Actor, person_ids: Collection[UUID], names: Collection[str], item_ids: Collection[UUID], now: datetime
) -> list[UUID]:
    """Delete the firm's copies of somebody's proofs, and the checks of `item_ids` and of whatever names them.

    `names` are names that nobody else here bears. A proof that was cancelled stays cancelled, without its reason. Whoever
    kept a proof still has it, and it checks as before. Returns the ids of what is gone. Raises CannotDo.
    """
    people.demand(actor=actor, action="person.forget")
    proofs = Issued.objects.filter(org_id=actor.org_id, person_id__in=person_ids)
    gone = list(proofs.values_list("id", flat=True))
    for list_id, index in proofs.exclude(entry=None).values_list("entry__list_id", "entry__index"):
        StatusChange.objects.filter(list_id=list_id, index=index).update(reason="")
        Pause.objects.filter(list_id=list_id, index=index).update(reason="")
    for issued_id in gone:
        journal.write(
            org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event="credentials.proof.forgotten",
            subject_id=issued_id, now=now,
        )  # fmt: skip
    Offer.objects.filter(issued__in=gone).delete()
    listed = RunRow.objects.filter(run__org_id=actor.org_id, person_id__in=person_ids)
    listed.filter(state=RunRow.State.WAITING).update(state=RunRow.State.LEFT_OUT)
    listed.update(name="", email="", phone="", staff_number="", said={})
    proofs.delete()
    about = Q(id__in=item_ids)
    for name in names:
        about |= Q(checks__person__iexact=name) | Q(name__icontains=name)
    items = list(CheckedItem.objects.filter(about, org_id=actor.org_id).distinct().values_list("id", flat=True))
    checks = Check.objects.filter(item_id__in=items)
    gone += [*items, *checks.values_list("id", flat=True)]
    rows = BatchRow.objects.filter(batch__org_id=actor.org_id)
    for name in names:
        rows.filter(name__icontains=name, state=BatchRow.State.WAITING).update(state=BatchRow.State.FAILED)
        rows.filter(name__icontains=name).update(name="", body=b"")
    rows.filter(item_id__in=items).update(name="", body=b"")
    checks.delete()
    CheckedItem.objects.filter(id__in=items).delete()
    return gone
