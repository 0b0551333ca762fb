"""Give a proof anew under the key in use now, because somebody else may know the key that signed it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError

from skillmark.rooms.credentials import queries, rules
from skillmark.rooms.credentials.models import Issued
from skillmark.rooms.credentials.operations.cancel import note_cancelled
from skillmark.rooms.credentials.operations.give import Asked, CannotGive, given
from skillmark.rooms.credentials.queries.by_key import ANEW
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.signing import queries as keys

ANEW_REASON = "Signed anew with another key"


def give_anew(*, actor: Actor, issued_id: UUID, now: datetime) -> tuple[Issued, UUID]:
    """The new proof, which says what the old one says and ends when that ends; and the list of the old one.

    Asked again, it is the same new proof, unless the key was changed in between.
    In the moment in which the new one counts, the old one is cancelled. That list is not published here: whoever gives
    many anew calls `publish` once for all. Raises NotFound; CannotGive as `give`; `signing.operations.CannotSign`.
    Call it outside any transaction.
    """
    people.demand(actor=actor, action="proof.give")
    people.demand(actor=actor, action="proof.cancel")
    old = queries.proof(actor=actor, issued_id=issued_id)
    request_key = f"{ANEW}{old.id}:{keys.active_key(actor=actor).public_multibase[-12:]}"
    asked = Asked(
        person_id=old.person_id, template_id=old.version.template_id, version_id=old.version_id, level=old.level,
        observed_on=old.observed_on, note=old.note, told=old.evidence, history=old.history, person_name=old.person_name,
        counts_from=rules.day_there(moment=old.given_at, time_zone=old.time_zone), replaces=old.id, why=rules.CORRECTED,
    )  # fmt: skip

    def also(new: Issued) -> None:
        note_cancelled(actor=actor, issued=old, reason=ANEW_REASON, is_public=True, now=now)

    try:
        return given(actor=actor, asked=asked, request_key=request_key, also=also, now=now), old.entry.list_id
    except IntegrityError:  # cancelled by somebody else at this very moment
        if queries.proof(actor=actor, issued_id=issued_id).cancelled_at is None:
            raise
        raise CannotGive("proof.cancelled") from None
