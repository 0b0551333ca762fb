"""Whom the firm trusts: givers on its own list, and lists of others that it follows. Only the owner changes them."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from django.utils import timezone
from ninja import Router, Schema, Status

from skillmark.desks import checking, words
from skillmark.edges.api.access import Asked
from skillmark.rooms.credentials import operations, queries

router = Router(tags=["Trust"])


class GiverIn(Schema):
    """`issuer` is the giver's identifier exactly as it stands in a proof: a DID or an https address."""

    issuer: str
    name: str
    reason: str


class GiverOut(Schema):
    id: UUID
    issuer: str
    name: str
    reason: str
    told: bool
    added_at: datetime
    added_by: str


class ToldIn(Schema):
    """`told`: the giver knows, and anyone may see, that the firm accepts its proofs."""

    told: bool


class AcceptanceOut(Schema):
    """A firm on this server that accepts our proofs and has chosen to show it."""

    firm: str
    issuer: str
    since: datetime


class ListIn(Schema):
    """`keeper` is the DID that signs the list (kind `signed`), else who keeps it, in words. `text`: a file without address."""

    kind: Literal["signed", "registry", "federation", "file"]
    url: str = ""
    keeper: str = ""
    reason: str
    text: str = ""


class ListOut(Schema):
    """`left_out` counts givers on it that could not be read; `problem` says why it could not be read the last time."""

    id: UUID
    kind: str
    url: str
    name: str
    keeper: str
    reason: str
    added_at: datetime
    added_by: str
    entries: int
    left_out: int
    fetched_at: datetime | None
    valid_until: datetime | None
    problem: str
    sentence: str

    @staticmethod
    def resolve_sentence(followed: object) -> str:
        """The problem in plain words."""
        return words.problem(str(getattr(followed, "problem", "")))


@router.get("/givers", response=list[GiverOut])
def list_givers(request: Asked) -> list[object]:
    """Whom the firm trusts, by name."""
    return list(queries.givers(actor=request.auth))


@router.post("/givers", response={201: GiverOut})
def trust_giver(request: Asked, giver: GiverIn) -> Status[object]:
    """Trust a giver, with a reason. On the list already: the entry that is there."""
    return Status(201, operations.trust_giver(actor=request.auth, now=timezone.now(), **giver.dict()))


@router.put("/givers/{giver_id}/told", response=GiverOut)
def tell_giver(request: Asked, giver_id: UUID, wanted: ToldIn) -> object:
    """Let a giver know, and show, that its proofs are accepted here; or take that back."""
    operations.tell_giver(actor=request.auth, giver_id=giver_id, told=wanted.told, now=timezone.now())
    return queries.giver(actor=request.auth, giver_id=giver_id)


@router.get("/accepted", response=list[AcceptanceOut])
def accepted_by(request: Asked) -> list[object]:
    """Which firms accept our proofs, of those that have chosen to show it."""
    return list(queries.accepted_by(org_id=request.auth.org_id))


@router.delete("/givers/{giver_id}", response={204: None})
def stop_trusting(request: Asked, giver_id: UUID) -> Status[None]:
    """Trust a giver no longer."""
    operations.stop_trusting(actor=request.auth, giver_id=giver_id, now=timezone.now())
    return Status(204, None)


@router.get("/lists", response=list[ListOut])
def list_followed(request: Asked) -> list[object]:
    """The lists that the firm follows, by name."""
    return list(queries.followed(actor=request.auth))


@router.post("/lists", response={201: ListOut})
def follow_list(request: Asked, wanted: ListIn) -> Status[object]:
    """Read a list and trust whom it names, from now on. It is read again every day."""
    made = checking.follow(
        actor=request.auth, kind=wanted.kind, url=wanted.url.strip(), keeper=wanted.keeper.strip(), reason=wanted.reason,
        body=wanted.text.encode(), now=timezone.now(),
    )  # fmt: skip
    return Status(201, made)


@router.post("/lists/{followed_id}/refresh", response=ListOut)
def refresh_list(request: Asked, followed_id: UUID) -> object:
    """Read a list again now."""
    return checking.refresh(actor=request.auth, list_id=followed_id, now=timezone.now())


@router.delete("/lists/{followed_id}", response={204: None})
def stop_following(request: Asked, followed_id: UUID) -> Status[None]:
    """Trust nobody any more on the word of this list."""
    operations.stop_following(actor=request.auth, list_id=followed_id, now=timezone.now())
    return Status(204, None)
