"""Kinds of proof: what a proof of that kind says, how it is checked, and how long it counts."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from django.utils import timezone
from ninja import Router, Schema, Status

from skillmark.edges.api.access import Asked
from skillmark.edges.api.cursors import Page, page
from skillmark.rooms.credentials import operations, queries

router = Router(tags=["Kinds of proof"])


class WordsOut(Schema):
    """Texts by language. `number` grows with each change; a proof keeps the words that it was given under."""

    number: int
    name: dict[str, str]
    did: dict[str, str]
    how: dict[str, str]
    method: str
    level_asked: bool
    months: int | None
    colour: str


class TemplateOut(Schema):
    id: UUID
    state: str
    made_at: datetime
    current: WordsOut


class TemplatesOut(Schema):
    items: list[TemplateOut]
    next: UUID | None


class TemplateIn(Schema):
    """`did`: what the person did. `how`: how it was checked. `months`: how long it counts, null for always."""

    name: str
    did: str
    how: str
    method: Literal["observed", "test", "hours"]
    months: int | None = None
    level_asked: bool = False
    colour: str = "indigo"
    language: str = "en"


class ReadyOut(Schema):
    key: str
    trade: str
    name: dict[str, str]
    did: dict[str, str]
    how: dict[str, str]
    method: str
    level_asked: bool
    months: int | None
    source: str


@router.get("", response=TemplatesOut)
def list_templates(request: Asked, cursor: Page) -> dict[str, object]:
    """The kinds of proof that the firm gives, oldest first."""
    items, following = page(queries.templates(actor=request.auth), cursor=cursor)
    return {"items": items, "next": following}


@router.get("/ready", response=list[ReadyOut])
def list_ready(request: Asked) -> list[object]:
    """The ready-made kinds that can be taken over."""
    return list(queries.ready())


@router.post("/ready/{key}", response={201: TemplateOut})
def add_ready_template(request: Asked, key: str) -> Status[object]:
    """Take a ready-made kind over. Asked again: the one that is there."""
    return Status(201, operations.add_ready_template(actor=request.auth, key=key, now=timezone.now()))


@router.post("", response={201: TemplateOut})
def make_template(request: Asked, template: TemplateIn) -> Status[object]:
    """Make a kind of proof in your own words."""
    return Status(201, operations.make_template(actor=request.auth, now=timezone.now(), **template.dict()))


@router.get("/{template_id}", response=TemplateOut)
def read_template(request: Asked, template_id: UUID) -> object:
    """One kind of proof, archived ones too."""
    return queries.template(actor=request.auth, template_id=template_id)


@router.put("/{template_id}", response=TemplateOut)
def change_template(request: Asked, template_id: UUID, template: TemplateIn) -> object:
    """Change the words. Proofs already given keep theirs."""
    return operations.change_template(actor=request.auth, template_id=template_id, now=timezone.now(), **template.dict())


@router.delete("/{template_id}", response={204: None})
def archive_template(request: Asked, template_id: UUID) -> Status[None]:
    """Archive: nothing more is given from it, and nothing that was given changes."""
    operations.archive_template(actor=request.auth, template_id=template_id, now=timezone.now())
    return Status(204, None)
