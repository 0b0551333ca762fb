"""What a firm has checked, and in batches of many.

A supervisor of some sites sees what they have checked themselves: what was handed over names somebody, but nothing tells
where that person works, or whether they work here at all.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from skillmark.errors import NotFound
from skillmark.rooms.credentials import rules
from skillmark.rooms.credentials.models import Batch, BatchRow, Check, CheckedItem
from skillmark.rooms.people.rules import Actor


def checks(
    *,
    actor: Actor,
    verdict: str = "",
    text: str = "",
    batch_id: UUID | None = None,
    after: UUID | None = None,
    most: int = 50,
) -> list[Check]:
    """The last answer about each proof, newest first, with its item but without reports and files.

    `verdict` narrows to one answer, `text` to a part of the title, the person, the giver or the item's name, `batch_id` to
    what was kept for one batch (there each answer as it was then). `after` is the last one of the page before.
    Raises NotFound for an `after` or a batch that is not the firm's.
    """
    found = _seen_by(actor).filter(batch=batch(actor=actor, batch_id=batch_id)) if batch_id else _last(actor)
    if verdict:
        found = found.filter(verdict=verdict)
    if wanted := text.strip().replace("\0", ""):
        found = found.filter(
            Q(title__icontains=wanted)
            | Q(person__icontains=wanted)
            | Q(giver__icontains=wanted)
            | Q(item__name__icontains=wanted)
        )
    if after is not None:
        last = check(actor=actor, check_id=after)
        found = found.filter(Q(made_at__lt=last.made_at) | Q(made_at=last.made_at, id__lt=last.id))
    return list(found.select_related("item").defer("report", "item__body")[:most])


def check_counts(*, actor: Actor) -> dict[str, int]:
    """How many proofs have which last answer; an answer that none has is left out."""
    return dict(_last(actor).order_by().values_list("verdict").annotate(Count("id")))


def check(*, actor: Actor, check_id: UUID) -> Check:
    """One of the firm's checks with its item. Raises NotFound."""
    found = _seen_by(actor).filter(id=check_id).select_related("item").first()
    if found is None:
        raise NotFound
    return found


def checked_item(*, actor: Actor, item_id: UUID) -> CheckedItem:
    """One of the firm's checked items. Raises NotFound."""
    items = CheckedItem.objects.filter(org_id=actor.org_id, id=item_id)
    found = (items.filter(checks__made_by_key=actor.key).distinct() if actor.sites else items).first()
    if found is None:
        raise NotFound
    return found


def file_names_of(*, actor: Actor, item_ids: Collection[UUID]) -> dict[UUID, str]:
    """What several of the firm's checked files and texts are called, by id, as `files_of`."""
    found = CheckedItem.objects.filter(org_id=actor.org_id, id__in=list(item_ids)).exclude(kind=CheckedItem.Kind.LINK)
    return dict(found.values_list("id", "name"))


def files_of(*, actor: Actor, item_ids: Collection[UUID]) -> dict[UUID, tuple[str, bytes]]:
    """(name, bytes) of several of the firm's checked files and texts, by id; links and what is another's are left out.

    For what is attached to the evidence of people whom the actor may see: the holdings name the ids.
    """
    found = CheckedItem.objects.filter(org_id=actor.org_id, id__in=list(item_ids)).exclude(kind=CheckedItem.Kind.LINK)
    return {id_: (name, bytes(body)) for id_, name, body in found.values_list("id", "name", "body")}


def history_of(*, actor: Actor, item_id: UUID) -> list[Check]:
    """Every answer about one item, newest round first, in each the proofs in order; without reports. Raises NotFound."""
    item = checked_item(actor=actor, item_id=item_id)
    return list(item.checks.order_by("-round", "position").defer("report"))


def due_items(*, now: datetime, most: int) -> list[CheckedItem]:
    """Watched items of all firms that are to be checked again, longest due first, without their bytes. For the job alone."""
    due = CheckedItem.objects.filter(watched=True, next_at__lte=now).defer("body")
    return list(due.order_by("next_at", "id")[:most])


def watched_elsewhere(*, org_id: UUID, issued_id: UUID, giver_ids: Collection[str]) -> list[CheckedItem]:
    """Watched items of other firms here that hold a proof of the firm `org_id`, without their bytes. For the job alone."""
    named = Check.objects.filter(giver_id__in=giver_ids, report__credential__id=f"urn:uuid:{issued_id}")
    mine = named.exclude(org_id=org_id).values("item_id")
    return list(CheckedItem.objects.filter(watched=True, id__in=mine).defer("body").order_by("id"))


def batches(*, actor: Actor) -> list[Batch]:
    """The firm's batches, newest first, each with `done`, `failed` and `left`: how many rows."""
    return list(_counted(actor))


def batch(*, actor: Actor, batch_id: UUID) -> Batch:
    """One of the firm's batches with `done`, `failed` and `left`. Raises NotFound."""
    found = _counted(actor).filter(id=batch_id).first()
    if found is None:
        raise NotFound
    return found


def batch_rows(*, actor: Actor, batch_id: UUID, after: int = 0, most: int = 200) -> list[BatchRow]:
    """Rows of one of the firm's batches in order, from number `after` + 1 on, without their bytes. Raises NotFound."""
    found = batch(actor=actor, batch_id=batch_id).rows.filter(number__gt=after).order_by("number")
    return list(found.defer("body")[:most])


def idle_batches(*, now: datetime) -> list[UUID]:
    """Open batches of all firms on which nobody has worked for five minutes. For the job alone."""
    busy = BatchRow.objects.filter(batch=OuterRef("id"), claimed_at__gt=now - rules.CLAIM_LASTS)
    left = BatchRow.objects.filter(batch=OuterRef("id"), state=BatchRow.State.WAITING)
    states = (Batch.State.WAITING, Batch.State.RUNNING)
    return list(Batch.objects.filter(Exists(left), ~Exists(busy), state__in=states).values_list("id", flat=True))


def _last(actor: Actor) -> QuerySet[Check]:
    return _seen_by(actor).filter(round=F("item__rounds"))


def _seen_by(actor: Actor) -> QuerySet[Check]:
    found = Check.objects.filter(org_id=actor.org_id)
    own = Check.objects.filter(item=OuterRef("item"), made_by_key=actor.key)
    return found.filter(Exists(own)) if actor.sites else found


def _counted(actor: Actor) -> QuerySet[Batch]:
    counts = {f"rows_{state}": Count("rows", filter=Q(rows__state=state)) for state in BatchRow.State.values}
    found = Batch.objects.filter(org_id=actor.org_id, **({"made_by_key": actor.key} if actor.sites else {}))
    return found.annotate(**counts)
