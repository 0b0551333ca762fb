"""A proof that comes along when a whole page moves here: what its person said about it comes along, too."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from skillmark.desks import own_record
from skillmark.desks.own_record import Brought
from skillmark.rooms.credentials import operations as credentials
from skillmark.rooms.credentials.rules import COMMENT_LENGTH
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.records.rules.additions import Row

KIND: Final = "moved"


@dataclass(frozen=True, slots=True)
class MovedProof:
    """One proof as it lay on the old page. `other`: another name stands on it than on the page, and its person knows."""

    document: bytes
    comment: str
    other: bool

    def row(self) -> Row:
        """How it is written down until it is looked at."""
        return "", KIND, json.dumps([self.comment, self.other]).encode() + b"\n" + self.document


def read(body: bytes) -> MovedProof:
    """The proof of a row."""
    said, _, document = body.partition(b"\n")
    comment, other = json.loads(said)  # written by us, and closed since
    return MovedProof(document, comment, other)


def bring(*, actor: Actor, proof: MovedProof, name_agreed: bool = False, now: datetime) -> list[Brought]:
    """Check it as if a stranger had sent it, and keep it. Raises as `own_record.bring`."""
    agreed = proof.other or name_agreed
    found = own_record.bring(actor=actor, data=proof.document, name="", source=KIND, name_agreed=agreed, now=now)
    for one in found:
        if one.kept is not None and proof.comment and not one.was_there:
            words = proof.comment[:COMMENT_LENGTH]
            credentials.comment_held(actor=actor, held_id=one.kept.id, words=words, now=now)
    return found
