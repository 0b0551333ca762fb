"""What people say is wrong on their proofs, for both sides, and how a proof stands by what this server knows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from skillmark.errors import NotFound
from skillmark.rooms.credentials.models import Dispute, Issued, Pause, StatusChange
from skillmark.rooms.credentials.queries.held import held_one
from skillmark.rooms.credentials.queries.proofs import given_by, signed
from skillmark.rooms.people.rules import Actor


@dataclass(frozen=True, slots=True)
class Standing:
    """What this server knows of a proof of its own beyond the published lists.

    `issuer` is who signed it. `reason` is why it was cancelled or paused, where the giver shows it; empty: it does not.
    `answer_by` is the last day on which the giver should answer, while something on it is said to be wrong.
    """

    issuer: str
    reason: str
    answer_by: date | None


def standings(*, issued_ids: Collection[UUID]) -> dict[UUID, Standing]:
    """How proofs of ours stand that are cancelled, paused or under review; others are left out. Public, by identifier."""
    if not issued_ids:
        return {}
    found = {}
    for proof in signed().filter(id__in=list(issued_ids)).select_related("entry__list").defer("document", "payload"):
        if proof.cancelled_at or proof.paused_at or proof.answer_by:
            found[proof.id] = Standing(issuer=proof.entry.list.issuer, reason=_public_reason(proof), answer_by=proof.answer_by)
    return found


def _public_reason(proof: Issued) -> str:
    """Why it was cancelled, else why it is paused, where everybody may read it."""
    place = {"list_id": proof.entry.list_id, "index": proof.entry.index, "is_public": True}
    if proof.cancelled_at is not None:
        return StatusChange.objects.filter(**place).values_list("reason", flat=True).first() or ""
    return Pause.objects.filter(resumed_at=None, **place).values_list("reason", flat=True).first() or ""


def disputes(*, actor: Actor, waiting: bool | None = None) -> list[Dispute]:
    """What people said is wrong on the firm's proofs, those to answer first, the most urgent on top; then newest first.

    `waiting`: only those to answer (True), or only those answered.
    """
    found = Dispute.objects.filter(org_id=actor.org_id, issued__in=given_by(actor=actor).values("id"))
    if waiting is not None:
        found = found.filter(answered_at__isnull=waiting)
    every = list(found.select_related("issued").defer("issued__document", "issued__payload").order_by("-made_at", "id"))
    return sorted(every, key=lambda one: (one.answered_at is not None, one.answer_by if one.answered_at is None else date.max))


def dispute(*, actor: Actor, dispute_id: UUID) -> Dispute:
    """One of them, with its proof. Raises NotFound."""
    found = Dispute.objects.filter(
        org_id=actor.org_id, id=dispute_id, issued__in=given_by(actor=actor).values("id")
    ).select_related("issued").first()  # fmt: skip
    if found is None:
        raise NotFound
    return found


def disputes_of(*, actor: Actor, issued_id: UUID) -> list[Dispute]:
    """What was said of one of the firm's proofs, newest first, answered or not."""
    return [one for one in disputes(actor=actor) if one.issued_id == issued_id]


def my_disputes(*, actor: Actor, held_id: UUID) -> list[Dispute]:
    """What the person said of a proof in their own space, newest first, with the firm's answers. Raises NotFound."""
    held = held_one(actor=actor, held_id=held_id)
    if held.issued_id is None:
        return []
    found = Dispute.objects.filter(issued_id=held.issued_id).select_related("issued")
    return list(found.defer("issued__document", "issued__payload").order_by("-made_at", "id"))


def chain(*, actor: Actor, issued_id: UUID) -> list[UUID]:
    """The proofs that one of the firm's came after and that came after it, oldest first, itself among them."""
    mine = given_by(actor=actor)
    before, after = [issued_id], [issued_id]
    while (older := mine.filter(id=before[-1]).values_list("replaces_id", flat=True).first()) is not None:
        before.append(older)
    newest_first = mine.order_by("-given_at", "id").values_list("id", flat=True)
    while (newer := newest_first.filter(replaces_id=after[-1]).first()) is not None:
        after.append(newer)
    return [*reversed(before), *after[1:]]
