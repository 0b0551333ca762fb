"""Everything that lies in a person's own space goes, when they erase it."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db import transaction

from skillmark.rooms.credentials.models import AppOffer, Asking, Held, Issued, IssuedForm

_AT_ONCE = 200


@transaction.atomic
def erase_space(*, org_id: UUID) -> None:
    """Delete what is kept there, and what was handed over from there. For the room that erases the space.

    What a firm has given stays in that firm's own list, as kept as before: it is not told that the page is gone, nor reminded
    to hand the proof over. The copies of it that were tied to the person's app go.
    """
    IssuedForm.objects.filter(issued__own_org_id=org_id).exclude(holder="").delete()
    AppOffer.objects.filter(org_id=org_id).delete()
    Asking.objects.filter(org_id=org_id).delete()
    Held.objects.filter(org_id=org_id).delete()
    given = list(Issued.objects.filter(own_org_id=org_id).only("id"))
    for one in given:
        one.own_org_id = uuid4()  # nobody's: nothing ties the proofs of one person together any more
    Issued.objects.bulk_update(given, ["own_org_id"], batch_size=_AT_ONCE)
