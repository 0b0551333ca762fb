"""What a person says about themselves, opened with the key of their page."""

from __future__ import annotations

import json
from uuid import UUID

from skillmark.errors import NotFound
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records.models import Statement
from skillmark.rooms.records.rules import statements as rules
from skillmark.rooms.signing import operations as signing


def statements(*, actor: Actor) -> list[Statement]:
    """Everything that the person says, newest first, each with its `words` and `has_photo`. Raises CannotSign."""
    found = list(Statement.objects.filter(org_id=actor.org_id).defer("photo"))
    if found:
        sealer = signing.sealer(org_id=actor.org_id)
        for one in found:
            _open(one, sealer)
    return found


def statement(*, actor: Actor, statement_id: UUID) -> Statement:
    """One of them, with its `words`. Raises NotFound, CannotSign `sign.outer_key`."""
    found = Statement.objects.filter(org_id=actor.org_id, id=statement_id).defer("photo").first()
    if found is None:
        raise NotFound
    _open(found, signing.sealer(org_id=actor.org_id))
    return found


def statement_photo(*, actor: Actor, statement_id: UUID) -> tuple[bytes, str]:
    """(the picture, its media type). Raises NotFound also where there is none."""
    found = Statement.objects.filter(org_id=actor.org_id, id=statement_id).exclude(photo_type="").first()
    if found is None:
        raise NotFound
    return signing.sealer(org_id=actor.org_id).unseal(found.photo), found.photo_type


def _open(row: Statement, sealer: signing.Sealer) -> None:
    row.words = rules.from_json(json.loads(sealer.unseal(row.sealed)))
