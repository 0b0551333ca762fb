"""Places in the public lists: which list a new proof goes to, and a place in it that nobody can guess."""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Count

from skillmark.rooms.credentials import rules
from skillmark.rooms.credentials.models import Issued, StatusEntry, StatusList

PURPOSE = "revocation"


def open_list(*, org_id: UUID, issuer: str, base_url: str, now: datetime) -> StatusList:
    """A list of this issuer at this address with room in it; made when there is none.

    Two requests may each make one at the same moment: that costs a little room and harms nothing.
    """
    start = f"{base_url}/status/"
    mine = StatusList.objects.filter(org_id=org_id, purpose=PURPOSE, issuer=issuer, url__startswith=start)
    roomy = mine.annotate(taken=Count("entries")).filter(taken__lt=rules.STATUS_FULL).order_by("made_at").first()
    if roomy is not None:
        return roomy
    new = uuid4()
    return StatusList.objects.create(
        id=new, org_id=org_id, purpose=PURPOSE, issuer=issuer, url=f"{start}{new}", length=rules.STATUS_LENGTH, made_at=now
    )


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
