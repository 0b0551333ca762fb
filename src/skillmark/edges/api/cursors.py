"""Lists come in pages. A cursor names the last thing of the page before, so that new things do not shift the rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Protocol, TypeVar
from uuid import UUID

from ninja import Query, Schema
from ninja.errors import ValidationError

MOST = 200


class HasId(Protocol):
    @property
    def id(self) -> UUID: ...


Row = TypeVar("Row", bound=HasId)


class Cursor(Schema):
    """What a list takes: where to go on, and how many."""

    after: UUID | None = None
    limit: int = 50


Page = Annotated[Cursor, Query()]


def page(rows: Sequence[Row], *, cursor: Cursor) -> tuple[list[Row], UUID | None]:
    """The rows after the cursor, and the cursor of the next page or None. Raises ValidationError."""
    start = 0
    if cursor.after is not None:
        places = [place for place, row in enumerate(rows) if row.id == cursor.after]
        if not places:
            raise ValidationError([{"loc": ("query", "after"), "msg": "names nothing in this list"}])
        start = places[0] + 1
    end = start + max(1, min(cursor.limit, MOST))
    found = list(rows[start:end])
    return found, found[-1].id if end < len(rows) else None
