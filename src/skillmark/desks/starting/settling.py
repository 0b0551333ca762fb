"""Somebody of the firm says whether what came by a start list is this person's, and what was asked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from skillmark.desks import attaching
from skillmark.rooms.holdings import operations as holdings
from skillmark.rooms.holdings import queries as held
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.talent import operations, queries

NOT_THEIRS = "It does not fit what was asked for."


@transaction.atomic
def settle(*, actor: Actor, brought_id: UUID, fits: bool, now: datetime) -> Any:
    """Yes: the proof counts as its check says. No: it is taken off, and asked for again. Returns talent's Brought.

    Raises NotFound (also when it is settled already), CannotDo.
    """
    found = queries.brought(actor=actor, brought_id=brought_id)
    holding_id = found.holding_id
    if found.settled_at is None and found.doubt and holding_id is not None and found.check_id is not None:
        # What came by the link, no supervisor checked: whoever may settle it may rest on the check, too.
        by = replace(actor, sites=None)
        current = held.history(actor=by, holding_id=holding_id)[0]  # somebody may have corrected it meanwhile
        holding_id = current.id
        if fits:
            holding_id = attaching.confirm(actor=by, holding_id=holding_id, check_id=found.check_id, now=now)
        elif current.superseded_at is None:
            holdings.withdraw(actor=actor, holding_id=holding_id, because=NOT_THEIRS, now=now)
    operations.settle_brought(actor=actor, brought_id=brought_id, fits=fits, holding_id=holding_id, now=now)
    return found
