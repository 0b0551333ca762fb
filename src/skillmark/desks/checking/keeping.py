"""Check and keep the answer as evidence; check again."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from skillmark.desks.checking.answering import check_kind
from skillmark.rooms.credentials import operations, queries
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor

if TYPE_CHECKING:
    from skillmark.rooms.credentials.models import Check


def check_and_keep(*, actor: Actor, kind: str, name: str, body: bytes, now: datetime) -> list[Check]:
    """Check a `file`, a `text` or a `link` (`body` is the address) and keep each answer; at least one.

    Raises CannotCheck `check.too_large`, `check.kind_unknown`; CannotDo. Call it outside any transaction.
    """
    people.demand(actor=actor, action="check.make")  # before a stranger's address is asked
    operations.demand_checkable(kind=kind, body=body)
    reports = check_kind(kind=kind, name=name, body=body, now=now, org_id=actor.org_id)
    return operations.keep_checks(actor=actor, kind=kind, name=name, body=body, reports=reports, now=now)


def recheck(*, actor: Actor, item_id: UUID, now: datetime) -> list[Check]:
    """Check a kept item once more; the old answers stay. Raises NotFound, CannotDo."""
    people.demand(actor=actor, action="check.make")
    item = queries.checked_item(actor=actor, item_id=item_id)
    return check_and_keep(actor=actor, kind=item.kind, name=item.name, body=bytes(item.body), now=now)


def check_rows(*, now: datetime, most: int, batch_id: UUID) -> int:
    """Check up to `most` rows of a batch, one after the other; how many. 0: there is nothing to do at present.

    Each is taken and put down by itself, so that whatever kills us costs one row a second try.
    """
    done = 0
    while done < most:
        taken = operations.claim_rows(now=now, most=1, batch_id=batch_id)
        if not taken:
            break
        (row,) = taken
        reports = check_kind(kind=row.kind, name=row.name, body=bytes(row.body), now=now, org_id=row.batch.org_id)
        operations.finish_row(row_id=row.id, reports=reports, now=now)
        done += 1
    return done
