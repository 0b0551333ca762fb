"""Classes and lists: plan, read what every row's problem is, start, stop, go on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from skillmark.desks import classes, words
from skillmark.edges.api.access import Asked
from skillmark.rooms.credentials import operations, queries, rules

router = Router(tags=["Classes"])
MOST = 1000


class WantedIn(Schema):
    """One person. `person_id` names somebody of the firm; without it they are found by number, name, e-mail and phone, and
    added when they are new."""

    name: str
    email: str = ""
    phone: str = ""
    number: str = ""
    language: str = ""
    level: int | None = None
    observed_on: date | None = None
    person_id: UUID | None = None


class RunIn(Schema):
    template_id: UUID
    name: str = ""
    rows: list[WantedIn]
    observed_on: date | None = None
    note: str = ""


class StartIn(Schema):
    """`give` is the number of proofs that you mean; `leave_out`: rows with problems are left out, on purpose."""

    give: Annotated[int, Field(ge=1)]
    leave_out: bool = False


class RunOut(Schema):
    """`state` is `planned`, `running`, `stopped` or `done`. `left` can be given; `problems` need a look first."""

    id: UUID
    name: str
    state: str
    problem: str
    total: int
    done: int
    failed: int
    left: int
    left_out: int
    problems: int
    observed_on: date | None
    made_by: str
    made_at: datetime
    finished_at: datetime | None


class RunRowOut(Schema):
    """`state` is `waiting`, `done`, `failed` or `left_out`; `problem` is a code, `sentence` the same in plain words."""

    number: int
    line: int
    name: str
    state: str
    problem: str
    sentence: str
    person_id: UUID | None
    proof_id: UUID | None

    @staticmethod
    def resolve_sentence(row: object) -> str:
        """The problem in plain words."""
        return words.problem(str(getattr(row, "problem", "")))

    @staticmethod
    def resolve_proof_id(row: object) -> UUID | None:
        """There once the proof is signed."""
        found: UUID | None = getattr(row, "issued_id", None) if getattr(row, "state", "") == "done" else None
        return found


class RunRowsOut(Schema):
    """`next` is the `after` of the next page, or nothing."""

    items: list[RunRowOut]
    next: int | None


@router.get("", response=list[RunOut])
def list_runs(request: Asked) -> list[object]:
    """The firm's classes, newest first."""
    return list(queries.runs(actor=request.auth))


@router.post("", response={201: RunOut})
def plan_run(request: Asked, wanted: RunIn) -> Status[object]:
    """Write down at most 10,000 people and judge every row. Nothing is given yet; the same list again is the same class."""
    rows = [
        rules.Wanted(
            line=at, name=one.name, email=one.email, phone=one.phone, staff_number=one.number, language=one.language,
            level=one.level, observed_on=one.observed_on, person_id=one.person_id,
        )
        for at, one in enumerate(wanted.rows, 1)
    ]  # fmt: skip
    return Status(201, _planned(request, wanted, rows))


@router.get("/{run_id}", response=RunOut)
def read_run(request: Asked, run_id: UUID) -> object:
    """How far it is."""
    return queries.run(actor=request.auth, run_id=run_id)


@router.get("/{run_id}/rows", response=RunRowsOut)
def read_rows(request: Asked, run_id: UUID, after: int = 0, limit: int = 100, problems: bool = False) -> dict[str, object]:
    """Rows after a number, in order; with `problems=true` those alone that need a look."""
    most = max(1, min(limit, MOST))
    found = queries.run_rows(actor=request.auth, run_id=run_id, after=max(0, after), most=most + 1, problems=problems)
    return {"items": found[:most], "next": found[most - 1].number if len(found) > most else None}


@router.post("/{run_id}/start", response=RunOut)
def start_run(request: Asked, run_id: UUID, wanted: StartIn) -> object:
    """Begin to give. Refused while a row has a problem, and when the number is another one."""
    if wanted.leave_out:
        found = queries.run(actor=request.auth, run_id=run_id)
        if found.state == "planned" and found.left == wanted.give:
            operations.leave_out_rows(actor=request.auth, run_id=run_id, now=timezone.now())
    return operations.start_run(actor=request.auth, run_id=run_id, count=wanted.give, now=timezone.now())


@router.post("/{run_id}/stop", response=RunOut)
def stop_run(request: Asked, run_id: UUID) -> object:
    """Stop after those that are under way."""
    return operations.stop_run(actor=request.auth, run_id=run_id, now=timezone.now())


@router.post("/{run_id}/resume", response=RunOut)
def resume_run(request: Asked, run_id: UUID) -> object:
    """Go on where it stopped, and try again what has failed."""
    return operations.resume_run(actor=request.auth, run_id=run_id, now=timezone.now())


def _planned(request: Asked, wanted: RunIn, rows: Sequence[rules.Wanted]) -> object:
    return operations.plan_run(
        actor=request.auth, template_id=wanted.template_id, name=wanted.name, rows=rows, observed_on=wanted.observed_on,
        note=wanted.note, request_key=classes.request_key(template_id=wanted.template_id, rows=rows), now=timezone.now(),
    )  # fmt: skip
