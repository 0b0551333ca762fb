"""What becomes of a proof that was given: pause, go on, renew, correct, cancel; what the person says is wrong."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from skillmark.edges.api.access import Asked
from skillmark.edges.api.v1.proofs import ProofOut, RequestKey
from skillmark.errors import NotFound
from skillmark.rooms.credentials import operations, queries, rules

router = Router(tags=["Proofs"])


class StopIn(Schema):
    """`is_public`: whoever checks the proof on this server reads the reason; else it stays with the firm."""

    reason: str
    is_public: bool = False


class RenewIn(Schema):
    """What was seen again. `level`: null keeps that of the old proof. `cancel_old`: the old one ends at once."""

    level: Annotated[int, Field(ge=1, le=4)] | None = None
    observed_on: date | None = None
    note: str = ""
    cancel_old: bool = False


class CorrectIn(Schema):
    """What is right. Null leaves it as it is. `answer` is read by the person who said that something is wrong."""

    person_name: str | None = None
    level: Annotated[int, Field(ge=1, le=4)] | None = None
    observed_on: date | None = None
    note: str | None = None
    answer: str = ""


class DisputeOut(Schema):
    """What the person says is wrong. `outcome` is empty while it is open, else corrected, kept or cancelled."""

    id: UUID
    about: Literal["name", "date", "level", "other"]
    words: str
    made_at: datetime
    answer_by: date
    outcome: str
    answer: str
    answered_at: datetime | None
    answered_by: str


class AnswerIn(Schema):
    answer: str


@router.post("/{proof_id}/cancel", response=ProofOut)
def cancel_proof(request: Asked, proof_id: UUID, wanted: StopIn) -> object:
    """Cancel for good. The reason is never in the published list."""
    return operations.cancel(actor=request.auth, issued_id=proof_id, now=timezone.now(), **wanted.dict())


@router.post("/{proof_id}/pause", response=ProofOut)
def pause_proof(request: Asked, proof_id: UUID, wanted: StopIn) -> object:
    """It does not count until it is resumed. Others may see the old answer for up to 15 minutes."""
    return operations.pause(actor=request.auth, issued_id=proof_id, now=timezone.now(), **wanted.dict())


@router.post("/{proof_id}/resume", response=ProofOut)
def resume_proof(request: Asked, proof_id: UUID) -> object:
    """It counts again."""
    return operations.resume(actor=request.auth, issued_id=proof_id, now=timezone.now())


@router.post("/{proof_id}/renew", response={201: ProofOut})
def renew_proof(request: Asked, proof_id: UUID, wanted: RenewIn, key: RequestKey) -> Status[object]:
    """Give a newer one. The old one counts until its own end. The same `Idempotency-Key` gives one proof."""
    return Status(201, _replace(request, proof_id, key, why=rules.RENEWED, changes=wanted))


@router.post("/{proof_id}/correct", response={201: ProofOut})
def correct_proof(request: Asked, proof_id: UUID, wanted: CorrectIn, key: RequestKey) -> Status[object]:
    """Give one that is right; the old one is cancelled in the same moment, for everyone to see why."""
    return Status(201, _replace(request, proof_id, key, why=rules.CORRECTED, changes=wanted))


@router.get("/{proof_id}/disputes", response=list[DisputeOut])
def list_disputes(request: Asked, proof_id: UUID) -> object:
    """What the person said is wrong on it, newest first, with the answers."""
    queries.proof(actor=request.auth, issued_id=proof_id)
    return queries.disputes_of(actor=request.auth, issued_id=proof_id)


@router.post("/{proof_id}/disputes/{dispute_id}/answer", response=DisputeOut)
def answer_dispute(request: Asked, proof_id: UUID, dispute_id: UUID, wanted: AnswerIn) -> object:
    """It stays as it is, and why. To put it right, correct the proof: that answers it, too."""
    if queries.dispute(actor=request.auth, dispute_id=dispute_id).issued_id != proof_id:
        raise NotFound
    return operations.answer_dispute(actor=request.auth, dispute_id=dispute_id, answer=wanted.answer, now=timezone.now())


def _replace(request: Asked, proof_id: UUID, key: str, *, why: str, changes: Schema) -> object:
    return operations.replace(
        actor=request.auth, issued_id=proof_id, why=why, request_key=f"api:{key}", now=timezone.now(), **changes.dict()
    )
