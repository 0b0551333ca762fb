"""Many checks at once, in the background."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile
from pydantic import model_validator

from skillmark.desks import words
from skillmark.desks.importers import rows_from_upload
from skillmark.edges.api.access import Asked
from skillmark.rooms.credentials import operations, queries

router = Router(tags=["Batches"])
MOST = 500


class RowIn(Schema):
    """One of the two: the text of a proof, or a link to one. `name` is how you call it."""

    name: str = ""
    text: str = ""
    url: str = ""

    @model_validator(mode="after")
    def _one_thing(self) -> RowIn:
        if bool(self.text.strip()) == bool(self.url.strip()):
            raise ValueError("name either text or url")
        return self


class BatchIn(Schema):
    name: str = ""
    rows: list[RowIn]


class BatchOut(Schema):
    """`state` is `waiting`, `running`, `stopped` or `done`; `done`, `failed` and `left` count rows."""

    id: UUID
    name: str
    state: str
    total: int
    done: int
    failed: int
    left: int
    made_by: str
    created_at: datetime
    finished_at: datetime | None


class RowOut(Schema):
    """`verdict` is the worst answer in the row; `problem` says why there is none."""

    number: int
    name: str
    kind: str
    state: str
    verdict: str
    problem: str
    sentence: str
    item_id: UUID | None

    @staticmethod
    def resolve_sentence(row: object) -> str:
        """The problem in plain words."""
        return words.problem(str(getattr(row, "problem", "")))


class RowsOut(Schema):
    """`next` is the `after` of the next page, or nothing."""

    items: list[RowOut]
    next: int | None


@router.get("", response=list[BatchOut])
def list_batches(request: Asked) -> list[object]:
    """The firm's batches, newest first."""
    return list(queries.batches(actor=request.auth))


@router.post("", response={201: BatchOut})
def start_batch(request: Asked, wanted: BatchIn) -> Status[object]:
    """Begin to check at most 10,000 texts and links."""
    rows = [
        (row.name or row.url.strip(), "link", row.url.strip().encode()) if row.url else (row.name, "text", row.text.encode())
        for row in wanted.rows
    ]
    return _started(request, wanted.name, rows)


@router.post("/files", response={201: BatchOut})
def start_from_files(request: Asked, files: File[list[UploadedFile]]) -> Status[object]:
    """Begin to check files: proofs, ZIP files of proofs, spreadsheets and texts with links, in any mixture."""
    rows = rows_from_upload((file.name or "", file.read()) for file in files)
    return _started(request, files[0].name or "" if files else "", rows)


@router.get("/{batch_id}", response=BatchOut)
def read_batch(request: Asked, batch_id: UUID) -> object:
    """How far it is."""
    return queries.batch(actor=request.auth, batch_id=batch_id)


@router.get("/{batch_id}/rows", response=RowsOut)
def read_rows(request: Asked, batch_id: UUID, after: int = 0, limit: int = 100) -> dict[str, object]:
    """Rows after a number, in order. Their answers: `/api/v1/checks?batch_id=…`."""
    most = max(1, min(limit, MOST))
    found = queries.batch_rows(actor=request.auth, batch_id=batch_id, after=max(0, after), most=most + 1)
    return {"items": found[:most], "next": found[most - 1].number if len(found) > most else None}


@router.post("/{batch_id}/stop", response=BatchOut)
def stop_batch(request: Asked, batch_id: UUID) -> object:
    """Stop at once."""
    operations.stop_batch(actor=request.auth, batch_id=batch_id, now=timezone.now())
    return queries.batch(actor=request.auth, batch_id=batch_id)


@router.post("/{batch_id}/resume", response=BatchOut)
def resume_batch(request: Asked, batch_id: UUID) -> object:
    """Go on where it stopped."""
    operations.resume_batch(actor=request.auth, batch_id=batch_id, now=timezone.now())
    return queries.batch(actor=request.auth, batch_id=batch_id)


def _started(request: Asked, name: str, rows: list[tuple[str, str, bytes]]) -> Status[object]:
    made = operations.start_batch(actor=request.auth, name=name, rows=rows, now=timezone.now())
    return Status(201, queries.batch(actor=request.auth, batch_id=made.id))
