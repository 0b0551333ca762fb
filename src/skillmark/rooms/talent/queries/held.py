"""What a firm's people hold, read once and kept: later only what was written since is read, about whom it was written.

Of the whole firm, whoever asks, so that everybody shares it: whoever looks something up in it does so for people whom the
actor may see, and for nobody else.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from skillmark.rooms.holdings import queries as holdings
from skillmark.rooms.holdings.queries import Held
from skillmark.rooms.journal import queries as journal
from skillmark.rooms.journal.rules import Memory
from skillmark.rooms.people.rules import Actor
from skillmark.rooms.talent.rules import EVERYTHING, News, news

Version = tuple[int, ...]
"""The newest entries of a firm's journal, as `journal.newest` tells them."""
MOST = 120_000
"""Items held, over all firms in one process: four firms of 500 people × 60 items, of about 40 MB each."""


def held_by_all(
    *, actor: Actor, known_at: datetime | None, version: Version | None = None, item_ids: Collection[UUID] | None = None
) -> Held:  # fmt: skip
    """By person and item, of everybody in the firm. Nothing of it may be changed, and somebody's part is the same object as
    long as it holds the same. `version`: the journal's, if it was asked already. `known_at` None: as it is known now; then
    there may be more in it than `item_ids`."""
    if known_at is not None:
        return holdings.evidence(actor=_whole(actor), known_at=known_at, item_ids=item_ids)
    version = journal.newest(org_id=actor.org_id) if version is None else version
    return _MEMORY.get(key=actor.org_id, version=version, make=lambda known: _held(actor, version, known))


def since(*, actor: Actor, old: Version, new: Version) -> News:
    """What was written between two versions may have changed."""
    fresh = set(new) - set(old)
    # Where the newest entry of that time is no longer among the newest, or older ones turn up, not all that was written is.
    if (old and old[0] not in new) or (len(new) == journal.MOST and any(one < old[0] for one in fresh)):
        return EVERYTHING
    return news(journal.told(org_id=actor.org_id, ids=fresh))


def _held(actor: Actor, version: Version, known: tuple[Version, Held] | None) -> Held:
    if known is None:
        return holdings.evidence(actor=_whole(actor))
    touched = since(actor=actor, old=known[0], new=version).held
    if touched is None:
        return holdings.evidence(actor=_whole(actor))
    if not touched:
        return known[1]
    return {**known[1], **holdings.evidence(actor=_whole(actor), person_ids=touched)}


def _whole(actor: Actor) -> Actor:
    return replace(actor, sites=None)


def _weight(held: Held) -> int:
    return sum(map(len, held.values()))


_MEMORY: Memory[Version, Held] = Memory(most=MOST, weigh=_weight)
