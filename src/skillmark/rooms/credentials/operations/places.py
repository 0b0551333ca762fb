"""Places in the public lists: which list a new proof goes to, and a place in it that nobody can guess."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from skillmark.rooms.credentials import rules
from skillmark.rooms.credentials.models import Issued, StatusEntry, StatusList


def open_list(*, org_id: UUID, issuer: str, base_url: str, now: datetime) -> StatusList:
    """The list for cancelled proofs of this issuer at this address with room in it; made when there is none.

    `row.paused` is its pair for paused proofs and needs no further query. Call it inside the transaction that reserves.
    Two requests may each make one at the same moment: that costs a little room and harms nothing.
    """
    start = f"{base_url}/status/"
    mine = StatusList.objects.filter(
        org_id=org_id, purpose=rules.Purpose.CANCELLED, issuer=issuer, url__startswith=start, paused__isnull=False
    )
    # Counted beside, not joined: with thousands of places, grouping by every column (the document, too) takes far longer.
    entries = StatusEntry.objects.filter(list=OuterRef("pk")).order_by().values("list")
    count = Subquery(entries.annotate(number=Count("pk")).values("number"))
    roomy = mine.annotate(taken=Coalesce(count, 0)).filter(taken__lt=rules.STATUS_FULL).order_by("made_at")
    found = roomy.select_related("paused").defer("document", "paused__document").first()
    if found is not None:
        return found
    made = _make(org_id=org_id, purpose=rules.Purpose.CANCELLED, issuer=issuer, start=start, now=now)
    _make(org_id=org_id, purpose=rules.Purpose.PAUSED, issuer=issuer, start=start, now=now, sibling=made)
    return made


def _make(
    *, org_id: UUID, purpose: rules.Purpose, issuer: str, start: str, now: datetime, sibling: StatusList | None = None
) -> StatusList:
    new = uuid4()
    return StatusList.objects.create(
        id=new, org_id=org_id, purpose=purpose.value, issuer=issuer, url=f"{start}{new}", length=rules.STATUS_LENGTH,
        made_at=now, sibling=sibling,
    )  # fmt: skip


def draw(*, row: StatusList, issued: Issued) -> StatusEntry:
    """Give the proof a random free place in the list. Call it inside the transaction that reserves the proof."""
    while True:
        index = secrets.randbelow(row.length)
        try:
            with transaction.atomic():  # a savepoint: a taken place must not end the transaction around it
                return StatusEntry.objects.create(list=row, index=index, issued=issued)
        except IntegrityError:
            if not StatusEntry.objects.filter(list=row, index=index).exists():
                raise  # something else is wrong; drawing again would go on for ever


def draw_many(*, org_id: UUID, issuer: str, base_url: str, issued: Sequence[Issued], now: datetime) -> None:
    """Give each proof a random free place, `issued.entry`; when a list gets full on the way, the rest go to the next one.

    The proofs need not be in the database yet. Call it inside the transaction that reserves them.
    """
    left = list(issued)
    while left:
        row = open_list(org_id=org_id, issuer=issuer, base_url=base_url, now=now)
        part = left[: rules.STATUS_FULL - row.__dict__.get("taken", 0)]
        wanted = [StatusEntry(list=row, index=secrets.randbelow(row.length), issued=one) for one in part]
        StatusEntry.objects.bulk_create(wanted, ignore_conflicts=True)  # a place that is taken lets the row go
        landed = dict(StatusEntry.objects.filter(issued_id__in=[one.id for one in part]).values_list("issued_id", "index"))
        for entry in wanted:
            if entry.issued_id in landed:
                entry.index = landed[entry.issued_id]
        left = [one for one in left if one.id not in landed]
