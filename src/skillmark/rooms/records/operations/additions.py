"""What a person hands over for their page: written down first, then looked at thing by thing, so that nothing is lost.

A thing is taken (`take_item`), checked outside any transaction, and put down (`put_item`). Whatever dies in between: it is
taken again later. A thing that has outlived three workers is put down as not looked at.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Max, Q, Sum
from django.db.models.functions import Length

from skillmark.errors import DomainError, NotFound
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records.models import AddedItem, Addition
from skillmark.rooms.records.queries.additions import Taken, addition, taken
from skillmark.rooms.records.rules import additions as rules
from skillmark.rooms.signing import operations as signing

State = AddedItem.State
KEEPS_BODY = frozenset({State.ASKS, State.SAY, State.AGAIN})
"""What was handed over is needed once more: to keep it after all, to say it, to try again."""
_AT_ONCE = 200
_LOOK = 8  # more than work side by side


class CannotAdd(DomainError):
    """Nothing was written down."""


def add_items(*, actor: Actor, rows: Sequence[rules.Row], now: datetime, into: UUID | None = None) -> Addition:
    """Write down what was handed over; `into`: an addition of a moment ago that is not over yet gets more.

    A row is (name, kind, body); kind `file`, `text`, `link` (body is the address) or `problem` (body is the code of why it
    could not be opened). Raises CannotAdd `add.nothing`, `add.too_many`, `add.too_large` (fact `most`); NotFound, CannotDo.
    """
    people.demand(actor=actor, action="record.change")
    if not rows:
        raise CannotAdd("add.nothing")
    with transaction.atomic():
        people.hold_own_space(org_id=actor.org_id)
        sealer = signing.sealer(org_id=actor.org_id)
        at = _place(actor, into, now)
        last = at.items.aggregate(last=Max("number"))["last"] or 0
        if last + len(rows) > rules.MOST_ITEMS:
            raise CannotAdd("add.too_many", most=f"{rules.MOST_ITEMS:,}")
        if _lying(actor) + sum(len(body) for _, _, body in rows) > rules.MOST_BYTES:
            raise CannotAdd("add.too_large", most=str(rules.MOST_BYTES // 2**20))
        made = [_item(at, number, row, sealer) for number, row in enumerate(rows, last + 1)]
        AddedItem.objects.bulk_create(made, batch_size=_AT_ONCE)
        _settle(at, now)
        _note(actor, at, "made", now, count=len(rows))
    return addition(actor=actor, addition_id=at.id)


def take_item(*, addition_id: UUID, now: datetime, number: int | None = None) -> Taken | None:
    """The next thing to look at (or this one), with its body, for whoever does the work; None: there is none at present.

    It belongs to whoever took it until it is put down, or for five minutes. For desks alone: it takes no actor.
    """
    free = Q(claimed_at=None) | Q(claimed_at__lte=now - rules.CLAIM_LASTS)
    waiting = AddedItem.objects.filter(free, addition_id=addition_id, state=State.WAITING, addition__stopped_at=None)
    if number is not None:
        waiting = waiting.filter(number=number)
    for row in waiting.select_related("addition__org").defer("sealed").order_by("tries", "number")[:_LOOK]:
        mine = AddedItem.objects.filter(id=row.id, state=State.WAITING, claimed_at=row.claimed_at, tries=row.tries)
        if not mine.update(claimed_at=now, tries=row.tries + 1):
            continue  # another worker was quicker
        if row.tries >= rules.TRIES:
            put_item(item_id=row.id, state=State.REFUSED, told=[{"code": "check.interrupted"}], now=now)
            continue
        return taken(row)
    return None


def put_item(*, item_id: int, state: str, told: Sequence[dict[str, Any]], now: datetime) -> None:
    """Put a thing down with what became of it; `told` is JSON, which a page puts into words. The last one ends it all."""
    with transaction.atomic():
        row = AddedItem.objects.select_for_update().select_related("addition").filter(id=item_id).first()
        if row is None:  # the person let go of the list in the meantime
            return
        sealer = signing.sealer(org_id=row.addition.org_id)
        row.state, row.claimed_at, row.told = state, None, sealer.seal(json.dumps(list(told)).encode())
        if state not in KEEPS_BODY:
            row.sealed = b""
        row.save(update_fields=["state", "claimed_at", "told", "sealed"])
        _settle(row.addition, now)


def wait_again(*, actor: Actor, addition_id: UUID, number: int, now: datetime) -> None:
    """Look at one thing once more. Raises NotFound, also where nothing of it was kept to look at."""
    people.demand(actor=actor, action="record.change")
    at = addition(actor=actor, addition_id=addition_id)
    fresh = {"state": State.WAITING, "claimed_at": None, "tries": 0}
    if not AddedItem.objects.filter(addition_id=at.id, number=number, state__in=KEEPS_BODY).update(**fresh):
        raise NotFound
    Addition.objects.filter(id=at.id).update(ended_at=None, stopped_at=None)


def said_item(*, actor: Actor, addition_id: UUID, number: int, now: datetime) -> None:
    """The person has said it themselves, or wants nothing more of it: it is let go of. Raises NotFound."""
    people.demand(actor=actor, action="record.change")
    at = addition(actor=actor, addition_id=addition_id)
    found = AddedItem.objects.filter(addition_id=at.id, number=number, state__in=KEEPS_BODY)
    if not found.update(state=State.REFUSED, sealed=b""):
        raise NotFound


def stop_addition(*, actor: Actor, addition_id: UUID, now: datetime) -> None:
    """Stop; what was looked at stays. Over or stopped already: nothing happens. Raises NotFound."""
    people.demand(actor=actor, action="record.change")
    at = addition(actor=actor, addition_id=addition_id)
    with transaction.atomic():
        if Addition.objects.filter(id=at.id, stopped_at=None, ended_at=None).update(stopped_at=now):
            _note(actor, at, "stopped", now)


def resume_addition(*, actor: Actor, addition_id: UUID, now: datetime) -> None:
    """Go on where it stopped. Not stopped: nothing happens. Raises NotFound."""
    people.demand(actor=actor, action="record.change")
    at = addition(actor=actor, addition_id=addition_id)
    with transaction.atomic():
        if Addition.objects.filter(id=at.id).exclude(stopped_at=None).update(stopped_at=None):
            at.items.filter(state=State.WAITING).update(claimed_at=None, tries=0)
            _note(actor, at, "resumed", now)


def forget_addition(*, actor: Actor, addition_id: UUID, now: datetime) -> None:
    """The list goes, with what was not kept; what was kept stays on the page. Raises NotFound."""
    people.demand(actor=actor, action="record.change")
    at = addition(actor=actor, addition_id=addition_id)
    with transaction.atomic():
        _note(actor, at, "forgotten", now)
        at.delete()


def drop_additions(*, now: datetime) -> int:
    """Forget lists that are older than a week, whoever they belong to: nobody came back. For the job alone."""
    return Addition.objects.filter(made_at__lt=now - rules.STAYS).delete()[0]


def _place(actor: Actor, into: UUID | None, now: datetime) -> Addition:
    if into is None:
        return Addition.objects.create(id=uuid4(), org_id=actor.org_id, made_at=now)
    found = Addition.objects.select_for_update().filter(org_id=actor.org_id, id=into).first()
    if found is None:
        raise NotFound
    return found


def _lying(actor: Actor) -> int:
    """Bytes of everything that this person has handed over and that is still needed."""
    mine = AddedItem.objects.filter(addition__org_id=actor.org_id)
    return mine.aggregate(size=Sum(Length("sealed")))["size"] or 0


def _item(at: Addition, number: int, row: rules.Row, sealer: signing.Sealer) -> AddedItem:
    name, kind, body = row
    made = AddedItem(addition=at, number=number, name=rules.storable_name(name), kind=kind)
    if kind == rules.PROBLEM:
        made.state = State.REFUSED
        made.told = sealer.seal(json.dumps([{"code": body.decode("ascii", "replace")[:60]}]).encode())
    else:
        made.sealed = sealer.seal(body)
    return made


def _settle(at: Addition, now: datetime) -> None:
    """Over when nothing waits any more; begun again when something does."""
    waits = AddedItem.objects.filter(addition_id=at.id, state=State.WAITING).exists()
    Addition.objects.filter(id=at.id, ended_at__isnull=not waits).update(ended_at=None if waits else now)


def _note(actor: Actor, at: Addition, what: str, now: datetime, **data: int) -> None:
    journal.write(
        org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event=f"records.addition.{what}", subject_id=at.id,
        data=data, now=now,
    )  # fmt: skip
