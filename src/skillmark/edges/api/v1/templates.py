"""Kinds of proof: what a proof of that kind says, how it is checked, and how long it counts."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.utils import timezone
from ninja import Router, Schema, Status

from skillmark.edges.api.access import Asked
from skillmark.edges.api.cursors import Page, page
from skillmark.rooms.credentials import operations, queries

router = Router(tags=["Kinds of proof"])


class Code(Schema):
    """The same skill in another list: which list, its number and name there, and an https address."""

    framework: str
    code: str = ""
    url: str
    name: str


class WordsOut(Schema):
    """Texts by language. `number` grows with each change; a proof keeps the words that it was given under.

    `steps` are those of the check list. Of a kind that follows an item, `times_seen` says on how many days it is seen before
    it is signed, and `co_sign` whether a second person signs. `shape`, `colour`, `icon` and `picture_words` draw the picture.
    """

    number: int
    name: dict[str, str]
    did: dict[str, str]
    how: dict[str, str]
    method: str
    level_asked: bool
    months: int | None
    steps: list[dict[str, str]]
    times_seen: int
    co_sign: bool
    codes: list[Code]
    shape: str
    colour: str
    icon: str
    picture_words: dict[str, str]
    made_at: datetime


class VersionOut(WordsOut):
    """`proofs`: how many were given in these words."""

    id: UUID
    proofs: int


class TemplateOut(Schema):
    """`item_id`: the item that it follows, whose words it has; null for a kind of its own."""

    id: UUID
    item_id: UUID | None
    state: str
    made_at: datetime
    current: WordsOut


class TemplatesOut(Schema):
    items: list[TemplateOut]
    next: UUID | None


class TemplateIn(Schema):
    """`did`: what the person did. `how`: how it was checked. `months`: how long it counts, null for always.

    `steps` are written in `language`. In a change, what is null or left out stays as it is.
    """

    name: str
    did: str
    how: str
    method: Literal["observed", "test", "hours"]
    months: int | None = None
    level_asked: bool = False
    steps: list[str] | None = None
    codes: list[Code] | None = None
    shape: str | None = None
    colour: str | None = None
    icon: str | None = None
    language: str = "en"


class PictureIn(Schema):
    """`words` stand on the picture in `language`; empty: the kind's name."""

    shape: str
    colour: str
    icon: str = ""
    words: str = ""
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
    return Status(201, operations.make_template(actor=request.auth, now=timezone.now(), **_given(template)))


@router.post("/of-item/{item_id}", response={201: TemplateOut})
def template_of_item(request: Asked, item_id: UUID) -> Status[object]:
    """The kind of proof of an item, made or renewed so that it has the item's present words. Asked again: the same."""
    return Status(201, operations.template_of_item(actor=request.auth, item_id=item_id, now=timezone.now()))


@router.get("/{template_id}", response=TemplateOut)
def read_template(request: Asked, template_id: UUID) -> object:
    """One kind of proof, archived ones too."""
    return queries.template(actor=request.auth, template_id=template_id)


@router.put("/{template_id}", response=TemplateOut)
def change_template(request: Asked, template_id: UUID, template: TemplateIn) -> object:
    """Change the words. Proofs already given keep theirs."""
    return operations.change_template(actor=request.auth, template_id=template_id, now=timezone.now(), **_given(template))


@router.put("/{template_id}/picture", response=TemplateOut)
def change_picture(request: Asked, template_id: UUID, picture: PictureIn) -> object:
    """Draw another picture, also for a kind that follows an item. There is no upload: a picture is chosen and typed."""
    return operations.change_picture(actor=request.auth, template_id=template_id, now=timezone.now(), **picture.dict())


@router.get("/{template_id}/versions", response=list[VersionOut])
def list_versions(request: Asked, template_id: UUID) -> object:
    """What it said at each time, newest first, with how many proofs were given in those words."""
    return queries.versions(actor=request.auth, template_id=template_id)


@router.delete("/{template_id}", response={204: None})
def archive_template(request: Asked, template_id: UUID) -> Status[None]:
    """Archive: nothing more is given from it, and nothing that was given changes."""
    operations.archive_template(actor=request.auth, template_id=template_id, now=timezone.now())
    return Status(204, None)


def _given(template: TemplateIn) -> dict[str, Any]:
    """What the request says, without what it leaves open."""
    return {name: value for name, value in template.dict().items() if value is not None or name == "months"}
