"""What a reader sees of a share: each thing in it, checked at this moment, and the signed file to check by oneself."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from skillmark.desks import answers, checking
from skillmark.desks.sharing.days import between
from skillmark.desks.sharing.picking import Thing, part_of, things
from skillmark.rooms.credentials.rules import form_of
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records.queries import Shown, ShownItem
from skillmark.rooms.records.rules import statements

_MEDIA = {
    "json": ("application/vc", "json"),
    "jwt": ("application/vc+jwt", "jwt"),
    "sd-jwt": ("application/dc+sd-jwt", "sd-jwt"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing as it is shown. A proof has an `answer`; what the person says themselves has `words` and a `kind` instead."""

    item: ShownItem
    answer: answers.Answer | None
    words: statements.Words | None = None
    kind: str = ""

    @property
    def title(self) -> str:
        if self.words is not None:
            return self.words.title
        return self.answer.proof.title if self.answer is not None and self.answer.proof is not None else ""

    @property
    def dates(self) -> str:
        """When it was, as the person says it; of a proof, the proof itself tells."""
        return between(self.words.since, self.words.until) if self.words is not None else ""

    @property
    def is_cancelled(self) -> bool:
        return self.answer is not None and self.answer.report.code == "status.cancelled"


def read(*, shown: Shown, now: datetime, org_id: UUID | None = None) -> list[Entry]:
    """Everything in a share, in its order, as a check of this moment finds it. `org_id`: whose trusted givers count; None: a
    stranger's."""
    return _entries(shown.items, now, org_id)


def mine(*, actor: Actor, keys: Collection[str] | None, now: datetime) -> list[Entry]:
    """What is on the actor's own page, read as a share of it would be: those of `keys`, or all of it; of each what is usual.

    Raises `showing.CannotShow`, CannotSign `sign.outer_key`.
    """
    chosen = [one for one in things(actor=actor) if keys is None or one.key in keys]
    return _entries([_own_item(number, one, now) for number, one in enumerate(chosen, start=1)], now)


def _own_item(number: int, thing: Thing, now: datetime) -> ShownItem:
    part = part_of(thing=thing, facts=None, now=now)
    other, comment = (False, "") if thing.is_said else (thing.row.names_other, thing.row.remark)
    return ShownItem(number, part.body, part.held_id, part.statement_id, part.facts, other, comment)


def file_of(*, item: ShownItem) -> tuple[bytes, str, str]:
    """(the signed file, its media type, a name to save it under). Only for a proof."""
    media_type, ending = _MEDIA[form_of(item.body)]
    return item.body, media_type, f"proof-{item.number}.{ending}"


def _entries(items: Sequence[ShownItem], now: datetime, org_id: UUID | None = None) -> list[Entry]:
    proofs = [one.body for one in items if one.statement_id is None]
    reports = [each[0] for each in checking.check_each(items=proofs, now=now, org_id=org_id)] if proofs else []
    told = iter(answers.answers(reports=reports))
    return [_said(one) if one.statement_id is not None else Entry(one, next(told)) for one in items]


def _said(item: ShownItem) -> Entry:
    said: dict[str, Any] = json.loads(item.body)
    return Entry(item, None, words=statements.from_json(said), kind=said["kind"])
