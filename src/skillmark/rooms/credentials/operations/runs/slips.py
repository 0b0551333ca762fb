"""Codes for a whole class at once, to be printed: a slip for each, and the PINs on a sheet of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from skillmark.rooms.credentials import queries, rules
from skillmark.rooms.credentials.operations.offers import offer
from skillmark.rooms.people import operations as people
from skillmark.rooms.people.rules import Actor

MOST_SLIPS = 60
"""So many at a time: PINs are hashed slowly on purpose."""


@dataclass(frozen=True, slots=True)
class Slip:
    """What is printed for one person. `code` is XXXX-XXXX; neither code nor PIN can be shown again."""

    number: int
    person_name: str
    title: str
    language: str
    code: str
    pin: str
    expires_at: datetime


def make_slips(*, actor: Actor, run_id: UUID, now: datetime, after: int = 0) -> list[Slip]:
    """Slips for those of a run, from row `after` + 1 on, whose proof waits to be kept; at most MOST_SLIPS.

    Older slips of theirs stop working. Raises NotFound, CannotDo.
    """
    people.demand(actor=actor, action="proof.give")
    proofs = queries.run_proofs(actor=actor, run_id=run_id)
    waiting = [
        (number, one)
        for number, one in proofs.items()
        if number > after and one.own_org_id is None and one.cancelled_at is None
    ][:MOST_SLIPS]
    made = []
    for number, one in waiting:
        kept, code, pin = offer(actor=actor, issued_id=one.id, way=rules.Way.SLIP, now=now)
        made.append(Slip(number, one.person_name, one.title, one.language, code, pin, kept.expires_at))
    return made
