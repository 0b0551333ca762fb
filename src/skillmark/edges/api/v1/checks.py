"""Checks that the firm keeps as evidence: check and keep, list, read, check again, watch, forget."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile

from credcore.verify.record import load
from skillmark.desks import checking
from skillmark.edges.api.access import Asked
from skillmark.edges.api.cursors import MOST, Page
from skillmark.edges.api.v1.check import AnswerOut, CheckIn, answer
from skillmark.rooms.credentials import operations, queries

router = Router(tags=["Checks"])

VerdictName = Literal["good", "careful", "bad", "unknown"]


class ItemOut(Schema):
    """What was handed over. The same bytes are one item, however often they are checked."""

    id: UUID
    kind: str
    name: str
    sha256: str
    size: int
    watched: bool


class KeptOut(Schema):
    """One answer about one proof. `position` counts the proofs in the item; `changed`: the time before said otherwise."""

    id: UUID
    item: ItemOut
    batch_id: UUID | None
    round: int
    position: int
    made_at: datetime
    made_by: str
    verdict: str
    code: str
    title: str
    giver: str
    giver_id: str
    person: str
    ends_at: datetime | None
    changed: bool


class KeptListOut(Schema):
    """`counts` tells how many proofs have which answer, in the whole firm."""

    items: list[KeptOut]
    next: UUID | None
    counts: dict[str, int]


class KeptDetailOut(KeptOut):
    """With the whole answer, as it was then."""

    answer: AnswerOut

    @staticmethod
    def resolve_answer(check: Any) -> dict[str, Any]:
        """In the language of the request; the findings are those of the day."""
        return answer(load(check.report))


class WatchIn(Schema):
    """`on`: check it again every day, and write to the owner when the answer changes."""

    on: bool


@router.get("", response=KeptListOut)
def list_checks(
    request: Asked, cursor: Page, verdict: VerdictName | None = None, text: str = "", batch_id: UUID | None = None
) -> dict[str, object]:
    """The last answer about each proof, newest first. `text` looks at title, person, giver and name."""
    most = max(1, min(cursor.limit, MOST))
    found = queries.checks(
        actor=request.auth, verdict=verdict or "", text=text, batch_id=batch_id, after=cursor.after, most=most + 1
    )
    following = found[most - 1].id if len(found) > most else None
    return {"items": found[:most], "next": following, "counts": queries.check_counts(actor=request.auth)}


@router.post("", response={201: list[KeptOut]})
def keep_check(request: Asked, wanted: CheckIn) -> Status[object]:
    """Check a text or a link and keep each answer. The same again adds another round to the same item."""
    kind, said = ("link", wanted.url.strip()) if wanted.url else ("text", wanted.text)
    name = said if kind == "link" else ""
    made = checking.check_and_keep(actor=request.auth, kind=kind, name=name, body=said.encode(), now=timezone.now())
    return Status(201, made)


@router.post("/file", response={201: list[KeptOut]})
def keep_file(request: Asked, file: File[UploadedFile]) -> Status[object]:
    """Check a file and keep each answer."""
    data, name = file.read(), file.name or ""
    return Status(201, checking.check_and_keep(actor=request.auth, kind="file", name=name, body=data, now=timezone.now()))


@router.get("/{check_id}", response=KeptDetailOut)
def read_check(request: Asked, check_id: UUID) -> object:
    """One check with its whole answer."""
    return queries.check(actor=request.auth, check_id=check_id)


@router.get("/{check_id}/history", response=list[KeptOut])
def read_history(request: Asked, check_id: UUID) -> object:
    """Every answer about the same item, newest round first."""
    found = queries.check(actor=request.auth, check_id=check_id)
    return queries.history_of(actor=request.auth, item_id=found.item_id)


@router.get("/{check_id}/item", response={200: bytes})
def read_item(request: Asked, check_id: UUID) -> HttpResponse:
    """What was handed over, byte for byte; of a link its address."""
    found = queries.check(actor=request.auth, check_id=check_id)
    response = HttpResponse(bytes(found.item.body), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{found.item.sha256[:12]}"'
    return response


@router.post("/{check_id}/recheck", response={201: list[KeptOut]})
def check_again(request: Asked, check_id: UUID) -> Status[object]:
    """Check the same item again; the old answers stay."""
    found = queries.check(actor=request.auth, check_id=check_id)
    return Status(201, checking.recheck(actor=request.auth, item_id=found.item_id, now=timezone.now()))


@router.post("/{check_id}/watch", response=ItemOut)
def watch(request: Asked, check_id: UUID, wanted: WatchIn) -> object:
    """Watch the item of a check, or no longer."""
    found = queries.check(actor=request.auth, check_id=check_id)
    return operations.watch(actor=request.auth, item_id=found.item_id, on=wanted.on, now=timezone.now())


@router.delete("/{check_id}", response={204: None})
def forget(request: Asked, check_id: UUID) -> Status[None]:
    """Delete the item of a check and every answer about it. Only the owner may."""
    found = queries.check(actor=request.auth, check_id=check_id)
    operations.forget_item(actor=request.auth, item_id=found.item_id, now=timezone.now())
    return Status(204, None)
