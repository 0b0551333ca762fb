"""The holding that a change is about. One that was corrected or withdrawn meanwhile takes nothing more: it would be lost."""

from __future__ import annotations

from uuid import UUID

from skillmark.errors import NotFound
from skillmark.rooms.holdings import queries
from skillmark.rooms.holdings.models import Holding, Photo
from skillmark.rooms.people.rules import Actor


def standing(*, actor: Actor, holding_id: UUID) -> Holding:
    """One holding that stands. Raises NotFound, also for one that was closed."""
    found = queries.holding(actor=actor, holding_id=holding_id)
    if found.superseded_at is not None:
        raise NotFound
    return found


def standing_photo(*, actor: Actor, photo_id: UUID) -> Photo:
    """One photo of a holding that stands. Raises NotFound."""
    found = queries.photo(actor=actor, photo_id=photo_id)
    if found.holding.superseded_at is not None:
        raise NotFound
    return found
