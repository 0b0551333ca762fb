"""Everything that lies in a person's own space goes, when they erase it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction

from skillmark.rooms.credentials.models import AppOffer, Asking, Held, Issued, IssuedForm


@transaction.atomic
def erase_space(*, org_id: UUID) -> None:
    """Delete what is kept there, and what was handed over from there. For the room that erases the space.

    What a firm has given stays in that firm's own list, as it would for somebody who never kept it; the copies of it that
    were tied to the person's app go.
    """
    IssuedForm.objects.filter(issued__own_org_id=org_id).exclude(holder="").delete()
    AppOffer.objects.filter(org_id=org_id).delete()
    Asking.objects.filter(org_id=org_id).delete()
    Held.objects.filter(org_id=org_id).delete()
    Issued.objects.filter(own_org_id=org_id).update(own_org_id=None)
