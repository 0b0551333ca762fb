"""What people hold by a proof of ours hears what becomes of it: cancelled, paused, under review, put right.

Checked files are asked again every day; what we signed ourselves we know at once.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from skillmark.errors import NotFound
from skillmark.rooms.credentials import queries as proofs
from skillmark.rooms.credentials.rules import CORRECTED, day_there
from skillmark.rooms.holdings import operations, queries
from skillmark.rooms.people.rules import Actor

_CANCELLED, _PAUSED, _GOOD = ("bad", "status.cancelled"), ("bad", "status.paused"), ("good", "good")


def note_again(*, actor: Actor, issued_id: UUID, now: datetime) -> int:
    """Tell every holding that rests on a proof of the firm how it stands; how many heard something new.

    One that was put right goes over to the proof that took its place. What the worker says is wrong does not count until it
    is answered.
    """
    try:
        proof = proofs.proof(actor=actor, issued_id=issued_id)
    except NotFound:  # forgotten in the meantime
        return 0
    told = 0
    for one in queries.signatures_of_proof(actor=actor, issued_id=issued_id):
        right = _put_right(actor, proof)
        if right is not None:
            _review(actor, one.holding_id, proof, now)
            _go_over(actor, one, right, now)
            told += 1
            continue
        new = (one.verdict, one.code) != _answer(proof)
        if new:
            _note(actor, one.holding_id, one, proof, now)
        told += _review(actor, one.holding_id, proof, now) or new
    return told


def _answer(proof: Any) -> tuple[str, str]:
    if proof.cancelled_at is not None:
        return _CANCELLED
    return _PAUSED if proof.paused_at is not None else _GOOD


def _note(actor: Actor, holding_id: UUID, before: Any, proof: Any, now: datetime) -> None:
    verdict, code = _answer(proof)
    operations.note_signature(
        actor=actor, holding_id=holding_id, giver=proof.giver, verdict=verdict, code=code, own=True, listed=before.listed,
        checked_item_id=before.checked_item_id, position=before.position, issued_id=proof.id, now=now,
    )  # fmt: skip


def _review(actor: Actor, holding_id: UUID, proof: Any, now: datetime) -> bool:
    """Whether it is under review, said of the holding as it is said of the proof. What nobody said of the proof stays."""
    held = queries.holding(actor=actor, holding_id=holding_id)
    is_open = proof.answer_by is not None
    if is_open == (held.disputed_at is not None and held.dispute_ended_at is None):
        return False
    if not is_open and not proofs.disputes_of(actor=actor, issued_id=proof.id):
        return False
    change = operations.dispute if is_open else operations.end_dispute
    change(actor=actor, holding_id=holding_id, now=now)
    return True


def _put_right(actor: Actor, proof: Any) -> Any:
    """The proof that took this one's place because something in it was wrong, if it was."""
    if proof.cancelled_at is None:
        return None
    mine = proofs.proofs(actor=actor, person_id=proof.person_id)
    return next((one for one in mine if one.replaces_id == proof.id and one.why == CORRECTED), None)


def _go_over(actor: Actor, signature: Any, proof: Any, now: datetime) -> None:
    """What the new proof says, and the new proof as what speaks for it."""
    held = queries.holding(actor=actor, holding_id=signature.holding_id)
    facts = operations.facts_in(held=held)
    ends = day_there(moment=proof.valid_until, time_zone=proof.time_zone) if proof.valid_until is not None else facts.ends
    obtained = proof.observed_on or facts.obtained
    starts = obtained if facts.starts == facts.obtained else facts.starts
    right = replace(facts, level=proof.level or facts.level, obtained=obtained, starts=starts, ends=ends)
    if right != facts:
        held = operations.correct(actor=actor, holding_id=held.id, facts=right, now=now, because="proof")
    _note(actor, held.id, signature, proof, now)
