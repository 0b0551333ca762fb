"""What a person keeps in their own space, opened with its key."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from skillmark.errors import NotFound
from skillmark.rooms.credentials import rules
from skillmark.rooms.credentials.models import Held, Issued
from skillmark.rooms.credentials.queries.proofs import signed
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.signing import operations as signing

_LINE = ("id", "title", "giver", "verdict", "code", "checked_at", "valid_until", "names_other", "issued_id",
         "issued__time_zone")  # fmt: skip


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A kept proof without its document, and what is known of it today.

    `is_ours`: it was given on this server, which knows at once what becomes of it. `time_zone` is where the days of its giver
    begin; empty: nobody here knows.
    """

    id: UUID
    title: str
    giver: str
    known: rules.Known
    valid_until: datetime | None
    names_other: bool
    is_ours: bool
    time_zone: str


def kept_lines(*, actor: Actor, now: datetime) -> list[KeptLine]:
    """Everything in the actor's own space, newest first, as the last checks left it: asks nobody, and opens nothing."""
    rows = list(Held.objects.filter(org_id=actor.org_id).values_list(*_LINE))
    stopped = _stopped({row[-2] for row in rows if row[-2] is not None})
    lines = []
    for id_, title, giver, verdict, code, checked_at, valid_until, names_other, issued_id, zone in rows:
        known = rules.Known(verdict, code, checked_at)
        if issued_id is not None:
            known = rules.known_here(known=known, stopped=stopped.get(issued_id, ""), now=now)
        known = rules.known_today(known=known, valid_until=valid_until, now=now)
        lines.append(KeptLine(id_, title, giver, known, valid_until, names_other, issued_id is not None, zone or ""))
    return lines


def _stopped(issued_ids: Collection[UUID]) -> dict[UUID, str]:
    """Those of our own that are cancelled, paused or under review, and which."""
    if not issued_ids:
        return {}
    found = {one.id: _why(one) for one in signed().filter(id__in=list(issued_ids)).only("id")}
    return {id_: why for id_, why in found.items() if why}


def _why(issued: Issued) -> str:
    if issued.cancelled_at is not None:
        return "status.cancelled"
    if issued.paused_at is not None:
        return "status.paused"
    return "review.open" if issued.answer_by is not None else ""


def held_some(*, actor: Actor, held_ids: Collection[UUID]) -> dict[UUID, Held]:
    """Some things in the actor's own space, by number, each with its `document` and `remark`; others are left out."""
    found = list(Held.objects.filter(org_id=actor.org_id, id__in=list(held_ids)))
    sealer = signing.sealer(org_id=actor.org_id) if found else None
    return {one.id: _open(one, sealer) for one in found if sealer is not None}


def held(*, actor: Actor) -> list[Held]:
    """Everything in the actor's own space, newest first, each with its `document` and `remark`.

    Raises CannotSign `sign.outer_key`.
    """
    found = list(Held.objects.filter(org_id=actor.org_id))
    if found:
        sealer = signing.sealer(org_id=actor.org_id)
        for one in found:
            _open(one, sealer)
    return found


def held_one(*, actor: Actor, held_id: UUID) -> Held:
    """One thing in the actor's own space, with its `document`. Raises NotFound, CannotSign `sign.outer_key`."""
    found = Held.objects.filter(org_id=actor.org_id, id=held_id).first()
    if found is None:
        raise NotFound
    return opened(found)


def opened(held: Held) -> Held:
    """The row with its `document`. Only for this room."""
    return _open(held, signing.sealer(org_id=held.org_id))


def _open(held: Held, sealer: signing.Sealer) -> Held:
    held.document = sealer.unseal(held.sealed)
    held.remark = sealer.unseal(held.comment).decode() if held.comment else ""
    return held


@dataclass(frozen=True, slots=True)
class Step:
    """One proof in the history of another: which came after which, why (renewed, corrected), and which still counts.

    `held_id` is where the person keeps it; None: they do not, or not any more.
    """

    given_at: datetime
    title: str
    why: str
    cancelled_at: datetime | None
    held_id: UUID | None
    is_this: bool


def held_history(*, actor: Actor, held_id: UUID) -> list[Step]:
    """The proofs that came before and after one that was given here, oldest first, itself among them; alone: empty.

    Raises NotFound.
    """
    mine = Held.objects.filter(org_id=actor.org_id)
    at = mine.filter(id=held_id).values_list("issued_id", flat=True).first()
    if at is None:
        if mine.filter(id=held_id).exists():
            return []
        raise NotFound
    before, after = [at], [at]
    every = signed()
    while (older := every.filter(id=before[-1]).values_list("replaces_id", flat=True).first()) is not None:
        before.append(older)
    while (
        newer := every.filter(replaces_id=after[-1]).order_by("-given_at").values_list("id", flat=True).first()
    ) is not None:
        after.append(newer)
    order = [*reversed(before), *after[1:]]
    if len(order) == 1:
        return []
    found = {one.id: one for one in every.filter(id__in=order).defer("document", "payload")}
    kept = dict(mine.filter(issued_id__in=order).values_list("issued_id", "id"))
    return [
        Step(one.given_at, one.title, one.why, one.cancelled_at, kept.get(one.id), one.id == at)
        for id_ in order
        if (one := found.get(id_)) is not None
    ]
