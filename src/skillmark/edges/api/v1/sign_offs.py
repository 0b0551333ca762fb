"""Sign-offs: what was seen of whom, what is still missing until it is a proof, and who may sign."""

from __future__ import annotations

import base64
import binascii
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from ninja import Router, Schema, Status
from ninja.errors import ValidationError
from pydantic import AwareDatetime, Field

from skillmark.desks import intake
from skillmark.edges.api import clock
from skillmark.edges.api.access import Asked
from skillmark.edges.api.cursors import Page, page
from skillmark.rooms.holdings import operations, queries
from skillmark.rooms.people import operations as people
from skillmark.rooms.skills.rules import MOST_STEPS

router = Router(tags=["Sign-offs"])


class SignOffOut(Schema):
    """`state`: waiting (may be undone until `sign_at`), counted (waits for what is still missing), signed (part of the proof
    `issued_id`), undone, or refused. `problem` is the code of what holds it up, if anything does."""

    id: UUID
    person_id: UUID
    item_id: UUID
    level: int | None
    version_id: UUID
    document: str
    revision: str
    method: str
    steps: list[int]
    seen: str
    hours: Decimal | None
    site_id: UUID | None
    place: str
    language_used: str
    observer: str
    observed_at: datetime
    day: date
    entered: str
    entered_by: str
    recorded_at: datetime
    sign_at: datetime
    co_signed_by: str
    comment: str
    state: str
    problem: str
    holding_id: UUID | None
    issued_id: UUID | None


class SignOffMade(SignOffOut):
    """`token` opens the page on which the worker sees it and may comment; empty when it was sent before."""

    token: str


class SignOffsOut(Schema):
    items: list[SignOffOut]
    next: UUID | None


class SignOffIn(Schema):
    """You make the `id`: sent again, it is kept once. `steps` are numbers of the check list, from 0. `observed_at` is when it
    was seen, with its offset. Leave out `version_id` and `revision` for the words and the instruction of now; send them if
    somebody looked at them earlier. `photo` is a picture or PDF in base64."""

    id: UUID
    person_id: UUID
    item_id: UUID
    level: int | None = None
    steps: Annotated[list[int], Field(max_length=MOST_STEPS)] = []
    seen: str = ""
    version_id: UUID | None = None
    revision: str | None = None
    observed_at: AwareDatetime
    site_id: UUID | None = None
    place: str = ""
    language_used: str = ""
    method: str = ""
    hours: Decimal | None = None
    photo: str = ""
    entered: str = "live"
    entered_by: str = ""


class MissingOut(Schema):
    """`steps` not seen yet, on how many more `days` it has to be seen, whether a second person has to sign, and which
    sign-offs lack that. `counted` make the proof together once nothing is missing; `history` count for nothing newer."""

    steps: list[int]
    days: int
    co_sign: bool
    to_co_sign: list[UUID]
    counted: list[UUID]
    history: list[UUID]


class SignersOut(Schema):
    """Account numbers of who may sign the item off; null: every owner and supervisor."""

    user_ids: list[int] | None


class SignersIn(Schema):
    user_ids: list[int]


@router.get("/sign-offs", response=SignOffsOut)
def list_sign_offs(
    request: Asked, cursor: Page, person_id: UUID | None = None, item_id: UUID | None = None
) -> dict[str, object]:
    """What was seen, newest first, also what was taken back."""
    people.demand(actor=request.auth, action="board.read")
    found = queries.sign_offs(actor=request.auth, person_id=person_id, item_id=item_id)
    items, following = page(found, cursor=cursor)
    return {"items": items, "next": following}


@router.post("/sign-offs", response={201: SignOffMade})
def make_sign_off(request: Asked, sign_off: SignOffIn) -> Status[object]:
    """Sign off what somebody was seen to do. Ten seconds later it counts; once nothing is missing, the proof is given."""
    said = sign_off.dict()
    photo = _photo(said.pop("photo"))
    made, token = operations.sign_off(
        actor=request.auth, sign_off_id=said.pop("id"), photo=photo, now=clock.moment(request.auth), **said
    )
    return Status(201, _told(made) | {"token": token})


@router.get("/sign-offs/missing", response=MissingOut)
def still_missing(request: Asked, person_id: UUID, item_id: UUID, level: int | None = None) -> object:
    """What is still missing today until a person's sign-offs of an item, at a level, make a proof."""
    people.demand(actor=request.auth, action="board.read")
    today = clock.day(request.auth, None)
    return queries.still_missing(actor=request.auth, person_id=person_id, item_id=item_id, level=level, on=today)


@router.get("/sign-offs/{sign_off_id}", response=SignOffOut)
def one_sign_off(request: Asked, sign_off_id: UUID) -> object:
    """One sign-off."""
    people.demand(actor=request.auth, action="board.read")
    return queries.sign_off(actor=request.auth, sign_off_id=sign_off_id)


@router.post("/sign-offs/{sign_off_id}/undo", response=SignOffOut)
def undo_sign_off(request: Asked, sign_off_id: UUID) -> object:
    """Take a sign-off back, within ten seconds. Later, cancel the proof."""
    return operations.undo_sign_off(actor=request.auth, sign_off_id=sign_off_id, now=clock.moment(request.auth))


@router.post("/sign-offs/{sign_off_id}/co-sign", response=SignOffOut)
def co_sign(request: Asked, sign_off_id: UUID) -> object:
    """Sign it as a second person."""
    return operations.co_sign(actor=request.auth, sign_off_id=sign_off_id, now=clock.moment(request.auth))


@router.get("/items/{item_id}/signers", response=SignersOut)
def list_signers(request: Asked, item_id: UUID) -> dict[str, object]:
    """Who may sign an item off."""
    people.demand(actor=request.auth, action="board.read")
    found = queries.signers(actor=request.auth, item_id=item_id)
    return {"user_ids": None if found is None else sorted(found)}


@router.put("/items/{item_id}/signers", response=SignersOut)
def set_signers(request: Asked, item_id: UUID, signers: SignersIn) -> dict[str, object]:
    """Say who may sign an item off; nobody in particular: every owner and supervisor."""
    operations.set_signers(actor=request.auth, item_id=item_id, user_ids=signers.user_ids, now=clock.moment(request.auth))
    return list_signers(request, item_id)


def _photo(text: str) -> tuple[bytes, str] | None:
    if not text:
        return None
    try:
        body = base64.b64decode(text, validate=True)
    except binascii.Error:
        raise ValidationError([{"loc": ("body", "sign_off", "photo"), "msg": "is not base64"}]) from None
    taken = intake.take(body=body, name="")
    return taken.body, taken.media_type


def _told(one: Any) -> dict[str, object]:
    return {name: getattr(one, name) for name in SignOffOut.model_fields}
