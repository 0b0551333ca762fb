"""What a person says about themselves: say it, change it, take it back. Closed under the key of their page."""

from __future__ import annotations

import json
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from skillmark.errors import DomainError
from skillmark.rooms.journal import operations as journal
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records.models import Statement
from skillmark.rooms.records.operations.shares import take_out
from skillmark.rooms.records.queries.statements import statement
from skillmark.rooms.records.rules import statements as rules
from skillmark.rooms.signing import operations as signing

Photo = tuple[bytes, str]
"""(a JPEG as `desks.intake` makes them, its media type)"""


class CannotSay(DomainError):
    """Nothing was written down. The fact `field` names the field that it is about."""


def say(*, actor: Actor, kind: str, words: rules.Words, on: date, now: datetime, photo: Photo | None = None) -> Statement:
    """Write a job, a skill, training or something else down. Nobody checks it, and it always reads so. `on` is today.

    Raises CannotSay `statement.title_missing`, `statement.too_long` (fact `most`), `statement.day_unclear`,
    `statement.day_early`, `statement.day_late`, `statement.reversed`, `statement.kind_unknown`, `statement.too_many` (fact
    `most`), each with the fact `field`; CannotDo, CannotSign `sign.outer_key`.
    """
    people.demand(actor=actor, action="record.change")
    words = _judged(words, kind=kind, on=on)
    if Statement.objects.filter(org_id=actor.org_id).count() >= rules.MOST:
        raise CannotSay("statement.too_many", most=str(rules.MOST), field="title")
    made = Statement(id=uuid4(), org_id=actor.org_id, kind=kind, made_at=now, changed_at=now)
    with transaction.atomic():
        people.hold_own_space(org_id=actor.org_id)
        _close(made, words, photo)
        made.save(force_insert=True)
        _note(actor, made, "said", now)
    return statement(actor=actor, statement_id=made.id)


def change_statement(
    *, actor: Actor, statement_id: UUID, words: rules.Words, on: date, now: datetime, photo: Photo | None = None,
    without_photo: bool = False,
) -> Statement:  # fmt: skip
    """Other words, another photo, or none. Raises NotFound and as `say`."""
    people.demand(actor=actor, action="record.change")
    found = statement(actor=actor, statement_id=statement_id)
    _close(found, _judged(words, kind=found.kind, on=on), photo)
    if without_photo and photo is None:
        found.photo, found.photo_type = b"", ""
    found.changed_at = now
    with transaction.atomic():
        found.save(update_fields=["sealed", "photo", "photo_type", "changed_at"])
        _note(actor, found, "changed", now)
    return statement(actor=actor, statement_id=statement_id)


def remove_statement(*, actor: Actor, statement_id: UUID, now: datetime) -> None:
    """Take it back, with its photo. Raises NotFound, CannotDo."""
    people.demand(actor=actor, action="record.change")
    found = statement(actor=actor, statement_id=statement_id)
    with transaction.atomic():
        take_out(actor=actor, statement_id=found.id, now=now)
        _note(actor, found, "removed", now)
        found.delete()


def _judged(words: rules.Words, *, kind: str, on: date) -> rules.Words:
    words = rules.tidy(words)
    code, field = rules.problem(words, kind=kind, on=on)
    if code:
        raise CannotSay(code, field=field, most=str(rules.LENGTHS.get(field, 0)))
    return words


def _close(row: Statement, words: rules.Words, photo: Photo | None) -> None:
    sealer = signing.sealer(org_id=row.org_id)
    row.sealed = sealer.seal(json.dumps(words.as_json()).encode())
    if photo is not None:
        row.photo, row.photo_type = sealer.seal(photo[0]), photo[1]


def _note(actor: Actor, row: Statement, what: str, now: datetime) -> None:
    """Which kind it was, never the words: the journal stays when they go."""
    journal.write(
        org_id=actor.org_id, actor=actor.label, actor_id=actor.key, event=f"records.statement.{what}", subject_id=row.id,
        data={"kind": row.kind}, now=now,
    )  # fmt: skip
