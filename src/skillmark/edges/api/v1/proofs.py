"""Proofs that the firm gives: give, read, hand over."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from ninja import Header, Router, Schema, Status
from pydantic import Field

from skillmark.edges.api.access import Asked
from skillmark.edges.api.cursors import Page, page
from skillmark.rooms.credentials import operations, queries

router = Router(tags=["Proofs"])

# The proof's request key holds 80 characters; the prefix keeps keys of programs apart from those of the pages.
RequestKey = Annotated[str, Header(alias="Idempotency-Key", min_length=8, max_length=70, pattern=r"^[\x21-\x7e]+$")]
Wanted = Literal["live", "cancelled", "waiting", "kept", "paused", "disputed"]


class ProofOut(Schema):
    """A proof as the firm sees it. `waiting` tells that the person has not kept it yet.

    `answer_by`: something on it is said to be wrong, and this is the last day to answer. `replaces_id` is the proof that
    this one takes the place of, `why` is `renewed` or `corrected`.
    """

    id: UUID
    person_id: UUID
    person_name: str
    title: str
    level: int | None
    giver: str
    given_by: str
    given_at: datetime
    valid_from: datetime
    valid_until: datetime | None
    observed_on: date | None
    note: str
    language: str
    cancelled_at: datetime | None
    paused_at: datetime | None
    answer_by: date | None
    replaces_id: UUID | None
    why: str
    waiting: bool

    @staticmethod
    def resolve_waiting(proof: object) -> bool:
        """Kept proofs name the space that keeps them."""
        return getattr(proof, "own_org_id", None) is None


class ProofsOut(Schema):
    items: list[ProofOut]
    next: UUID | None


class ProofIn(Schema):
    person_id: UUID
    template_id: UUID
    level: Annotated[int, Field(ge=1, le=4)] | None = None
    observed_on: date | None = None
    note: str = ""


class HandOverIn(Schema):
    """`screen`: ten minutes, no PIN, for a phone that is here. `slip`, `text`: thirty days, with a PIN."""

    way: Literal["screen", "slip", "text"]


class HandOverOut(Schema):
    """Code and PIN, which cannot be shown again, and the address that the person opens."""

    code: str
    pin: str
    url: str
    expires_at: datetime


@router.get("", response=ProofsOut)
def list_proofs(
    request: Asked, cursor: Page, search: str = "", person_id: UUID | None = None, state: Wanted | None = None
) -> dict[str, object]:
    """The proofs that the firm has given, newest first."""
    found = queries.proofs(actor=request.auth, search=search, person_id=person_id, state=state)
    items, following = page(found, cursor=cursor)
    return {"items": items, "next": following}


@router.post("", response={201: ProofOut})
def give_proof(request: Asked, proof: ProofIn, key: RequestKey) -> Status[object]:
    """Give a proof. The same `Idempotency-Key` gives one proof, however often it is sent."""
    given = operations.give(actor=request.auth, request_key=f"api:{key}", now=timezone.now(), **proof.dict())
    return Status(201, given)


@router.get("/{proof_id}", response=ProofOut)
def read_proof(request: Asked, proof_id: UUID) -> object:
    """One proof."""
    return queries.proof(actor=request.auth, issued_id=proof_id)


@router.get("/{proof_id}/document", response={200: dict})
def read_document(request: Asked, proof_id: UUID) -> HttpResponse:
    """The signed file, byte for byte."""
    found = queries.proof(actor=request.auth, issued_id=proof_id)
    return HttpResponse(bytes(found.document), content_type="application/vc+ld+json")


@router.post("/{proof_id}/hand-over", response={201: HandOverOut})
def hand_over(request: Asked, proof_id: UUID, wanted: HandOverIn) -> Status[object]:
    """Make a code with which the person keeps the proof. An older open code of the same proof stops working."""
    made, code, pin = operations.offer(actor=request.auth, issued_id=proof_id, way=wanted.way, now=timezone.now())
    url = request.build_absolute_uri(reverse("claim", args=[code]))
    return Status(201, {"code": code, "pin": pin, "url": url, "expires_at": made.expires_at})


@router.post("/{proof_id}/e-mail", response={202: None})
def send_by_email(request: Asked, proof_id: UUID) -> Status[None]:
    """Send the code to the person's e-mail address. A job sends it a moment later."""
    operations.send_by_email(actor=request.auth, issued_id=proof_id, now=timezone.now())
    return Status(202, None)
