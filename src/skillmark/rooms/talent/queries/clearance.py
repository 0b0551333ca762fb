"""Cleared for work or not, and until when: the only thing that a board knows of anybody's health."""

from __future__ import annotations

from uuid import UUID

from skillmark.rooms.health.queries import clear_until
from skillmark.rooms.health.rules import ClearUntil
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.talent.queries.board import Board


def clearances(*, actor: Actor, board: Board) -> dict[UUID, ClearUntil]:
    """By person of a board of the actor's: whether they are cleared on its day, and until when. Never why.

    Somebody of whom nothing is asked is not in it; a firm that asks nothing gets an empty answer, and its board needs no
    such column.
    """
    return clear_until(
        org_id=actor.org_id, person_ids=[one.id for one in board.people], on=board.on, known_at=board.known_at
    )  # fmt: skip
